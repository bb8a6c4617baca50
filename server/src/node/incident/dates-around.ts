import type { DatesAround } from '../../core/show/report/incident/installable.ts';
import { timeOfGit } from '../git/git-time.ts';
import type { RepositoryGit } from './repository-git.ts';

const MAX_LIST = 50 * 1024 * 1024;
/** Each costs two walks over the history. */
const MOST_COMMITS = 40;
const DATES = '--format=%at %ct';

/** Returns the dates of what commits build on and of what builds on them; for more commits than that, of the first ones. */
export async function datesAround(
  git: RepositoryGit,
  commits: Iterable<string>,
): Promise<Readonly<Record<string, DatesAround>>> {
  const found: Record<string, DatesAround> = {};
  for (const commit of [...new Set(commits)].slice(0, MOST_COMMITS)) {
    const earlier = await timesIn(git, [commit]);
    const later = await timesIn(git, ['--ancestry-path', '--all', `^${commit}`]);
    if (earlier === undefined || later === undefined) continue;
    found[commit] = { before: latestOf(earlier), after: earliestOf(later) };
  }
  return found;
}

async function timesIn(
  git: RepositoryGit,
  revisions: readonly string[],
): Promise<readonly number[] | undefined> {
  const listed = await git.run(['rev-list', DATES, ...revisions], MAX_LIST);
  if (listed.type === 'failed' || listed.code !== 0) return undefined;
  const lines = listed.out.toString('latin1').matchAll(/^(-?\d+) (-?\d+)$/gm);
  return [...lines].flatMap(([, authored, committed]) => [
    timeOfGit(Number(authored)),
    timeOfGit(Number(committed)),
  ]);
}

function latestOf(times: readonly number[]): number | undefined {
  return times.length === 0 ? undefined : times.reduce((a, b) => Math.max(a, b));
}

function earliestOf(times: readonly number[]): number | undefined {
  return times.length === 0 ? undefined : times.reduce((a, b) => Math.min(a, b));
}
