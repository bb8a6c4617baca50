import { readPnpmClaims } from '../../core/read/project/members/pnpm-claims.ts';
import {
  readWorkspaceClaims,
  type WorkspaceClaims,
} from '../../core/read/project/members/workspace-claims.ts';
import { isWithin, joinUri, parentUri, relativeUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { FileStore } from './file-store.ts';
import { loadManifestStructure, loadNpmrcStructure, loadPnpmStructure } from './structure.ts';

export interface RootSearch {
  readonly store: FileStore;
  /** No root above this folder is considered. */
  readonly bound: Uri;
  /** The results of one search by directory, so that each directory is looked up once. */
  readonly roots: Map<Uri, Promise<Uri>>;
}

/** Returns the nearest root above the directory whose workspaces claim it, or else the directory itself. */
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
    if (claims?.claims(relativeUri(at, directory)) !== true) continue;
    if (await hasOwnPnpmLockfile(directory, at, store)) continue;
    // A member's own workspaces do not make it a root: npm installs from the outermost one, and Yarn includes its
    // members.
    const root = await findRoot(at, search);
    if (root === at || (await nestsWorkspaces(root, store))) return root;
  }
  return directory;
}

/**
 * Checks whether pnpm is configured to write a lockfile for each member and this one has it: then it is installed by
 * itself.
 */
async function hasOwnPnpmLockfile(directory: Uri, root: Uri, store: FileStore): Promise<boolean> {
  const workspace = await loadPnpmStructure(root, store);
  if (workspace === undefined) return false;
  const shares = workspace.sharesLockfile ?? (await loadNpmrcStructure(root, store))?.sharesLockfile;
  if (shares !== false) return false;
  const items = await store.list(directory);
  return items?.some(({ name }) => name === 'pnpm-lock.yaml') === true;
}

/**
 * Returns what a directory claims as members, by its pnpm-workspace.yaml and package.json; undefined without either.
 */
export async function claimsOf(directory: Uri, store: FileStore): Promise<WorkspaceClaims | undefined> {
  const pnpm = await loadPnpmStructure(directory, store);
  const manifest = await loadManifestStructure(directory, store);
  const ofPnpm = pnpm === undefined ? undefined : remembered(pnpm, () => readPnpmClaims(pnpm.packages));
  const patterns = manifest?.workspaces;
  const ofManifest =
    patterns === undefined ? undefined : remembered(patterns, () => readWorkspaceClaims(patterns));
  if (ofPnpm === undefined || ofManifest === undefined) return ofPnpm ?? ofManifest;
  const isOpen = ofPnpm.depth === undefined || ofManifest.depth === undefined;
  return {
    claims: (path) => ofPnpm.claims(path) || ofManifest.claims(path),
    claimsBelow: (path) => ofPnpm.claimsBelow(path) || ofManifest.claimsBelow(path),
    depth: isOpen ? undefined : Math.max(ofPnpm.depth!, ofManifest.depth!),
  };
}

/** Checks whether members of members are members too, as with Yarn 2 and later. */
export async function nestsWorkspaces(root: Uri, store: FileStore): Promise<boolean> {
  if ((await store.load(joinUri(root, '.yarnrc.yml'))).type === 'text') return true;
  return (await loadManifestStructure(root, store))?.nestsWorkspaces === true;
}

const known = new WeakMap<object, WorkspaceClaims>();

function remembered(structure: object, read: () => WorkspaceClaims): WorkspaceClaims {
  let claims = known.get(structure);
  if (claims === undefined) {
    claims = read();
    known.set(structure, claims);
  }
  return claims;
}
