import { stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { namedPrograms } from '../../../core/judge/changes/named-programs.ts';
import { isWithin, joinUri, nameOf, parentUri, type Uri } from '../../../core/read/text/paths/uri.ts';
import { asClause } from '../../../core/read/text/words/clause.ts';
import { createSession } from '../../../engine/create-session.ts';
import { readConfiguration } from '../../../engine/projects/read-configuration.ts';
import type { ProjectSnapshot } from '../../../engine/session.ts';
import { DEFAULT_SETTINGS } from '../../../engine/settings.ts';
import { pathOf, uriOfPath } from '../../disk-files.ts';
import { readBounded } from '../../files/read-bounded.ts';
import { createNodePorts } from '../../node-ports.ts';
import { repositoryOf } from '../given/given-directory.ts';

/** The files that decide what an install in a folder resolves. */
export interface ProjectFilesFound {
  /** The folder that holds all of them. */
  readonly top: string;
  /** The install root. */
  readonly root: string;
  /** The folder of the nearest manifest. */
  readonly nearest: string;
  readonly texts: ReadonlyMap<Uri, string>;
  /** Archives and patches that manifests name. */
  readonly bytes: ReadonlyMap<Uri, Uint8Array>;
  /** The kinds of these by URI, as in the status of a file. */
  readonly kinds: ReadonlyMap<Uri, string>;
  /** A file that decides and could not be read, with the reason as a clause. */
  readonly unread: string | undefined;
}

const MAX_ARCHIVE_BYTES = 50 * 1024 * 1024;
const MOST_FOLDERS = 200;

/** Finds and reads them without the project's own code. Undefined if neither the folder nor one above has a manifest. */
export async function findProjectFiles(directory: string): Promise<ProjectFilesFound | undefined> {
  const nearest = await manifestAbove(directory);
  if (nearest === undefined) return undefined;
  const top = await outermost(nearest);
  const bound = uriOfPath(top);
  const ports = createNodePorts({ roots: () => [bound], version: undefined });
  const session = createSession(ports);
  session.configure(DEFAULT_SETTINGS);
  session.setFolders([bound]);
  const project = await session.ensureProject(uriOfPath(join(nearest, 'package.json')));
  const snapshot = session.snapshot();
  const texts = new Map<Uri, string>();
  const kinds = new Map<Uri, string>();
  let unread: string | undefined;
  for (const { uri, kind, status, reason } of project?.statuses ?? []) {
    if (!isWithin(bound, uri) || kind === 'folder') continue;
    const text = snapshot.textOf(uri);
    kinds.set(uri, kind);
    if (text !== undefined) texts.set(uri, text);
    // What is behind a mistake may be a setting that runs code.
    if (text === undefined || (status !== 'checked' && kind !== 'npmrc'))
      unread ??= `${nameOf(uri)} ${reason === undefined ? 'cannot be read' : asClause(reason)}`;
  }
  for (const [uri, text] of await localManifests(project, bound, ports.files.read)) texts.set(uri, text);
  session.dispose();
  const root = project === undefined ? nearest : (pathOf(project.project.root) ?? nearest);
  return { top, root, nearest, texts, kinds, unread, bytes: await namedFiles(texts, bound) };
}

/** Returns the manifests of folders that others depend on by their path, and theirs in turn. */
async function localManifests(
  project: ProjectSnapshot | undefined,
  bound: Uri,
  read: ReturnType<typeof createNodePorts>['files']['read'],
): Promise<ReadonlyMap<Uri, string>> {
  const found = new Map<Uri, string>();
  const waiting = [...(project?.files.values() ?? [])].filter((file) => file.kind === 'manifest');
  for (let manifest = waiting.pop(); manifest !== undefined; manifest = waiting.pop()) {
    for (const { specifier } of manifest.dependencies) {
      if (!('path' in specifier) || specifier.type === 'file' || specifier.type === 'exec') continue;
      const uri = joinUri(joinUri(parentUri(manifest.uri), specifier.path), 'package.json');
      if (found.has(uri) || !isWithin(bound, uri) || found.size >= MOST_FOLDERS) continue;
      const result = await read(uri);
      if (result.type !== 'text') continue;
      found.set(uri, result.text);
      const file = await readConfiguration(uri, result.text);
      if (file?.kind === 'manifest') waiting.push(file);
    }
  }
  return found;
}

/** Returns archives that are dependencies and patches of them. */
async function namedFiles(
  texts: ReadonlyMap<Uri, string>,
  bound: Uri,
): Promise<ReadonlyMap<Uri, Uint8Array>> {
  const found = new Map<Uri, Uint8Array>();
  for (const [uri, text] of texts) {
    const file = await readConfiguration(uri, text);
    for (const { uri: named } of file === undefined ? [] : namedPrograms(file)) {
      const path = /\.(?:patch|diff|tgz|tar\.gz|tar)$/.test(named) ? pathOf(named) : undefined;
      if (path === undefined || !isWithin(bound, named)) continue;
      const limits = { maxBytes: MAX_ARCHIVE_BYTES, followsLinks: false };
      const bytes = await readBounded(path, limits).catch(() => undefined);
      if (bytes !== undefined) found.set(named, bytes);
    }
  }
  return found;
}

/** Returns the nearest folder with a manifest, as package managers look for it. */
async function manifestAbove(directory: string): Promise<string | undefined> {
  for (let at = directory; ; at = dirname(at)) {
    if (await hasFile(at, 'package.json')) return at;
    if (at === dirname(at)) return undefined;
  }
}

/**
 * Returns the outermost folder of the project around a directory, whose programs are not run. A repository may be larger: a
 * home directory in git has the user's own programs.
 */
export async function projectFolder(directory: string): Promise<string> {
  const repository = await repositoryOf(directory);
  let found = directory;
  for (let at = directory; at !== dirname(at); at = dirname(at)) {
    if (at !== homedir() && (await hasFile(at, 'package.json'))) found = at;
    if (at === repository) break;
  }
  return found;
}

/** Returns the repository around a project, or else the outermost folder above it with a manifest, below the home. */
async function outermost(nearest: string): Promise<string> {
  const repository = await repositoryOf(nearest);
  if (repository !== nearest) return repository;
  let found = nearest;
  for (let at = dirname(nearest); at !== dirname(at) && at !== homedir(); at = dirname(at))
    if ((await hasFile(at, 'package.json')) || (await hasFile(at, 'pnpm-workspace.yaml'))) found = at;
  return found;
}

async function hasFile(folder: string, name: string): Promise<boolean> {
  return (await stat(join(folder, name)).catch(() => undefined))?.isFile() === true;
}
