import type { Manifest } from '../core/manifest/manifest.ts';
import { readPnpmClaims } from '../core/project/members/pnpm-claims.ts';
import { readWorkspaceClaims, type WorkspaceClaims } from '../core/project/members/workspace-claims.ts';
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
    if (claims?.claims(relativeUri(at, directory)) !== true) continue;
    if (await hasOwnPnpmLockfile(directory, at, store)) continue;
    // A member's own workspaces make no root of it: npm installs from the outermost one, and Yarn takes its members in.
    const root = await findRoot(at, search);
    if (root === at || (await nestsWorkspaces(root, store))) return root;
  }
  return directory;
}

/** Whether pnpm is told to write a lockfile for each member, and this one has it: then it is installed by itself. */
async function hasOwnPnpmLockfile(directory: Uri, root: Uri, store: FileStore): Promise<boolean> {
  const workspace = store.parsed('pnpmWorkspace', joinUri(root, 'pnpm-workspace.yaml'), undefined);
  if (workspace === undefined) return false;
  const value = workspace.setting('sharedWorkspaceLockfile')?.value;
  const isShared = value?.type === 'scalar' ? value.value : await sharesByNpmrc(root, store);
  if (isShared !== false) return false;
  const items = await store.list(directory);
  return items?.some(({ name }) => name === 'pnpm-lock.yaml') === true;
}

/** pnpm up to 10 has the setting in .npmrc. */
async function sharesByNpmrc(root: Uri, store: FileStore): Promise<boolean> {
  const uri = joinUri(root, '.npmrc');
  await store.load(uri);
  const entries = store.parsed('npmrc', uri, 'project')?.entries ?? [];
  return entries.findLast(({ key }) => key === 'shared-workspace-lockfile')?.value !== 'false';
}

/** What a directory claims as members, by its pnpm-workspace.yaml and its package.json; undefined where it has neither. */
export async function claimsOf(directory: Uri, store: FileStore): Promise<WorkspaceClaims | undefined> {
  const pnpmUri = joinUri(directory, 'pnpm-workspace.yaml');
  const uri = joinUri(directory, 'package.json');
  await store.load(pnpmUri);
  await store.load(uri);
  const pnpm = store.parsed('pnpmWorkspace', pnpmUri, undefined);
  const manifest = store.parsed('manifest', uri, undefined);
  const ofPnpm = pnpm === undefined ? undefined : remembered(pnpm, readPnpmClaims);
  const ofManifest =
    manifest?.workspaces === undefined ? undefined : remembered(manifest, () => manifestClaims(manifest));
  if (ofPnpm === undefined || ofManifest === undefined) return ofPnpm ?? ofManifest;
  const isOpen = ofPnpm.depth === undefined || ofManifest.depth === undefined;
  return {
    claims: (path) => ofPnpm.claims(path) || ofManifest.claims(path),
    depth: isOpen ? undefined : Math.max(ofPnpm.depth!, ofManifest.depth!),
  };
}

/** Whether members of members are members too: with Yarn from 2 on. */
export async function nestsWorkspaces(root: Uri, store: FileStore): Promise<boolean> {
  if ((await store.load(joinUri(root, '.yarnrc.yml'))).type === 'text') return true;
  const manifest = store.parsed('manifest', joinUri(root, 'package.json'), undefined);
  return /^yarn@(?!1\.)/.test(manifest?.packageManager?.value ?? '');
}

const known = new WeakMap<object, WorkspaceClaims>();

function remembered<T extends object>(model: T, read: (model: T) => WorkspaceClaims): WorkspaceClaims {
  let claims = known.get(model);
  if (claims === undefined) {
    claims = read(model);
    known.set(model, claims);
  }
  return claims;
}

function manifestClaims({ workspaces }: Manifest): WorkspaceClaims {
  return readWorkspaceClaims(workspaces?.patterns.map(({ value }) => value) ?? []);
}
