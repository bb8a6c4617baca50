import type { Dirent } from 'node:fs';
import { readdir, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import type { LockVerdict } from '../../core/know/incident/find-bad-entries.ts';
import type { IncidentGap } from '../../core/show/report/incident/incident-report.ts';
import { reasonOf } from '../files/file-problem.ts';
import { isPathWithin } from '../files/is-path-within.ts';
import { readBounded } from '../files/read-bounded.ts';
import { isRepository } from '../git/git-folders.ts';
import type { LockfileJudge } from './judge-lockfile.ts';
import { lockfileNameOf } from './lockfile-paths.ts';

/** A lockfile of a working tree, or the record of an installed node_modules, that names bad versions. */
export interface TreeHit {
  /** Relative to the folder, with `/`. */
  readonly path: string;
  /** The path of a lockfile with the same format. */
  readonly readAs: string;
  /** Whether it records what is installed. */
  readonly isInstalled: boolean;
  readonly verdict: LockVerdict;
}

export interface WorkingTree {
  readonly hits: readonly TreeHit[];
  readonly gaps: readonly IncidentGap[];
  /** The number of lockfiles read. */
  readonly lockfiles: number;
  /** Repositories inside, such as submodules: relative paths. */
  readonly nested: readonly string[];
  /** The manifests and the other lockfiles: relative paths. */
  readonly files: readonly string[];
  /** Folders with a node_modules: relative paths. */
  readonly installs: readonly string[];
}

export const MAX_LOCKFILE = 200 * 1024 * 1024;
const MAX_DEPTH = 30;
const MAX_FOLDERS = 300_000;
const SKIPPED: ReadonlySet<string> = new Set(['.git', 'node_modules']);

/** The records that npm and pnpm keep of what they installed, in the format of their lockfiles. */
const RECORDS: readonly (readonly [path: string, readAs: string])[] = [
  ['node_modules/.package-lock.json', 'package-lock.json'],
  ['node_modules/.pnpm/lock.yaml', 'pnpm-lock.yaml'],
];

/** Reads the lockfiles below a folder, and the records of installs. Links are not followed out of it. */
export async function searchWorkingTree(
  directory: string,
  judge: LockfileJudge,
  signal: AbortSignal,
): Promise<WorkingTree> {
  const hits: TreeHit[] = [];
  const gaps: IncidentGap[] = [];
  const nested: string[] = [];
  const installs: string[] = [];
  const files: string[] = [];
  let lockfiles = 0;
  const look = async (path: string, readAs: string, isInstalled: boolean) => {
    try {
      const bytes = await readBounded(join(directory, path), { maxBytes: MAX_LOCKFILE, followsLinks: false });
      lockfiles++;
      const verdict = judge.judge(bytes, readAs);
      if (verdict.unread !== undefined) gaps.push({ subject: path, reason: verdict.unread });
      if (verdict.hits.length > 0) hits.push({ path, readAs, isInstalled, verdict });
    } catch (error) {
      if (isInstalled && isAbsent(error)) return;
      gaps.push({ subject: path, reason: `it ${reasonOf(error) ?? 'cannot be read'}` });
    }
  };
  const waiting: { readonly path: string; readonly depth: number }[] = [{ path: '', depth: 0 }];
  let folders = 0;
  for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
    signal.throwIfAborted();
    const { path, depth } = at;
    if (++folders > MAX_FOLDERS) {
      gaps.push({ subject: path, reason: `there are more than ${MAX_FOLDERS} folders` });
      break;
    }
    if (path !== '' && (await isRepository(join(directory, path)))) {
      nested.push(path);
      continue;
    }
    const items = await itemsOf(join(directory, path));
    if (items === undefined) {
      gaps.push({ subject: path === '' ? '.' : path, reason: 'the folder cannot be read' });
      continue;
    }
    for (const item of items) {
      const below = path === '' ? item.name : `${path}/${item.name}`;
      if (item.name === 'node_modules') {
        installs.push(path);
        for (const [record, readAs] of RECORDS)
          await look(path === '' ? record : `${path}/${record}`, readAs, true);
      }
      if (item.isDirectory() && !SKIPPED.has(item.name)) {
        if (depth < MAX_DEPTH) waiting.push({ path: below, depth: depth + 1 });
        else gaps.push({ subject: below, reason: 'it is nested too deeply' });
      } else if (item.name === 'package.json') files.push(below);
      else if (lockfileNameOf(item.name) !== undefined) {
        files.push(below);
        if (!item.isSymbolicLink()) await look(below, item.name, false);
        else if (!(await leadsInside(directory, below)))
          gaps.push({
            subject: below,
            reason: 'it is a symbolic link that leads to no lockfile of the folder',
          });
      }
    }
  }
  return { hits, gaps, lockfiles, nested, files, installs };
}

async function itemsOf(path: string): Promise<readonly Dirent[] | undefined> {
  return readdir(path, { withFileTypes: true }).catch(() => undefined);
}

function isAbsent(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** Checks for a link to another lockfile of the folder, which is read itself. */
async function leadsInside(directory: string, path: string): Promise<boolean> {
  const target = await realpath(join(directory, path)).catch(() => undefined);
  if (target === undefined || !isPathWithin(directory, target)) return false;
  return (
    lockfileNameOf(target.split(/[\\/]/).at(-1)!) !== undefined && !/[\\/]node_modules[\\/]/.test(target)
  );
}
