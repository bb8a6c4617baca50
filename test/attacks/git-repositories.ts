import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { MARKER } from './marker-tarball.ts';

/** The git dependencies of the projects in the table, with the commit-ish in their manifests. */
export const GIT_PACKAGES = { 'by-tag': 'v1.0.0', 'by-range': 'semver:^1.0.0', 'by-branch': 'main' } as const;
export type GitPackage = keyof typeof GIT_PACKAGES;

/** The commits of a repository: the one that the manifest refers to, an earlier one, and a planted one. */
export interface Commits {
  readonly honest: string;
  readonly earlier: string;
  readonly planted: string;
}

/**
 * Creates a bare repository for each package below a folder, and returns its commits. Author and time are fixed, so the
 * commit ids are the same everywhere. The planted commit is on a branch that no manifest refers to, like a pull
 * request's commit in a fork network.
 */
export function makeGitRepositories(folder: string): Readonly<Record<GitPackage | 'fork', Commits>> {
  const made = (name: string) => makeRepository(folder, name);
  return {
    'by-tag': made('by-tag'),
    'by-range': made('by-range'),
    'by-branch': made('by-branch'),
    fork: made('fork'),
  };
}

function makeRepository(folder: string, name: string): Commits {
  const work = join(folder, `${name}-work`);
  mkdirSync(work, { recursive: true });
  const write = (file: string, text: string) => writeFileSync(join(work, file), text);
  const packageName = name === 'fork' ? 'by-tag' : name;
  const manifest = (version: string) => `${JSON.stringify({ name: packageName, version }, undefined, 2)}\n`;
  git(work, 'init', '--quiet', '--initial-branch=main');
  write('package.json', manifest('1.0.0'));
  write('index.js', '// earlier\n');
  const earlier = commit(work);
  write('index.js', '');
  if (name === 'fork') write(MARKER, 'planted\n');
  const honest = commit(work);
  git(work, 'tag', 'v1.0.0');
  git(work, 'checkout', '--quiet', '-b', 'contribution');
  write(MARKER, 'planted\n');
  write('index.js', '// changed\n');
  const planted = commit(work);
  git(work, 'checkout', '--quiet', 'main');
  const bare = join(folder, `${name}.git`);
  git(folder, 'clone', '--quiet', '--bare', work, bare);
  git(bare, 'update-server-info');
  return { honest, earlier, planted };
}

function commit(work: string): string {
  git(work, 'add', '--all');
  git(work, 'commit', '--quiet', '--message=change');
  return git(work, 'rev-parse', 'HEAD').trim();
}

function git(cwd: string, ...args: readonly string[]): string {
  const env = {
    PATH: process.env.PATH ?? '',
    HOME: cwd,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_AUTHOR_NAME: 'A',
    GIT_AUTHOR_EMAIL: 'a@example.test',
    GIT_AUTHOR_DATE: '2025-03-01T12:00:00Z',
    GIT_COMMITTER_NAME: 'A',
    GIT_COMMITTER_EMAIL: 'a@example.test',
    GIT_COMMITTER_DATE: '2025-03-01T12:00:00Z',
  };
  return execFileSync('git', args, { cwd, env, encoding: 'utf8' });
}
