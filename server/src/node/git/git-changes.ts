import type { Readable, Writable } from 'node:stream';
import { LINK } from './git-items.ts';
import type { GitProcess } from './git-run.ts';
import { textsBefore } from './texts-before.ts';
import { limitTime } from './time-limit.ts';

/** A file before and after a commit, compared with its first parent. */
export interface GitChange {
  readonly path: string;
  /** Object ids; undefined if there is no file. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  readonly isLink: boolean;
}

export interface GitCommitChanges {
  readonly commit: string;
  /** Seconds since 1970. */
  readonly authored: number;
  readonly committed: number;
  readonly isMerge: boolean;
  /** The first parent; undefined if git knows none. */
  readonly parent: string | undefined;
  readonly changes: readonly GitChange[];
}

export interface ChangesOptions {
  /** Commits that are walked with those of references. */
  readonly others: readonly string[];
  readonly start: (args: readonly string[], stdin: 'ignore' | 'pipe') => GitProcess;
  readonly signal: AbortSignal;
}

/** What the walk ended with: why a part of the history is missing, as a clause; undefined if all was read. */
export interface WalkEnd {
  readonly failure: string | undefined;
  readonly commits: number;
}

const FORMAT = '--format=tformat:%H %at %ct %P';
const HEADER = /^\n?([\da-f]{40,64}) (-?\d+) (-?\d+) ?([\da-f ]*)$/;
const RAW = /^\n?:(\d+) (\d+) ([\da-f]+) ([\da-f]+) \w/;

/**
 * Yields the commits of all references and of HEAD that change one of the files, newest first. A merge is compared with its
 * first parent, so what another branch brought with it is a change as well. A file that moved leaves one path and enters
 * another. Only plumbing commands run: others may start programs that a repository's configuration names.
 */
export async function* readChanges(
  patterns: readonly string[],
  { others, start, signal }: ChangesOptions,
): AsyncGenerator<GitCommitChanges, WalkEnd> {
  const list = start(['rev-list', '--all', ...others], 'ignore');
  const diff = start(
    [
      ...['diff-tree', '--stdin', '-r', '--root', '--raw', '-z', '--no-renames', '--no-abbrev'],
      ...['--diff-merges=first-parent', FORMAT, '--', ...patterns],
    ],
    'pipe',
  );
  const stop = () => {
    list.kill('SIGKILL');
    diff.kill('SIGKILL');
  };
  signal.addEventListener('abort', stop);
  const ends = Promise.all([endOf(list, 'rev-list'), endOf(diff, 'diff-tree')]);
  const limit = limitTime([list, diff], () => MOST_MS + commits * MOST_MS_OF_COMMIT);
  const input = diff.stdin as Writable;
  input.on('error', () => undefined);
  let commits = 0;
  (list.stdout as Readable).on('data', (chunk: Buffer) => {
    for (const byte of chunk) if (byte === 10) commits++;
  });
  (list.stdout as Readable).pipe(input);
  let isWhole = false;
  let problem: string | undefined;
  try {
    let changes = 0;
    const read = commitsOf(diff.stdout as Readable, {
      isTooMany: () => ++changes > MOST_CHANGES,
      note: (reason) => {
        problem = reason;
      },
    });
    yield* read;
    isWhole = problem !== TOO_MANY;
  } finally {
    signal.removeEventListener('abort', stop);
    limit.clear();
    if (!isWhole) stop();
  }
  const failure = (await ends).find((each) => each !== undefined);
  signal.throwIfAborted();
  const said = failure === undefined ? undefined : `git says "${failure.slice(0, LONGEST_FAILURE)}"`;
  return { failure: limit.reason() ?? problem ?? said, commits };
}

/** A commit takes a few milliseconds, even in the largest repositories. */
const [MOST_MS, MOST_MS_OF_COMMIT] = [30_000, 50] as const;
const MOST_CHANGES = 1_000_000;
const LONGEST_FAILURE = 200;
const UNKNOWN_OUTPUT = 'git printed something that is no list of changes';
const TOO_MANY = `its commits change more than ${MOST_CHANGES} files`;

const MAX_ERROR = 2_000;

/** Returns what git says if it fails. */
function endOf(child: GitProcess, command: string): Promise<string | undefined> {
  let error = '';
  child.stderr?.on('data', (bytes: Buffer) => {
    if (error.length < MAX_ERROR) error += bytes.toString('utf8');
  });
  return new Promise((resolve) => {
    child.on('error', (fault: NodeJS.ErrnoException) =>
      resolve(`git could not be run (${fault.code ?? fault.message})`),
    );
    child.on('close', (code) => {
      const said = error.trim().split('\n').at(-1) ?? '';
      resolve(code === 0 ? undefined : said === '' ? `git ${command} was ended` : said);
    });
  });
}

interface CommitsOptions {
  /** Called for each change, the last of which is not read. */
  readonly isTooMany: () => boolean;
  /** Called with why a part is missing. */
  readonly note: (reason: string) => void;
}

async function* commitsOf(
  out: Readable,
  { isTooMany, note }: CommitsOptions,
): AsyncGenerator<GitCommitChanges> {
  let commit: (Omit<GitCommitChanges, 'changes'> & { readonly changes: GitChange[] }) | undefined;
  let raw: RegExpExecArray | undefined;
  for await (const field of textsBefore(0, out)) {
    if (raw !== undefined) {
      if (isTooMany()) {
        note(TOO_MANY);
        return;
      }
      const change = changeOf(raw, field);
      if (change !== undefined) commit?.changes.push(change);
      raw = undefined;
      continue;
    }
    const found = RAW.exec(field);
    if (found !== null) {
      raw = found;
      continue;
    }
    if (field.trim() === '') continue;
    if (commit !== undefined) yield commit;
    commit = undefined;
    const header = HEADER.exec(field);
    if (header === null) {
      // The changes behind it are those of a commit that is not known.
      note(UNKNOWN_OUTPUT);
      continue;
    }
    const [, id, authored, committed, parents] = header;
    commit = {
      ...{ commit: id!, authored: Number(authored), committed: Number(committed), changes: [] },
      isMerge: parents!.trim().includes(' '),
      parent: /^[\da-f]+/.exec(parents!)?.[0],
    };
  }
  if (commit !== undefined) yield commit;
}

const MODULE = '160000';

function changeOf(raw: RegExpExecArray, path: string): GitChange | undefined {
  const [, modeBefore, modeAfter, before, after] = raw;
  const object = (id: string, mode: string) => (/^0+$/.test(id) || mode === MODULE ? undefined : id);
  const change = { before: object(before!, modeBefore!), after: object(after!, modeAfter!) };
  if (change.before === undefined && change.after === undefined) return undefined;
  return { path, ...change, isLink: modeAfter === LINK };
}
