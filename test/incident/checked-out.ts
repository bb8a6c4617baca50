import { spawnSync } from 'node:child_process';
import { globSync, readFileSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { IncidentJson } from '../cli/run-incident.ts';
import { independentVersions } from './independent-reader.ts';

interface Sample {
  readonly repository: string;
  readonly commit: string;
}

/** What checked-out commits show, against the report. */
export interface SampleResult {
  readonly commits: number;
  /** Versions that a commit locks, over all commits. */
  readonly hits: number;
  /** A line for each commit that differs. */
  readonly differences: readonly string[];
}

const git = (directory: string, ...args: readonly string[]) =>
  spawnSync('git', args, { cwd: directory, encoding: 'utf8', maxBuffer: 2 ** 28 }).stdout;

/** Returns commits of all repositories, each as likely as any other. */
function sampleOf(repositories: readonly string[], count: number): readonly Sample[] {
  const all = repositories.flatMap((repository) =>
    git(repository, 'rev-list', '--all')
      .trim()
      .split('\n')
      .map((commit) => ({ repository, commit })),
  );
  const step = all.length / Math.min(count, all.length);
  return Array.from({ length: Math.min(count, all.length) }, (_, at) => all[Math.floor(at * step)]!);
}

/**
 * Checks out sampled commits, reads their lockfiles with the parsers of other projects, and compares which bad versions they
 * lock with what the events of the report say of that commit.
 */
export function compareCheckedOut(
  { repositories }: Pick<IncidentJson, 'repositories'>,
  bad: readonly string[],
  { count, folder }: { readonly count: number; readonly folder: string },
): SampleResult {
  const differences: string[] = [];
  let hits = 0;
  const samples = sampleOf(
    repositories.map(({ path }) => path),
    count,
  );
  for (const { path, findings } of repositories) {
    const own = samples.filter(({ repository }) => repository === path);
    if (own.length === 0) continue;
    const clone = join(folder, basename(path));
    git(folder, 'clone', '--quiet', '--shared', '--no-checkout', path, clone);
    for (const { commit } of own) {
      git(clone, 'checkout', '--quiet', '--force', commit);
      const theirs = globSync(
        '**/{package-lock.json,npm-shrinkwrap.json,yarn.lock,pnpm-lock.yaml,bun.lock}',
        {
          cwd: clone,
        },
      ).flatMap((file) => {
        const versions = independentVersions(file, readFileSync(join(clone, file), 'utf8'));
        return bad.filter((each) => versions.has(each)).map((each) => `${each} in ${file}`);
      });
      const parents = git(clone, 'rev-list', '--first-parent', commit).trim().split('\n');
      const ours = findings.flatMap(({ package: name, packageVersion, lockfile, events }) => {
        const byCommit = new Map(events.map((event) => [event.commit, event.type]));
        const last = parents.find((each) => byCommit.has(each));
        return last !== undefined && byCommit.get(last) === 'entered'
          ? [`${name}@${packageVersion} in ${lockfile}`]
          : [];
      });
      hits += theirs.length;
      const [a, b] = [[...new Set(theirs)].sort().join(', '), [...new Set(ours)].sort().join(', ')];
      if (a !== b)
        differences.push(`${basename(path)} ${commit}: locks ${a || 'none'}, reported ${b || 'none'}`);
    }
    rmSync(clone, { recursive: true });
  }
  return { commits: samples.length, hits, differences };
}
