import { stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Uri } from '../core/text/uri.ts';
import type { GitPort, GitText } from '../engine/ports.ts';
import { findGit } from './git-program.ts';
import { type GitRun, runGit } from './git-run.ts';

export interface GitOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** The folders that are checked: a git that lies in them is not run. Asked anew each time. */
  readonly untrusted: () => readonly Uri[];
}

/** As much as is read of a lockfile on the disk. */
const MAX_BYTES = 200 * 1024 * 1024;
/** A commit's name is 40 or 64 letters; what git says of a tree's one file, little more than its path. */
const MAX_SHORT = 64 * 1024;

/**
 * Reads texts out of git's object database by plumbing commands, which run no hooks, filters or programs that the
 * repository's configuration names, and fetch nothing.
 */
export function createGit({ environment, platform, untrusted }: GitOptions): GitPort {
  const run = async (args: readonly string[], directory: string, maxBytes: number): Promise<GitRun> => {
    const folders = untrusted()
      .map(pathOf)
      .filter((folder) => folder !== undefined);
    folders.push(await repositoryOf(directory));
    const program = await findGit({ environment, platform, untrusted: folders });
    if (program === undefined)
      return { type: 'failed', reason: 'no git is on the PATH, but perhaps in the folder itself' };
    return runGit(args, { program, directory, environment, maxBytes });
  };
  return {
    async textAt(uri, revision): Promise<GitText> {
      const path = pathOf(uri);
      if (path === undefined) return unknown('it is no file on this machine');
      if (revision.startsWith('-') || revision.includes('\0')) return unknown(`${revision} names no commit`);
      const directory = dirname(path);
      const found = await run(
        ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`],
        directory,
        MAX_SHORT,
      );
      if (found.type === 'failed') return unknown(found.reason);
      const commit = found.out.toString('latin1').trim();
      if (found.code !== 0 || !/^(?:[\da-f]{40}|[\da-f]{64})$/.test(commit)) {
        return unknown(whyNoCommit(found.error, revision));
      }
      const listed = await run(['ls-tree', '-z', commit, '--', basename(path)], directory, MAX_SHORT);
      if (listed.type === 'failed') return unknown(listed.reason);
      if (listed.code !== 0) return unknown(whyNoObject(listed.error));
      const item = /^(\d+) (\w+) ([\da-f]+)\t/.exec(listed.out.toString('utf8'));
      if (item === null) return { type: 'absent', commit };
      const [, mode, type, object = ''] = item;
      if (type !== 'blob' || mode === '120000') return unknown('it is no file in that commit');
      const blob = await run(['cat-file', 'blob', object], directory, MAX_BYTES);
      if (blob.type === 'failed') return unknown(blob.reason);
      if (blob.code !== 0) return unknown(whyNoObject(blob.error));
      if (blob.out.includes(0)) return unknown('it is no text in that commit');
      return { type: 'text', commit, text: new TextDecoder('utf-8').decode(blob.out) };
    },
  };
}

/** The nearest folder at or above that has a repository, else the folder itself. */
async function repositoryOf(directory: string): Promise<string> {
  for (let at = directory; ; at = dirname(at)) {
    if ((await stat(join(at, '.git')).catch(() => undefined)) !== undefined) return at;
    if (at === dirname(at)) return directory;
  }
}

function unknown(reason: string): GitText {
  return { type: 'unknown', reason };
}

function pathOf(uri: Uri): string | undefined {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}

/** git's own words are in English here, as it is run with that language. */
function whyNoCommit(error: string, revision: string): string {
  if (/not a git repository/i.test(error)) return 'it lies in no git repository';
  if (/dubious ownership/i.test(error)) {
    return "somebody else owns the repository, and git's safe.directory does not name it";
  }
  if (error.trim() !== '') return `git says "${firstLine(error)}"`;
  return revision === 'HEAD'
    ? 'the repository has no commit yet'
    : `the repository has no commit ${revision}`;
}

function whyNoObject(error: string): string {
  if (/lazy|promisor|missing|not a valid object|unable to|could not fetch|bad object|bad file/i.test(error)) {
    return 'this copy of the repository lacks that version of it, and nothing is fetched';
  }
  return `git says "${firstLine(error)}"`;
}

function firstLine(text: string): string {
  const line = text.trim().split('\n', 1)[0] ?? '';
  return line.replace(/^(?:fatal|error): /, '').slice(0, 200);
}
