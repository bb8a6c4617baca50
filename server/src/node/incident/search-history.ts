import type { LockedVersion } from '../../core/know/incident/find-bad-entries.ts';
import type { IncidentGap } from '../../core/show/report/incident/incident-report.ts';
import type { HitCommit } from '../../core/show/report/incident/timeline.ts';
import type { Progress } from '../../engine/session.ts';
import { type GitCommitChanges, readChanges } from '../git/git-changes.ts';
import { whyNoObject } from '../git/git-failure.ts';
import { ITEM, LINK, MODULE } from '../git/git-items.ts';
import { isGitObject } from '../git/git-object.ts';
import { readObjects } from '../git/git-objects.ts';
import { timeOfGit } from '../git/git-time.ts';
import { readPackedBlobs } from '../git/pack/packed-blobs.ts';
import { storedChanges } from '../git/pack/stored-changes.ts';
import type { StoredObjects } from '../git/pack/stored-objects.ts';
import { listTree, type TreePath, treeOfCommit } from '../git/pack/stored-trees.ts';
import type { Reference } from './branches.ts';
import type { LockfileJudge } from './judge-lockfile.ts';
import type { KnownVerdicts } from './known-verdicts.ts';
import { isOwnLockfile, LOCKFILE_PATTERNS, lockfileNameOf } from './lockfile-paths.ts';
import type { RepositoryGit } from './repository-git.ts';
import { MAX_LOCKFILE } from './working-tree.ts';

/** What the objects of a repository show. */
export interface HistoryFacts {
  /** The bad versions at HEAD, by lockfile. */
  readonly head: readonly { readonly path: string; readonly hits: readonly LockedVersion[] }[];
  /** The submodules at HEAD. */
  readonly modules: readonly string[];
  /** The commits in which bad versions enter or leave. */
  readonly commits: readonly HitCommit[];
  readonly walked: number;
  readonly lockfiles: number;
}

export interface HistorySearch {
  readonly git: RepositoryGit;
  /** The folder with the objects, if it is the repository's own. */
  readonly objects: string | undefined;
  readonly stored: StoredObjects | undefined;
  readonly head: string | undefined;
  readonly references: readonly Reference[];
  /** Whether HEAD and references lead to all commits, and each names its parents. */
  readonly isPlain: boolean;
  /** Commits without references that are read with their ancestors. */
  readonly others: readonly string[];
  readonly isHistory: boolean;
  readonly judge: LockfileJudge;
  readonly verdicts: KnownVerdicts;
  readonly now: () => number;
  readonly progress: Progress;
  readonly signal: AbortSignal;
}

const MAX_LIST = 150 * 1024 * 1024;
/** A lockfile text, with a place where it is. */
interface Text {
  readonly object: string;
  readonly path: string;
  readonly commit: string;
  readonly isAtHead: boolean;
}

const OTHER_TEXT = 'its text is not that of its object id: the copy of the repository is damaged';

/** Reads the lockfiles of HEAD, and of all commits, from the object database. */
export async function searchHistory(
  search: HistorySearch,
): Promise<{ readonly facts: HistoryFacts; readonly gaps: readonly IncidentGap[] }> {
  const { head, isHistory, verdicts } = search;
  const gaps: IncidentGap[] = [];
  const texts = new Map<string, Text>();
  const add = (object: string, path: string, commit: string, isAtHead = false) => {
    const key = `${object} ${lockfileNameOf(path)}`;
    if (!texts.has(key)) texts.set(key, { object, path, commit, isAtHead });
  };
  const walkGaps: IncidentGap[] = [];
  const [atHead, walk] = await Promise.all([
    head === undefined ? { files: [], modules: [], gaps: [] } : filesAt(search, head),
    isHistory ? walkHistory(search, walkGaps) : { commits: [], walked: 0 },
  ]);
  gaps.push(...atHead.gaps, ...walkGaps);
  for (const { object, path } of atHead.files) add(object, path, head!, true);
  for (const { commit, changes } of walk.commits) {
    for (const { path, before, after } of changes) {
      if (after !== undefined) add(after, path, commit);
      if (before !== undefined) add(before, path, commit);
    }
  }
  gaps.push(...(await judgeTexts([...texts.values()], search)));
  const hitsOf = (object: string | undefined, path: string) =>
    object === undefined ? [] : (verdicts.of(object, path)?.hits ?? []);
  const commits = walk.commits.flatMap(({ changes, authored, committed, ...commit }) => {
    const hit = changes
      .map(({ path, before, after }) => ({ path, before: hitsOf(before, path), after: hitsOf(after, path) }))
      .filter(({ before, after }) => before.length + after.length > 0);
    const times = { authored: timeOfGit(authored), committed: timeOfGit(committed) };
    return hit.length === 0 ? [] : [{ ...commit, ...times, changes: hit }];
  });
  return {
    facts: {
      head: atHead.files
        .map(({ object, path }) => ({ path, hits: hitsOf(object, path) }))
        .filter(({ hits }) => hits.length > 0),
      modules: atHead.modules,
      commits,
      walked: walk.walked,
      lockfiles: texts.size,
    },
    gaps,
  };
}

interface FilesAt {
  readonly files: readonly { readonly object: string; readonly path: string }[];
  readonly modules: readonly string[];
  readonly gaps: readonly IncidentGap[];
}

async function filesAt({ git, stored }: HistorySearch, head: string): Promise<FilesAt> {
  const tree = stored === undefined ? undefined : treeOfCommit(stored, head);
  const near = stored === undefined || tree === undefined ? undefined : listTree(stored, tree);
  if (near !== undefined) return filesAmong(near);
  const failed = (reason: string): FilesAt => ({
    files: [],
    modules: [],
    gaps: [{ subject: 'HEAD', reason }],
  });
  const listed = await git.run(['ls-tree', '-r', '-z', '--full-tree', head], MAX_LIST);
  if (listed.type === 'failed') return failed(listed.reason);
  if (listed.code !== 0) return failed(whyNoObject(listed.error));
  return filesAmong(
    listed.out
      .toString('utf8')
      .split('\0')
      .flatMap((line) => {
        const [start, mode, , object] = ITEM.exec(line) ?? [];
        return start === undefined ? [] : [{ mode: mode!, object: object!, path: line.slice(start.length) }];
      }),
  );
}

function filesAmong(items: readonly TreePath[]): FilesAt {
  const files: { readonly object: string; readonly path: string }[] = [];
  const modules: string[] = [];
  const gaps: IncidentGap[] = [];
  for (const { mode, object, path } of items) {
    if (mode === MODULE.trim()) modules.push(path);
    else if (isOwnLockfile(path)) {
      if (mode === LINK) gaps.push({ subject: path, reason: 'it is a symbolic link in HEAD' });
      else files.push({ object, path });
    }
  }
  return { files, modules, gaps };
}

interface Walk {
  readonly commits: readonly GitCommitChanges[];
  readonly walked: number;
}

async function walkHistory(search: HistorySearch, gaps: IncidentGap[]): Promise<Walk> {
  const commits: GitCommitChanges[] = [];
  const links = new Set<string>();
  const add = (commit: GitCommitChanges) => {
    const changes = commit.changes.filter(({ path }) => isOwnLockfile(path));
    for (const { path, isLink } of changes) if (isLink) links.add(path);
    const own = changes.filter(({ isLink }) => !isLink);
    if (own.length > 0) commits.push({ ...commit, changes: own });
    search.progress.report('Reading commits', commits.length, undefined);
  };
  const walked = (await walkStored(search, add)) ?? (await walkWithGit(search, add, gaps));
  for (const path of links) gaps.push({ subject: path, reason: 'it is a symbolic link in a commit' });
  return { commits, walked };
}

type AddCommit = (commit: GitCommitChanges) => void;

/** Reads a short history from the repository's files, and returns the number of commits. Undefined if git has to. */
async function walkStored(
  { stored, isPlain, references, head, others, signal }: HistorySearch,
  add: AddCommit,
): Promise<number | undefined> {
  if (stored === undefined || !isPlain) return undefined;
  const starts = references.map(({ object }) => object);
  const all = [...starts, ...(head === undefined ? [] : [head]), ...others];
  const options = { isWanted: isOwnLockfile, isSkipped, signal };
  const read = await storedChanges(stored, all, options);
  for (const commit of read?.changes ?? []) add(commit);
  return read?.commits;
}

const isSkipped = (folder: string) => folder === 'node_modules';

async function walkWithGit(
  { git, others, signal }: HistorySearch,
  add: AddCommit,
  gaps: IncidentGap[],
): Promise<number> {
  const start = (args: readonly string[], stdin: 'ignore' | 'pipe') => git.start(args, stdin, true);
  const walk = readChanges(LOCKFILE_PATTERNS, { others, start, signal });
  for (;;) {
    const { value, done } = await walk.next();
    if (done !== true) add(value);
    else {
      if (value.failure !== undefined)
        gaps.push({
          subject: 'history',
          reason: `it ends early, as ${value.failure}`,
        });
      return value.commits;
    }
  }
}

/** Judges what no earlier run has, and returns what could not be read. */
async function judgeTexts(texts: readonly Text[], search: HistorySearch): Promise<readonly IncidentGap[]> {
  const { git, objects, judge, verdicts, signal, progress, now } = search;
  const wanted = texts.filter(
    ({ object, path, isAtHead }) => verdicts.of(object, path, isAtHead) === undefined,
  );
  const unread = new Map<string, { count: number; readonly text: Text; readonly reason: string }>();
  const note = (text: Text, reason: string) => {
    const key = `${text.path} ${reason}`;
    const known = unread.get(key);
    if (known === undefined) unread.set(key, { count: 1, text, reason });
    else known.count++;
  };
  // What is in HEAD now is not taken on trust: git verifies no object that it reads, and texts of a history are compared.
  const verdictOf = ({ object, path, isAtHead }: Text, content: Buffer | undefined, reason?: string) => {
    if (content === undefined) return { hits: [], unread: reason };
    if (isAtHead && !isGitObject(content, object)) return { hits: [], unread: OTHER_TEXT };
    return judge.judge(content, path, isAtHead);
  };
  let done = 0;
  const use = (text: Text, content: Buffer | undefined, reason?: string) => {
    const verdict = verdictOf(text, content, reason);
    verdicts.add(text.object, text.path, verdict, text.isAtHead && verdict.unread === undefined);
    if (verdict.unread !== undefined) note(text, verdict.unread);
    progress.report('Reading lockfiles', ++done, wanted.length);
  };
  const options = { maxBytes: MAX_LOCKFILE, signal };
  try {
    const left = new Map<string, Text[]>();
    for (const text of wanted) left.set(text.object, [...(left.get(text.object) ?? []), text]);
    if (objects !== undefined)
      await readPackedBlobs(objects, left.keys(), options, (object, content) => {
        for (const text of left.get(object) ?? []) use(text, content);
        left.delete(object);
      });
    const rest = [...left.values()].flat();
    let next = 0;
    const start = () => git.start(['cat-file', '--batch', '--buffer'], 'pipe');
    await readObjects(
      rest.map(({ object }) => object),
      { ...options, start },
      ({ content, reason }) => use(rest[next++]!, content, reason),
    );
  } finally {
    await verdicts.keep(now());
  }
  return [...unread.values()].map(({ count, text, reason }) => ({
    subject: `${text.path} in ${text.commit.slice(0, 12)}${count === 1 ? '' : ` and ${count - 1} more`}`,
    reason,
  }));
}
