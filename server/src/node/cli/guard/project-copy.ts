import { mkdir, stat } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { guardingSettings } from '../../../core/judge/changes/guarding-settings.ts';
import type { ManagerSpec } from '../../../core/read/manager/manager-spec.ts';
import type { TypedInstall } from '../../../core/read/manager/model/typed-commands.ts';
import { nameOf, type Uri } from '../../../core/read/text/paths/uri.ts';
import { CONFIGURATION_NAMES, readConfiguration } from '../../../engine/projects/read-configuration.ts';
import { pathOf, uriOfPath } from '../../disk-files.ts';
import { replaceFile } from '../../files/replace-file.ts';
import { findProjectFiles, type ProjectFilesFound } from './copied-files.ts';

/** The files of a project that decide what is installed, in a folder of their own. */
export interface ProjectCopy {
  /** The folder that stands for the repository. */
  readonly top: string;
  readonly root: string;
  /** Where the command runs. */
  readonly directory: string;
  /** The texts as they were copied, by their URI in the copy. */
  readonly before: ReadonlyMap<Uri, string>;
  /** The settings that the copy does without, such as `git` in .npmrc. */
  readonly withheld: readonly string[];
  /** The project's own files that may change what is resolved, and that were not run. */
  readonly hooks: readonly string[];
}

/** Why a project cannot be copied, as a clause, or resolved without running its code. */
export interface NoCopy {
  readonly reason: string;
}

/**
 * Copies manifests, lockfiles and configuration into `folder`: no packages, no programs, and no settings that start one or
 * lead out of the copy. Variables stay as they are written. For a package that runs once or globally, the copy is a
 * project with nothing else.
 */
export async function copyProject(
  { place }: Pick<TypedInstall, 'place'>,
  spec: ManagerSpec,
  { directory, folder }: { readonly directory: string; readonly folder: string },
): Promise<ProjectCopy | NoCopy> {
  const found = place === 'global' ? undefined : await findProjectFiles(directory);
  if (found?.unread !== undefined) return { reason: found.unread };
  const isProject = place === 'project' && found !== undefined;
  const target = (path: string) => (isProject ? join(folder, relative(found.top, path)) : folder);
  const root = isProject ? target(found.root) : folder;
  const before = new Map<Uri, string>();
  const withheld = new Set<string>();
  for (const [uri, text] of found === undefined ? [] : wantedTexts(found, isProject)) {
    const path = pathOf(uri)!;
    const kept = await withoutPrograms(uri, text, spec);
    if ('reason' in kept) return kept;
    for (const key of kept.keys) withheld.add(`${key} in ${nameOf(uri)}`);
    const to = isProject ? target(path) : join(folder, nameOf(uri));
    before.set(uriOfPath(to), kept.text);
  }
  const manifest = uriOfPath(join(root, 'package.json'));
  if (!before.has(manifest)) before.set(manifest, isProject ? '{}\n' : '{ "private": true }\n');
  for (const [uri, text] of before) await write(pathOf(uri)!, text);
  if (isProject) for (const [uri, bytes] of found.bytes) await write(target(pathOf(uri)!), bytes);
  const at = isProject ? target(directory) : folder;
  await mkdir(at, { recursive: true });
  const hooks = found === undefined ? [] : await hooksOf(found, spec);
  return { top: folder, root, directory: at, before, withheld: [...withheld], hooks };
}

/** Returns all files, or only the configuration of the root for a package that runs once. */
function wantedTexts({ texts, root }: ProjectFilesFound, isProject: boolean): Iterable<[Uri, string]> {
  if (isProject) return texts;
  const own = [...texts].filter(([uri]) => dirname(pathOf(uri)!) === root);
  return own.filter(([uri]) => CONFIGURATION_NAMES.has(nameOf(uri)));
}

async function write(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await replaceFile(path, content, { mode: 0o600, durable: false });
}

interface Kept {
  readonly text: string;
  readonly keys: readonly string[];
}

/** Returns a configuration file without settings that start programs; a reason if it must not be used at all. */
async function withoutPrograms(uri: Uri, text: string, { typed }: ManagerSpec): Promise<Kept | NoCopy> {
  const file = await readConfiguration(uri, text);
  if (file === undefined) return { text, keys: [] };
  const refused = guardingSettings(file).find(({ key }) => typed.refused.test(key.replace(/^pnpm\./, '')));
  if (refused !== undefined)
    return {
      reason: `${refused.key} in ${nameOf(uri)} makes the package manager run or write something else`,
    };
  if (file.kind !== 'npmrc') return { text, keys: [] };
  const dropped = file.entries.filter(({ key }) => isUnsafe(key, typed.unsafe));
  const lines = dropped.map(({ lineSpan }) => lineSpan);
  const kept = lines.reduceRight((all, { start, end }) => all.slice(0, start) + all.slice(end), text);
  return { text: kept, keys: [...new Set(dropped.map(({ key }) => key))] };
}

/** A key with a variable may be any key; one of a registry has its name after the URL. */
function isUnsafe(key: string, unsafe: RegExp): boolean {
  if (key.includes('$' + '{')) return !key.startsWith('//');
  const name = key.startsWith('//') ? key.slice(key.lastIndexOf(':') + 1) : key;
  return unsafe.test(name) && (!key.startsWith('//') || /helper/i.test(name));
}

async function hooksOf(
  { root, nearest }: ProjectFilesFound,
  { typed }: ManagerSpec,
): Promise<readonly string[]> {
  const found = new Set<string>();
  for (const folder of new Set([root, nearest]))
    for (const name of typed.hooks)
      if ((await stat(join(folder, name)).catch(() => undefined)) !== undefined) found.add(name);
  return [...found];
}
