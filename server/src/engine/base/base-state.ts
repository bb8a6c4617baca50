import { isBesideName } from '../../core/judge/changes/beside-projects.ts';
import { nameIn } from '../../core/judge/changes/named-programs.ts';
import type { InstallLink } from '../../core/judge/changes/program-path.ts';
import type { ReachProject } from '../../core/judge/changes/reach/reach-project.ts';
import { REACH_TOOLS } from '../../core/judge/changes/reach/reach-tools.ts';
import { managerOfLockfile } from '../../core/read/manager/manager-of-lockfile.ts';
import { DEFAULT_MANAGER, specNamed } from '../../core/read/manager/managers.ts';
import type { CheckedFile } from '../../core/read/project/checked-file.ts';
import type {
  GoneConfiguration,
  ProgramChange,
  ReachedChange,
  SinceBase,
} from '../../core/read/project/since-base.ts';
import { isWithin, joinUri, nameOf, parentUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { GitFiles, GitIndex } from '../ports.ts';
import type { FileStore } from '../projects/file-store.ts';
import { checkedFilesOf, type ProjectFiles } from '../projects/project-files.ts';
import { foundManager } from '../projects/project-manager.ts';
import { CONFIGURATION_NAMES, readConfiguration } from '../projects/read-configuration.ts';
import {
  type AboveChange,
  aboveConfiguration,
  type ProjectBelow,
  pinsManager,
} from './above-configuration.ts';
import type { BaseSearch } from './base-search.ts';
import { besideConfiguration } from './beside-configuration.ts';
import { changedPrograms, isProgram, type UncomparedFile, uncomparedFile } from './changed-programs.ts';
import {
  type CommittedConfiguration,
  type CommittedSearch,
  committedConfiguration,
  committedNames,
  type ListedCommit,
} from './committed-configuration.ts';
import { goneConfiguration } from './gone-configuration.ts';
import { namedBeside, namedIn, searchRoots } from './named-files.ts';
import type { Reached } from './reached-programs.ts';
import { type ReviewedConfiguration, reviewedConfiguration } from './reviewed-configuration.ts';
import { trackedOwnFiles } from './tracked-own-files.ts';
import { folderOf, type UnnamedChange, unnamedByRoot } from './unnamed-changes.ts';
import { withUntracked } from './untracked-programs.ts';

/** The base commit that projects are compared with, lockfiles aside. */
export interface BaseState {
  readonly configuration: CommittedConfiguration;
  /** Only for a base that the user gave; otherwise the changes are not under review. */
  readonly reviewed: ReviewedConfiguration | undefined;
  readonly since: SinceBase;
  /** Changed programs that no file of their project names, by project root; reported in the programs themselves. */
  readonly unnamed: ReadonlyMap<Uri, readonly Uri[]>;
  /** Files that could not be compared, each with a clause that says why. */
  readonly unknown: readonly UncomparedFile[];
}

export const NO_BASE: BaseState = {
  configuration: new Map(),
  reviewed: undefined,
  since: {
    programs: new Map(),
    namedIn: new Map(),
    reached: new Map(),
    reachedIn: new Map(),
    elsewhere: new Map(),
    mains: new Map(),
    gone: new Map(),
    memberNames: new Set(),
    tracked: new Map(),
    isGiven: false,
  },
  unnamed: new Map(),
  unknown: [],
};

/** Compares what an install reads and runs, lockfiles aside, with a commit. Never rejects. */
export async function readBaseState(search: BaseSearch): Promise<BaseState> {
  const { projects, store, git, revision, isGiven } = search;
  const missing = isGiven ? undefined : await withoutCommit(search);
  if (missing !== undefined) return { ...NO_BASE, unknown: missing };
  const { named: ofProjects, mains } = await namedIn(search);
  const { CUT, reachedPrograms } = await import('./reached-programs.ts');
  const reached = await reachedPrograms({
    tools: REACH_TOOLS,
    projects: await reachProjects(search),
    folders: searchRoots(search),
    mostFiles: search.mostFiles,
    read: search.files.read,
    list: search.files.list,
  });
  const named = new Map(ofProjects);
  const besideNamed = await namedBeside(search);
  for (const [uri, { file }] of besideNamed) if (!named.has(uri)) named.set(uri, file);
  const isNamed = { has: (uri: Uri) => named.has(uri) || reached.has(uri) };
  const listings: Listing[] = [];
  const unlisted: UncomparedFile[] = [];
  for (const root of searchRoots(search)) {
    const listing = await listCommit(root, isNamed, [...named.keys(), ...reached.uris()], search);
    if (listing !== undefined && 'reason' in listing) unlisted.push(listing);
    else if (listing !== undefined) listings.push(listing);
  }
  const committed: CommittedSearch = { store, git, revision, listed: listings };
  const { files: configuration, unknown: unread } = await committedConfiguration(projects, committed);
  const changes = new Map<Uri, ProgramChange>();
  const beside = new Map<Uri, Uri[]>();
  const besideOf = (root: Uri) => {
    const of = beside.get(root) ?? [];
    beside.set(root, of);
    return of;
  };
  const unnamed: UnnamedChange[] = [];
  const unknown: UncomparedFile[] = isGiven ? [...unread] : [...unlisted, ...unread];
  for (const { before, now } of listings)
    for await (const found of besideConfiguration({ projects, store, git: git!, before, now })) {
      if ('reason' in found) unknown.push(found);
      else {
        changes.set(found.change.uri, found.change);
        besideOf(found.root).push(found.change.uri);
      }
    }
  const gone = new Map<Uri, GoneConfiguration[]>();
  for (const { before } of listings)
    for await (const found of goneConfiguration({ projects, store, git: git!, before })) {
      if ('reason' in found) unknown.push(found);
      else gone.set(found.root, [...(gone.get(found.root) ?? []), found.gone]);
    }
  for (const { root, before, now } of listings) {
    const programs = { root, git: git!, named: isNamed, read: search.files.read, links: now.links };
    for await (const change of changedPrograms(programs, before, now)) {
      if ('reason' in change) unknown.push(change);
      if ('reason' in change || change.state === 'gone') continue;
      if (change.state === 'kept' && reached.countsNewOnly(change.uri)) continue;
      const by = besideNamed.get(change.uri);
      const isBeside = by !== undefined && named.get(change.uri) === by.file;
      const kept = { ...change, before: undefined, after: undefined };
      changes.set(change.uri, isBeside ? { ...kept, isNamedBeside: true } : kept);
      if (isBeside) {
        // If the setting that names it changed too, that is reported instead.
        const isReported = changes.get(by.file)?.settings?.some(({ key, after }) => key === by.key && after);
        await store.load(change.uri);
        if (isReported !== true && !reached.has(change.uri)) besideOf(by.root).push(change.uri);
      }
      if (nameIn(named, change.uri) !== undefined) continue;
      unnamed.push({ uri: change.uri, kind: change.kind, folder: folderOf(change.uri, programs) });
    }
  }
  const led = reachedChanges(reached.among(new Set(changes.keys())));
  for (const [uri, loader] of led.unnamed) {
    const folder = parentUri(loader);
    const owner = projects.find(
      ({ root, manifests }) => root === folder || manifests.map(parentUri).includes(folder),
    );
    const root = owner?.root ?? folder;
    changes.set(uri, { ...changes.get(uri)!, isNamedBeside: true });
    await store.load(uri);
    besideOf(root).push(uri);
  }
  if (reached.cutAt !== undefined && listings.length > 0) unknown.push({ uri: reached.cutAt, ...CUT });
  for await (const found of changedAbove(search, named, listings)) {
    if ('reason' in found) {
      if (isGiven) unknown.push(found);
      continue;
    }
    const { root, change } = found;
    const { uri, settings = [] } = change;
    if (change.state === 'gone' && root !== undefined)
      gone.set(root, [...(gone.get(root) ?? []), { uri, settings }]);
    if (change.state === 'gone') continue;
    await store.load(uri);
    changes.set(uri, { ...change, before: undefined, after: undefined });
    if (root !== undefined) besideOf(root).push(uri);
  }
  const isOther = [...configuration.values()].some((file) => file === 'absent' || file.kind === 'manifest');
  const alone = unnamed.filter(({ uri }) => !led.reachedIn.has(uri) && !led.unnamed.has(uri));
  return {
    configuration,
    reviewed: isGiven ? await reviewedConfiguration(projects, committed) : undefined,
    since: {
      programs: changes,
      namedIn: named,
      reached: led.reached,
      reachedIn: led.reachedIn,
      elsewhere: reached.elsewhere,
      mains,
      gone,
      tracked: await trackedOwnFiles(search, listings),
      memberNames: isOther ? await committedNames(projects, configuration, committed) : new Set(),
      isGiven,
    },
    unnamed: joined(await unnamedByRoot(alone, search, reached), beside),
    unknown,
  };
}

/** Returns why nothing can be compared if no folder has a commit; undefined if one has, or may have. */
async function withoutCommit(search: BaseSearch): Promise<readonly UncomparedFile[] | undefined> {
  const { git, revision } = search;
  const missing: UncomparedFile[] = [];
  for (const root of searchRoots(search)) {
    const commit = await git?.commitOf?.(root, revision).catch(() => undefined);
    if (commit === undefined || typeof commit === 'string' || commit.isExpected !== true) return undefined;
    missing.push(uncomparedFile(root, { repository: root, ...commit }));
  }
  return missing;
}

interface ReachedChanges extends Pick<SinceBase, 'reached' | 'reachedIn'> {
  /** Programs that are reached from a file without being named in configuration, with that file. */
  readonly unnamed: ReadonlyMap<Uri, Uri>;
}

function reachedChanges(found: readonly Reached[]): ReachedChanges {
  const reached = new Map<Uri, ReachedChange[]>();
  const reachedIn = new Map<Uri, Uri>();
  const unnamed = new Map<Uri, Uri>();
  for (const { file, key, value, uris } of found) {
    for (const uri of uris) (key === '' ? unnamed : reachedIn).set(uri, file);
    if (key !== '') reached.set(file, [...(reached.get(file) ?? []), { key, value, uris }]);
  }
  return { reached, reachedIn, unnamed };
}

/** Returns the projects with the current models of their files. */
async function reachProjects({ projects, store }: BaseSearch): Promise<readonly ReachProject[]> {
  const found: ReachProject[] = [];
  for (const project of projects) {
    const manifests = project.manifests
      .map((uri) => store.parsed('manifest', uri, undefined))
      .filter((manifest) => manifest !== undefined);
    const configuration: CheckedFile[] = [];
    for (const uri of checkedFilesOf(project)) {
      const text = CONFIGURATION_NAMES.has(nameOf(uri)) ? store.textOf(uri) : undefined;
      const file = text === undefined ? undefined : await readConfiguration(uri, text);
      if (file !== undefined && file.kind !== 'manifest') configuration.push(file);
    }
    const { root } = project;
    found.push({ root, manifests, configuration, runner: foundManager(project, store) });
  }
  return found;
}

async function* changedAbove(
  { folder, projects, store, git, revision }: BaseSearch,
  named: ReadonlyMap<Uri, Uri>,
  listings: readonly Listing[],
): AsyncIterable<AboveChange | UncomparedFile> {
  const bound = projects[0]?.bound;
  if (git === undefined || bound === undefined) return;
  const own = new Set(projects.flatMap((project) => [...checkedFilesOf(project)]));
  yield* aboveConfiguration({
    ...{ folder, bound, git, revision, named: named.keys() },
    projects: projects.map((project) => projectBelow(project, store)),
    isOwn: (uri) => own.has(uri) || listings.some(({ root }) => isWithin(root, uri)),
    read: (uri) => store.load(uri),
  });
}

function projectBelow({ root, lockfiles, pnpmWorkspace }: ProjectFiles, store: FileStore): ProjectBelow {
  const own = lockfiles.find(({ atRoot }) => atRoot);
  const name = own === undefined ? DEFAULT_MANAGER : managerOfLockfile(own.kind);
  const { generationOfLockfile } = specNamed(name);
  const text = own === undefined || generationOfLockfile === undefined ? undefined : store.textOf(own.uri);
  const manifest = store.parsed('manifest', joinUri(root, 'package.json'), undefined);
  return {
    root,
    manager: { name, generation: text === undefined ? undefined : generationOfLockfile?.(text) },
    hasWorkspaceFile: pnpmWorkspace !== undefined,
    isPinned: pinsManager(manifest),
  };
}

function joined(
  a: ReadonlyMap<Uri, readonly Uri[]>,
  b: ReadonlyMap<Uri, readonly Uri[]>,
): ReadonlyMap<Uri, readonly Uri[]> {
  const roots = new Set([...a.keys(), ...b.keys()]);
  return new Map([...roots].map((root) => [root, [...(a.get(root) ?? []), ...(b.get(root) ?? [])]]));
}

interface Listing extends ListedCommit {
  readonly before: GitFiles & { readonly type: 'files' };
  readonly now: GitIndex & { readonly type: 'index' };
}

async function listCommit(
  root: Uri,
  named: Pick<ReadonlySet<Uri>, 'has'>,
  programs: readonly Uri[],
  { git, revision, projects, isGiven }: BaseSearch,
): Promise<Listing | UncomparedFile | undefined> {
  let links: readonly InstallLink[] | undefined;
  const isWanted = (name: string, path: string) =>
    name === 'package.json' ||
    CONFIGURATION_NAMES.has(name.toLowerCase()) ||
    isBesideName(name) ||
    isProgram(path, { root, named, links });
  const list = () => git?.indexBelow?.(root, isWanted).catch(() => undefined);
  let now = await list();
  if (now?.type === 'index' && now.links !== undefined) {
    links = now.links;
    now = await list();
  }
  const before = await git?.filesAt?.(root, revision, isWanted).catch(() => undefined);
  for (const answer of [before, now])
    if (answer?.type === 'unknown') return uncomparedFile(root, { repository: root, ...answer });
  if (before?.type !== 'files' || now?.type !== 'index') return undefined;
  const { commit, objects } = before;
  const inside = projects.flatMap(({ repository = root }) =>
    repository !== root && isWithin(root, repository) ? [repository] : [],
  );
  const modules = [...now.modules, ...new Set(inside)];
  const listed = { root, commit, objects, indexed: new Set(now.files), modules, before };
  if (isGiven) return { ...listed, now };
  const roots = projects.map((project) => project.root);
  return { ...listed, now: await withUntracked(now, { root, git: git!, roots, named: programs }) };
}
