import { judgeUsage } from '../../core/judge/usage/judge-usage.ts';
import { type UsageFile, usageKindOf } from '../../core/judge/usage/usage-file.ts';
import type { InstalledManifest, SearchedManifest } from '../../core/judge/usage/usage-search.ts';
import { NO_IMPORTS } from '../../core/read/imports/imports.ts';
import { scanImports } from '../../core/read/imports/scan-imports.ts';
import { scanScript } from '../../core/read/imports/scan-script.ts';
import type { Manifest } from '../../core/read/manifest/manifest.ts';
import type { Usage } from '../../core/read/project/usage.ts';
import type { JsonNode } from '../../core/read/text/json/json-node.ts';
import { parseJsonTree, propertyOf } from '../../core/read/text/json/json-tree.ts';
import { joinUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { AbortSignalLike, SourcesPort } from '../ports.ts';

export interface UsageInput {
  /** The searched folder. */
  readonly root: Uri;
  /** The paths of all files in it, relative to it. */
  readonly paths: readonly string[];
  readonly manifests: readonly SearchedManifest[];
  readonly sources: SourcesPort;
  /** Given, as this bundle would be four times as large with it. */
  readonly readManifest: (uri: Uri, text: string) => Manifest;
  readonly isFixture: (path: string) => boolean;
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
  readonly signal?: AbortSignalLike | undefined;
}

/** More than the largest repositories search in half a minute. */
const MOST_FILES = 60_000;
const MOST_CHARACTERS = 400_000_000;
const MAX_BYTES = 8_000_000;

/** Reads and scans the files of a folder, and judges the dependencies. Undefined if it was cancelled. */
export async function dependencyUsage(input: UsageInput): Promise<Usage | undefined> {
  const { root, paths, manifests, sources, isFixture, onProgress, signal } = input;
  const files: UsageFile[] = [];
  const unread = new Map<string, string>();
  let limit: string | undefined;
  let characters = 0;
  for (const [at, path] of paths.entries()) {
    const pause = sources.pause();
    if (pause !== undefined) {
      await pause;
      if (signal?.aborted === true) return undefined;
      onProgress?.(at, paths.length);
    }
    const kind = usageKindOf(path);
    if (kind === undefined) continue;
    if (files.length >= MOST_FILES || characters > MOST_CHARACTERS) {
      limit = `there are more than ${MOST_FILES} files or ${MOST_CHARACTERS / 1_000_000} MB`;
      break;
    }
    const read = sources.read(joinUri(root, path), MAX_BYTES);
    if (read.type === 'missing') continue;
    if (read.type === 'refused') {
      if (kind === 'code') unread.set(path, read.reason);
      continue;
    }
    const { text } = read;
    if (kind === 'code' && text.includes('\u0000')) {
      unread.set(path, 'it is no text in UTF-8');
      continue;
    }
    characters += text.length;
    const isProgram = kind === 'unnamed' && NODE_PROGRAM.test(text.slice(0, 120));
    const isCode = kind === 'code' || isProgram;
    const scanned = isProgram ? scanScript(text) : isCode ? scanImports(path, text) : NO_IMPORTS;
    files.push({ path, kind: isCode ? 'code' : 'configuration', text, scanned });
  }
  const all = [...manifests, ...otherManifests(input)];
  const installed = installedManifests(root, sources, all);
  const known = { manifests: all, files, paths: new Set(paths), unread, limit, isFixture, installed };
  return judgeUsage(known, root);
}

const NODE_PROGRAM = /^#!.*\b(?:node|bun|deno|tsx|ts-node|zx)\b/;

/** Reads the manifests of projects that are not loaded: what is imported beside them is declared there. */
function otherManifests({
  root,
  paths,
  manifests,
  sources,
  readManifest,
}: UsageInput): readonly SearchedManifest[] {
  const known = new Set(manifests.map(({ folder }) => folder));
  return paths.flatMap((path) => {
    if (path !== MANIFEST && !path.endsWith(`/${MANIFEST}`)) return [];
    const folder = path.slice(0, -MANIFEST.length);
    const read = known.has(folder) ? undefined : sources.read(joinUri(root, path), MAX_BYTES);
    if (read?.type !== 'text') return [];
    const manifest = readManifest(joinUri(root, path), read.text);
    return { manifest, folder, importer: undefined, lockfile: undefined, isLoaded: false, isFixture: true };
  });
}

const MANIFEST = 'package.json';

/** Reads manifests in node_modules, each once. A package of the folder itself need not be installed. */
function installedManifests(
  root: Uri,
  sources: SourcesPort,
  manifests: readonly SearchedManifest[],
): (folder: string, name: string) => InstalledManifest | undefined {
  const known = new Map<string, InstalledManifest | undefined>();
  const readAt = (folder: string, name: string) => {
    const path = `${folder}node_modules/${name}/package.json`;
    if (!known.has(path)) {
      const read = sources.read(joinUri(root, path), MAX_BYTES);
      const isBeside = (file: string) =>
        sources.read(joinUri(root, `${folder}node_modules/${name}/${file}`), MAX_BYTES).type !== 'missing';
      known.set(path, read.type === 'text' ? installedManifest(name, read.text, isBeside) : undefined);
    }
    return known.get(path);
  };
  const ofMembers = new Map<string, InstalledManifest>();
  for (const { manifest, isLoaded } of manifests) {
    const name = isLoaded ? manifest.name?.value : undefined;
    if (name !== undefined)
      ofMembers.set(
        name,
        installedManifest(name, manifest.text, () => false),
      );
  }
  return (folder, name) => {
    for (let at = folder; ; at = at.slice(0, at.lastIndexOf('/', at.length - 2) + 1)) {
      const found = readAt(at, name);
      if (found !== undefined || at === '') return found ?? ofMembers.get(name);
    }
  };
}

function installedManifest(
  name: string,
  text: string,
  isBeside: (path: string) => boolean,
): InstalledManifest {
  const { root } = parseJsonTree(text);
  const bin = propertyOf(root, 'bin')?.value;
  const peers = propertyOf(root, 'peerDependencies')?.value;
  const commands =
    bin?.type === 'string'
      ? [name.slice(name.lastIndexOf('/') + 1)]
      : bin?.type === 'object'
        ? bin.members.map(({ key }) => key)
        : [];
  const meta = propertyOf(root, 'peerDependenciesMeta')?.value;
  const isOptional = (peer: string) => {
    const value = propertyOf(propertyOf(meta, peer)?.value, 'optional')?.value;
    return value?.type === 'boolean' && value.value;
  };
  const names = peers?.type === 'object' ? peers.members.map(({ key }) => key) : [];
  return {
    commands,
    peers: names.filter((peer) => !isOptional(peer)),
    optionalPeers: names.filter(isOptional),
    // Looked up when asked for, which is of few packages.
    get hasTypes() {
      return hasTypes(root) || isMainTyped(root, isBeside);
    },
    exportsTypes: namesTypes(propertyOf(root, 'exports')?.value),
  };
}

/** Checks for types beside the main file of a package that does not name its types: TypeScript finds those. */
function isMainTyped(root: JsonNode | undefined, isBeside: (path: string) => boolean): boolean {
  const fields = ['types', 'typings', 'typesVersions', 'exports'];
  if (fields.some((field) => propertyOf(root, field) !== undefined)) return false;
  const main = propertyOf(root, 'main')?.value;
  const path = main === undefined ? 'index.js' : main.type === 'string' ? main.value : '';
  if (!/^(?:\.\/)?(?:\w[\w.-]*\/)*\w[\w.-]*\.js$/.test(path)) return false;
  return isBeside(path.replace(/^\.\//, '').replace(/\.js$/, '.d.ts'));
}

/** Checks for types at the entry of a package. Where its exports have none, TypeScript looks for them elsewhere. */
function hasTypes(root: JsonNode | undefined): boolean {
  const isText = (field: string) => propertyOf(root, field)?.value?.type === 'string';
  if (!isText('types') && !isText('typings')) return false;
  const exported = propertyOf(root, 'exports')?.value;
  return exported === undefined || namesTypes(exported);
}

function namesTypes(node: JsonNode | undefined): boolean {
  if (node?.type === 'string') return /\.d\.[cm]?ts$/.test(node.value);
  if (node?.type !== 'object') return false;
  const entry = propertyOf(node, '.')?.value;
  if (entry !== undefined) return namesTypes(entry);
  return node.members.some(
    ({ key, value }) => key === 'types' || (!key.startsWith('.') && namesTypes(value)),
  );
}
