import { lockfileKindOf } from '../core/lockfile/detect.ts';
import type { Manifest } from '../core/manifest/manifest.ts';
import { readWorkspaceClaims, type WorkspaceClaims } from '../core/project/workspace-claims.ts';
import { isWithin, joinUri, parentUri, relativeUri, type Uri } from '../core/text/uri.ts';
import type { FileStore } from './file-store.ts';

export interface RootSearch {
  readonly store: FileStore;
  /** No root is looked for above this folder. */
  readonly bound: Uri;
  /** What one search found, by directory, so that each directory is asked for once. */
  readonly roots: Map<Uri, Promise<Uri>>;
}

/** The nearest root above the directory whose workspaces claim it, else the directory itself. */
export function findRoot(directory: Uri, search: RootSearch): Promise<Uri> {
  let root = search.roots.get(directory);
  if (root === undefined) {
    root = searchUp(directory, search);
    search.roots.set(directory, root);
  }
  return root;
}

async function searchUp(directory: Uri, search: RootSearch): Promise<Uri> {
  const { store, bound } = search;
  if (!isWithin(bound, directory)) return directory;
  for (let at = directory; at !== bound && at !== parentUri(at); ) {
    at = parentUri(at);
    const claims = await claimsOf(at, store);
    if (claims === undefined) continue;
    const isClaimed =
      claims === 'all' ? !(await hasLockfile(directory, store)) : claims.claims(relativeUri(at, directory));
    // A member's own workspaces make no root of it: npm installs from the outermost one.
    if (isClaimed && (await findRoot(at, search)) === at) return at;
  }
  return directory;
}

/**
 * What a directory claims as members; "all" beside a `pnpm-workspace.yaml`, as its own patterns are not read: a member
 * taken for a root would be told that it lacks a lockfile. What has a lockfile of its own is a root all the same.
 */
export async function claimsOf(
  directory: Uri,
  store: FileStore,
): Promise<WorkspaceClaims | 'all' | undefined> {
  const pnpm = await store.load(joinUri(directory, 'pnpm-workspace.yaml'));
  if (pnpm.type === 'text') return 'all';
  const uri = joinUri(directory, 'package.json');
  await store.load(uri);
  const manifest = store.parsed('manifest', uri, undefined);
  return manifest === undefined ? undefined : claimsIn(manifest);
}

const read = new WeakMap<Manifest, WorkspaceClaims>();

function claimsIn(manifest: Manifest): WorkspaceClaims | undefined {
  if (manifest.workspaces === undefined) return undefined;
  let claims = read.get(manifest);
  if (claims === undefined) {
    claims = readWorkspaceClaims(manifest.workspaces.patterns.map(({ value }) => value));
    read.set(manifest, claims);
  }
  return claims;
}

async function hasLockfile(directory: Uri, store: FileStore): Promise<boolean> {
  const items = await store.list(directory);
  return items?.some(({ name, type }) => type === 'file' && lockfileKindOf(name) !== undefined) ?? false;
}
