import type { GitUnknown } from '../../engine/ports.ts';
import type { GitRun } from './git-run.ts';

export const NO_GIT = 'git was not found on the PATH';
export const NO_REPOSITORY = 'it lies in no git repository';

/** The result for a repository whose branch refers to a missing commit object. */
export const LOST_COMMIT: GitUnknown = {
  type: 'unknown',
  reason: 'the repository lacks the objects of its last commit',
  advice: 'run "git fetch", or clone the repository again',
};

/** Of a repository whose branch is there and holds no name of a commit, as a crash leaves it. */
export const DAMAGED_BRANCH: GitUnknown = {
  type: 'unknown',
  reason: 'the branch that HEAD names is damaged',
  advice: 'restore it with "git update-ref", or clone the repository again',
};

export function unknown(reason: string): GitUnknown {
  return { type: 'unknown', reason };
}

/** Of files that are not on a disk: git compares none of them. */
export const NOT_HERE: GitUnknown = {
  type: 'unknown',
  reason: 'it is not on a disk of this machine',
  isExpected: true,
};

/** Returns why git could not run. */
export function notRun({ reason }: GitRun & { readonly type: 'failed' }): GitUnknown {
  return reason === NO_GIT
    ? { ...unknown(reason), advice: 'add a git outside the checked folder to the PATH' }
    : unknown(reason);
}

/** Returns why git knows no commit for a revision in a repository. git runs with English messages. */
export function whyNoCommit(error: string, revision: string): GitUnknown {
  if (/not a git repository/i.test(error)) {
    return {
      ...unknown('git does not accept its .git as a repository'),
      advice: 'repair .git, or clone the repository again',
    };
  }
  if (/dubious ownership/i.test(error)) {
    return {
      ...unknown("another user owns the repository, and git's safe.directory does not list it"),
      advice: `run "${SAFE_DIRECTORY.exec(error)?.[0] ?? 'git config --global --add safe.directory <folder>'}"`,
    };
  }
  if (error.trim() !== '') return unknown(`git says "${firstLine(error)}"`);
  return revision === 'HEAD'
    ? { ...unknown('the repository has no commit yet'), isExpected: true }
    : unknown(`the repository has no commit ${revision}`);
}

/** git itself quotes the folder for a shell in this line. */
const SAFE_DIRECTORY = /git config --global --add safe\.directory \S.*/;

export function whyNoObject(error: string): string {
  if (/lazy|promisor|missing|not a valid object|unable to|could not fetch|bad object|bad file/i.test(error)) {
    return 'this copy of the repository lacks that version of it, and nothing is fetched';
  }
  return `git says "${firstLine(error)}"`;
}

function firstLine(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? '';
  return line.replace(/^(?:fatal|error): /, '').slice(0, 200);
}
