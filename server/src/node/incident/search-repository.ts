import { join } from 'node:path';
import { type BadVersions, claimsOn } from '../../core/know/incident/bad-versions.ts';
import type { LockedVersion } from '../../core/know/incident/find-bad-entries.ts';
import { lockedCopies } from '../../core/know/incident/locked-copy.ts';
import type {
  IncidentFinding,
  IncidentGap,
  IncidentRepository,
} from '../../core/show/report/incident/incident-report.ts';
import { installableIn } from '../../core/show/report/incident/installable.ts';
import { type Timeline, timelinesOf, windowOf } from '../../core/show/report/incident/timeline.ts';
import type { CachePort } from '../../engine/ports.ts';
import type { Progress } from '../../engine/session.ts';
import { readBounded, readBoundedText } from '../files/read-bounded.ts';
import { NO_GIT } from '../git/git-failure.ts';
import { MAX_SHORT } from '../git/git-items.ts';
import { blobId } from '../git/git-object.ts';
import { openStoredObjects } from '../git/pack/stored-objects.ts';
import type { SearchPlace } from './find-repositories.ts';
import { type FindingDetails, relativeTexts } from './finding-details.ts';
import { headOf } from './head.ts';
import {
  detailsKey,
  enteringCommit,
  type HistoryFindings,
  historyFindings,
  NO_HISTORY,
  stateKey,
} from './history-findings.ts';
import { installedCopies, type MachinePlaces } from './installed-copies.ts';
import { type LockfileJudge, lockfileFrom } from './judge-lockfile.ts';
import { type KnownVerdicts, readKnownVerdicts } from './known-verdicts.ts';
import { listReferences } from './list-references.ts';
import { isOwnLockfile } from './lockfile-paths.ts';
import { folderOf, manifestPaths, manifestsIn } from './member-manifests.ts';
import { type GitProgram, type RepositoryGit, repositoryGit } from './repository-git.ts';
import { gitFolderOf, isLoose, repositoryState, worktreeHeads } from './repository-state.ts';
import { searchHistory } from './search-history.ts';
import { MAX_LOCKFILE, searchWorkingTree, type WorkingTree } from './working-tree.ts';

export interface SearchContext {
  readonly bad: BadVersions;
  /** Identifies the question and the program, for the cache. */
  readonly question: string;
  /** Starts a judge for the lockfiles of one repository. */
  readonly startJudge: () => LockfileJudge;
  /** Undefined if there is no git that may be run. */
  readonly git: GitProgram | undefined;
  readonly isHistory: boolean;
  readonly cache: CachePort | undefined;
  readonly machine: MachinePlaces;
  readonly now: () => number;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

export interface SearchedRepository {
  readonly repository: IncidentRepository;
  /** Repositories inside its working tree, such as submodules. */
  readonly nested: readonly string[];
}

const NOTHING_SEARCHED = 'nothing was searched, as the folder has no lockfile and is not a git repository';
const NO_TREE: WorkingTree = { hits: [], gaps: [], lockfiles: 0, nested: [], files: [], installs: [] };

/** Searches one repository or folder. Whatever could not be read is a gap. */
export async function searchRepository(
  place: SearchPlace,
  context: SearchContext,
): Promise<SearchedRepository> {
  const { directory, kind } = place;
  const judge = context.startJudge();
  const verdicts = await readKnownVerdicts(context.cache, context.question, directory);
  const objects =
    kind === 'folder'
      ? { facts: NO_HISTORY, gaps: [] }
      : await searchObjects(place, judge, verdicts, context);
  const tree =
    kind === 'bare'
      ? NO_TREE
      : await searchWorkingTree(directory, judgeOnce(judge, verdicts), context.signal);
  await verdicts.keep(context.now());
  const gaps: IncidentGap[] = [...tree.gaps, ...objects.gaps];
  // A folder of repositories has no history of its own, and each of them is searched.
  if (kind === 'folder' && tree.lockfiles === 0 && tree.nested.length === 0)
    gaps.push({ subject: '.', reason: NOTHING_SEARCHED });
  else if (kind === 'folder' && context.isHistory && tree.lockfiles > 0)
    gaps.push({ subject: 'history', reason: 'the folder is not a git repository' });
  for (const path of objects.facts.modules) {
    if (tree.nested.includes(path)) continue;
    const reason =
      kind === 'bare' ? 'a submodule; search a clone of it' : 'a submodule that is not checked out';
    gaps.push({ subject: path, reason });
  }
  const findings = await findingsOf(place, tree, objects, context);
  return {
    repository: {
      ...{ path: directory, kind, head: objects.head, findings, gaps },
      ...{ commits: objects.facts.walked, lockfiles: objects.facts.lockfiles + tree.lockfiles },
    },
    nested: tree.nested.map((path) => join(directory, path)),
  };
}

interface SearchedObjects {
  readonly facts: HistoryFindings;
  readonly gaps: readonly IncidentGap[];
  readonly head?: string | undefined;
}

async function searchObjects(
  place: SearchPlace,
  judge: LockfileJudge,
  verdicts: KnownVerdicts,
  context: SearchContext,
): Promise<SearchedObjects> {
  const { isHistory, signal } = context;
  const failed = (reason: string): SearchedObjects => ({
    facts: NO_HISTORY,
    gaps: [{ subject: 'repository', reason }],
  });
  if (context.git === undefined) return failed(NO_GIT);
  const { last } = verdicts;
  const files = await repositoryState(place);
  const stateAt = async (head: string | undefined) =>
    files === undefined
      ? undefined
      : `${isHistory} ${files} ${head !== undefined && (await isLoose(place, head))}`;
  if (last?.state !== undefined && last.state === (await stateAt(last.head)))
    return { facts: last.result as HistoryFindings, gaps: [], head: last.head };
  const git = repositoryGit(place, context.git);
  const folder = await gitFolderOf(place);
  const own = folder === undefined ? undefined : join(folder, 'objects');
  const stored = own === undefined ? undefined : openStoredObjects(own);
  try {
    const listed = await listReferences(git, folder, stored);
    if ('failure' in listed) return failed(listed.failure);
    const gaps: IncidentGap[] = [];
    if (listed.isDamaged) gaps.push({ subject: 'history', reason: 'a branch is damaged' });
    const { head, isShallow, whyNone, failure } = await headOf(place, git, listed.lines);
    if (failure !== undefined) return failed(failure);
    if (isHistory && isShallow)
      gaps.push({ subject: 'history', reason: 'this is a shallow clone; run "git fetch --unshallow"' });
    if (whyNone !== undefined) gaps.push({ subject: 'HEAD', reason: whyNone });
    const lines = listed.lines.replace(/ HEAD$/gm, '');
    const stashes = isHistory && / refs\/stash$/m.test(lines) ? await stashesOf(git) : [];
    if (stashes === undefined) gaps.push({ subject: 'stashes', reason: 'git cannot list them' });
    const heads = await worktreeHeads(place);
    const asked = [isHistory, head, isShallow, lines, stashes, heads].join('\n');
    const known = last?.references === asked ? last.result : undefined;
    const remember = async (result: HistoryFindings) => {
      // Whatever changed since the files were read makes another state.
      const state = gaps.length === 0 ? await stateAt(head) : undefined;
      verdicts.remember({ references: asked, state, head, result });
    };
    if (known !== undefined && (head === undefined || (await isThere(git, head)))) {
      const facts = known as HistoryFindings;
      await remember(facts);
      return { facts, gaps, head };
    }
    const references = lines.split('\n').flatMap((line) => {
      const [object, name] = line.split(' ');
      return object === undefined || name === undefined ? [] : [{ object, name }];
    });
    const here = { ...context, git, stored, head, verdicts, references };
    // The commits of other worktrees belong to the history, and a shallow one ends where its commits do not say so.
    const isPlain = !isShallow && !heads.includes('\n');
    const searched = await searchHistory({ ...here, judge, isPlain, objects: own, others: stashes ?? [] });
    const facts = await historyFindings(searched.facts, here);
    // What could not be read may be readable the next time.
    if (searched.gaps.length === 0) await remember(facts);
    signal.throwIfAborted();
    return { facts, gaps: [...gaps, ...searched.gaps], head };
  } finally {
    stored?.close();
  }
}

const MOST_STASHES = 1000;

/** Returns the commits of all stashes, only the last of which has a reference. Undefined if git does not say. */
async function stashesOf(git: RepositoryGit): Promise<readonly string[] | undefined> {
  const listed = await git.run(['rev-list', '--walk-reflogs', 'refs/stash', '--'], MAX_REFERENCES);
  const ids =
    listed.type === 'failed' || listed.code !== 0
      ? undefined
      : listed.out.toString('latin1').match(/^[\da-f]+$/gm);
  return ids !== undefined && ids !== null && ids.length <= MOST_STASHES ? ids : undefined;
}

/** Judges the lockfiles on disk, most of which are a text of HEAD. */
function judgeOnce(judge: LockfileJudge, verdicts: KnownVerdicts): LockfileJudge {
  return {
    judge(bytes, path) {
      const object = blobId(bytes);
      const known = verdicts.of(object, path, true);
      if (known !== undefined) return known;
      const verdict = judge.judge(bytes, path, true);
      verdicts.add(object, path, verdict, true);
      return verdict;
    },
  };
}

/** A copy that lost its newest commit since the last run is damaged. */
async function isThere(git: RepositoryGit, commit: string): Promise<boolean> {
  const found = await git.run(['cat-file', '-e', commit], MAX_SHORT);
  return found.type === 'ended' && found.code === 0;
}

const MAX_REFERENCES = 50 * 1024 * 1024;

/** A version in a lockfile, with all places where it is. */
interface Place extends LockedVersion {
  readonly path: string;
  readonly now: string[];
  readonly events: Timeline['events'];
}

const keyOf = ({ name, version }: LockedVersion) => `${name}@${version}`;

async function findingsOf(
  { directory, kind }: SearchPlace,
  tree: WorkingTree,
  { facts, gaps, head }: SearchedObjects,
  context: SearchContext,
): Promise<readonly IncidentFinding[]> {
  const found = new Map<string, Place>();
  const placeIn = (path: string, { name, version }: LockedVersion, events: Timeline['events'] = []) => {
    const key = `${path} ${name}@${version}`;
    const known = found.get(key) ?? { name, version, path, now: [], events };
    found.set(key, known);
    return known;
  };
  for (const line of timelinesOf(facts.commits)) placeIn(line.path, line, line.events);
  for (const { path, isInstalled, verdict } of tree.hits)
    for (const hit of verdict.hits)
      placeIn(path, hit).now.push(isInstalled ? 'node_modules' : 'working tree');
  for (const { path, hits } of facts.head) for (const hit of hits) placeIn(path, hit).now.push('HEAD');
  for (const { branch, path, hits } of facts.branchHits)
    for (const hit of hits) placeIn(path, hit).now.push(branch);
  const places = [...found.values()].sort((a, b) =>
    `${keyOf(a)} ${a.path}` < `${keyOf(b)} ${b.path}` ? -1 : 1,
  );
  const findings: IncidentFinding[] = [];
  for (const place of places) {
    const claims = claimsOn(context.bad, place.name, place.version);
    const window = windowOf(place.events, place.now.length > 0);
    const folder = kind === 'bare' ? undefined : join(directory, place.path, '..');
    const commit = enteringCommit(place.events) ?? (place.now.includes('HEAD') ? head : undefined);
    const details =
      commit === undefined
        ? await treeDetails(directory, tree, place)
        : facts.details[detailsKey(commit, place.path, keyOf(place))];
    const installed = await installedCopies(folder, place, context.machine);
    findings.push({
      ...{ name: place.name, version: place.version, claims, lockfile: place.path, now: place.now },
      events: place.events.map((event) => ({
        ...event,
        ...{
          branches: facts.containing[event.commit],
          before: facts.before[stateKey(event.commit, place.path)],
        },
      })),
      ...window,
      installable: installableIn(claims, {
        ...{ events: place.events, isThere: place.now.length > 0, isWhole: gaps.length === 0 },
        isInstalled:
          place.now.includes('node_modules') || installed.some((each) => each.place === 'node_modules'),
        ...{ around: facts.around, now: context.now() },
      }),
      ...{ detailsOf: details === undefined ? undefined : commit, copy: details?.copy, jobs: details?.jobs },
      installed,
    });
  }
  return findings;
}

const MAX_MANIFEST = 10 * 1024 * 1024;

/** Returns how a lockfile on disk installs a version. */
async function treeDetails(
  directory: string,
  tree: WorkingTree,
  { path, name, version }: Place,
): Promise<FindingDetails | undefined> {
  const hit = tree.hits.find((each) => each.path === path);
  if (hit === undefined) return undefined;
  const bytes = await readBounded(join(directory, path), { maxBytes: MAX_LOCKFILE }).catch(() => undefined);
  const lockfile = bytes === undefined ? undefined : lockfileFrom(bytes, hit.readAs);
  if (lockfile === undefined) return undefined;
  const folder = path.replace(/(?:node_modules\/(?:\.pnpm\/)?)?[^/]*$/, '');
  const folders = new Set(tree.files.filter(isOwnLockfile).map(folderOf));
  const files = manifestPaths(folder, tree.files, folders);
  const texts = new Map<string, string>();
  for (const file of files) {
    const text = readBoundedText(join(directory, file), { maxBytes: MAX_MANIFEST, followsLinks: false });
    texts.set(file, await text.catch(() => ''));
  }
  const manifests = manifestsIn(lockfile, relativeTexts(folder, files, texts));
  const copy = lockedCopies(lockfile, [{ name, version }], manifests).get(`${name}@${version}`)!;
  return { copy, jobs: undefined };
}
