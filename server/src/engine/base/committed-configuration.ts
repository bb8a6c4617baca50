import { installedFolder } from '../../core/judge/changes/program-path.ts';
import type { CheckedFile } from '../../core/read/project/checked-file.ts';
import { pnpmPackages, readPnpmClaims } from '../../core/read/project/members/pnpm-claims.ts';
import {
  readWorkspaceClaims,
  type WorkspaceClaims,
} from '../../core/read/project/members/workspace-claims.ts';
import {
  isWithin,
  joinUri,
  nameOf,
  parentUri,
  relativeUri,
  type Uri,
} from '../../core/read/text/paths/uri.ts';
import type { GitPort } from '../ports.ts';
import type { FileStore } from '../projects/file-store.ts';
import type { ProjectFiles } from '../projects/project-files.ts';
import { readConfiguration } from '../projects/read-configuration.ts';
import { type UncomparedFile, uncomparedFile } from './changed-programs.ts';
import { joinedMembers } from './joined-members.ts';

/** Configuration files as of a commit; `absent` if the commit does not have the file. Unknown ones are missing. */
export type CommittedConfiguration = ReadonlyMap<Uri, CheckedFile | 'absent'>;

/** The files of a commit below a folder, as far as they were listed. */
export interface ListedCommit {
  readonly root: Uri;
  readonly commit: string;
  /** At least manifests and configuration files. */
  readonly objects: ReadonlyMap<Uri, string>;
  /** The same files in git's index. */
  readonly indexed: ReadonlySet<Uri>;
  /** Folders of submodules, which are not listed. */
  readonly modules: readonly Uri[];
}

export interface CommittedSearch {
  readonly store: FileStore;
  readonly git: GitPort | undefined;
  readonly revision: string;
  readonly listed: readonly ListedCommit[];
}

/**
 * Reads the manifests and configuration files of projects from a commit, as far as they have changed since. Members'
 * manifests are compared if the commit was listed. Never rejects.
 */
export async function committedConfiguration(
  projects: readonly ProjectFiles[],
  search: CommittedSearch,
): Promise<{ readonly files: CommittedConfiguration; readonly unknown: readonly UncomparedFile[] }> {
  const unknown: UncomparedFile[] = [];
  const found = new Map<Uri, CheckedFile | 'absent'>();
  const uris = new Set(projects.flatMap(configurationOf));
  for (const { manifests } of projects)
    for (const uri of manifests) if (listOf(uri, search) !== undefined) uris.add(uri);
  for (const uri of uris) {
    const before = await committedFile(uri, search);
    if (before !== undefined && before !== 'absent' && !('kind' in before)) unknown.push(before);
    else if (before !== undefined) found.set(uri, before);
  }
  for (const { root, manifests } of projects) {
    const files = ['package.json', 'pnpm-workspace.yaml'].map((name) => joinUri(root, name));
    const isSame = files.every((uri) => !found.has(uri) && !isGone(uri, search));
    if (isSame || listOf(files[0]!, search) === undefined) continue;
    const now = async (uri: Uri) => {
      const text = search.store.textOf(uri);
      return text === undefined ? undefined : readConfiguration(uri, text);
    };
    const joined = await joinedMembers({
      root,
      manifests,
      now,
      before: (uri) => anyState(uri, found, search),
    });
    // A folder that was not a member before is entirely new to an install of the root.
    for (const uri of joined) found.set(uri, 'absent');
  }
  return { files: found, unknown };
}

function isGone(uri: Uri, search: CommittedSearch): boolean {
  return search.store.textOf(uri) === undefined && listOf(uri, search)?.objects.has(uri) === true;
}

async function committedFile(
  uri: Uri,
  search: CommittedSearch,
): Promise<CheckedFile | 'absent' | UncomparedFile | undefined> {
  const changed = changedText(uri, search);
  if (changed === undefined) return undefined;
  const { text, listed, object } = changed;
  const { git, revision } = search;
  const present = await readConfiguration(uri, text);
  if (present === undefined) return undefined;
  if (listed !== undefined && object === undefined) return 'absent';
  const read = await git?.textAt(uri, revision).catch(() => undefined);
  if (read?.type === 'absent') return 'absent';
  if (read?.type === 'unknown') return uncomparedFile(uri, read);
  return read === undefined ? undefined : readConfiguration(uri, read.text);
}

/**
 * Returns the text of a file with the listing of the commit and its object id there; undefined if the text is not read
 * or the listing shows that it is unchanged, as it does for most members of a large workspace.
 */
export function changedText(
  uri: Uri,
  search: CommittedSearch,
):
  | { readonly text: string; readonly listed: ListedCommit | undefined; readonly object: string | undefined }
  | undefined {
  const { store, git } = search;
  const text = store.textOf(uri);
  if (text === undefined) return undefined;
  const listed = listOf(uri, search);
  const object = listed?.objects.get(uri);
  const isSame = object !== undefined && git?.isObject?.(text.replaceAll('\r\n', '\n'), object) === true;
  return isSame ? undefined : { text, listed, object };
}

/**
 * Returns the names of workspace members in the commit whose manifests have changed or are gone, as moved or renamed
 * packages do. Names in fixtures are skipped.
 */
export async function committedNames(
  projects: readonly ProjectFiles[],
  before: CommittedConfiguration,
  search: CommittedSearch,
): Promise<ReadonlySet<string>> {
  const { git, listed } = search;
  const names = new Set<string>();
  const claims: { readonly root: Uri; readonly each: readonly WorkspaceClaims[] }[] = [];
  for (const { root } of projects) claims.push({ root, each: await committedClaims(root, before, search) });
  const isMember = (uri: Uri) =>
    claims.some(({ root, each }) => {
      const path = relativeUri(root, parentUri(uri));
      return isWithin(root, uri) && each.some((one) => one.claims(path));
    });
  const add = (file: CheckedFile | 'absent' | undefined) => {
    if (file !== 'absent' && file?.kind === 'manifest' && file.name !== undefined && isMember(file.uri))
      names.add(file.name.value);
  };
  for (const file of before.values()) add(file);
  let left = MOST_GONE;
  for (const { root, objects, indexed, commit } of listed)
    for (const uri of objects.keys()) {
      const isGone = nameOf(uri) === 'package.json' && !indexed.has(uri);
      if (!isGone || !isMember(uri) || installedFolder(relativeUri(root, uri)) !== undefined || left-- <= 0)
        continue;
      const read = await git?.textAt(uri, commit).catch(() => undefined);
      if (read?.type === 'text') add(await readConfiguration(uri, read.text));
    }
  return names;
}

/** Returns the folders that were members of a root in the commit. */
async function committedClaims(
  root: Uri,
  before: CommittedConfiguration,
  search: CommittedSearch,
): Promise<readonly WorkspaceClaims[]> {
  const claims: WorkspaceClaims[] = [];
  for (const name of ['package.json', 'pnpm-workspace.yaml']) {
    const file = await anyState(joinUri(root, name), before, search);
    if (file?.kind === 'manifest' && file.workspaces !== undefined)
      claims.push(readWorkspaceClaims(file.workspaces.patterns.map(({ value }) => value)));
    if (file?.kind === 'pnpmWorkspace') claims.push(readPnpmClaims(pnpmPackages(file)));
  }
  return claims;
}

/** Returns a file as of the commit, or its current state if unchanged or unknown. */
async function anyState(
  uri: Uri,
  before: CommittedConfiguration,
  search: CommittedSearch,
): Promise<CheckedFile | undefined> {
  const known = before.get(uri);
  if (known !== undefined) return known === 'absent' ? undefined : known;
  const text = search.store.textOf(uri);
  if (text !== undefined) return readConfiguration(uri, text);
  if (listOf(uri, search)?.objects.has(uri) !== true) return undefined;
  const read = await search.git?.textAt(uri, search.revision).catch(() => undefined);
  return read?.type === 'text' ? readConfiguration(uri, read.text) : undefined;
}

/** Each one costs a few runs of git. */
const MOST_GONE = 200;

function listOf(uri: Uri, { listed }: Pick<CommittedSearch, 'listed'>): ListedCommit | undefined {
  return listed.find(
    ({ root, modules }) => isWithin(root, uri) && !modules.some((module) => isWithin(module, uri)),
  );
}

function configurationOf({ npmrc, pnpmWorkspace, yarnrcs, bunfig, manifests }: ProjectFiles): readonly Uri[] {
  const yarn = yarnrcs.filter(({ isChecked }) => isChecked).map(({ uri }) => uri);
  return [npmrc ?? [], pnpmWorkspace ?? [], yarn, bunfig ?? [], manifests.slice(0, 1)].flat();
}
