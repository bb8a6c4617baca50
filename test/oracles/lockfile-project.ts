import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Real lockfiles beside the checkout, see its README.md. They are not part of the repository. */
const CORPUS = join(import.meta.dirname, '../../../shared/corpus');

/**
 * Lockfiles that the package managers created from our own manifests, with aliases, links, files, git and overrides.
 */
const FIXTURES = join(import.meta.dirname, '../fixtures/lockfiles');

export type ProjectFormat = 'package-lock' | 'npm-shrinkwrap' | 'yarn' | 'pnpm' | 'bun';

/** A project with one lockfile: in the corpus, a row of the table in its README. */
export interface LockfileProject {
  readonly name: string;
  /** The folder of its files. */
  readonly root: string;
  readonly format: ProjectFormat;
  /** The version in the index: `3`, `berry 6`, `9.0+9.0`. */
  readonly version: string;
  /** The number of packages in the lockfile. */
  readonly packages: number;
  /** The lockfile's name. */
  readonly file: string;
}

/** Returns all projects of the corpus, or those of some formats; none without a corpus. */
export function corpusProjects(...formats: readonly ProjectFormat[]): readonly LockfileProject[] {
  if (!existsSync(join(CORPUS, 'README.md'))) return [];
  const folders = new Set(readdirSync(CORPUS));
  const projects: LockfileProject[] = [];
  for (const line of readFileSync(join(CORPUS, 'README.md'), 'utf8').split('\n')) {
    const [, name = '', , , , path = '', format = '', version = '', packages] = line
      .split('|')
      .map((cell) => cell.trim());
    if (!folders.has(name)) continue;
    projects.push({
      name,
      root: join(CORPUS, name),
      format: format as ProjectFormat,
      version,
      packages: Number(packages),
      file: basename(path),
    });
  }
  return projects.filter(({ format }) => formats.length === 0 || formats.includes(format));
}

/** Returns our own projects, counted in the same way as the index of the corpus. */
export function fixtureProjects(...formats: readonly ProjectFormat[]): readonly LockfileProject[] {
  const projects = [
    ['npm-v3', 'package-lock', '3', 23, 'package-lock.json'],
    ['npm-v1', 'package-lock', '1', 18, 'package-lock.json'],
    ['yarn-v1', 'yarn', 'v1', 21, 'yarn.lock'],
    ['yarn-berry-v10', 'yarn', 'berry 10', 39, 'yarn.lock'],
    ['pnpm-v5.3', 'pnpm', '5.3', 19, 'pnpm-lock.yaml'],
    ['pnpm-v6', 'pnpm', '6.0', 20, 'pnpm-lock.yaml'],
    ['pnpm-v9', 'pnpm', '9.0', 18, 'pnpm-lock.yaml'],
    ['bun-v2', 'bun', '2', 20, 'bun.lock'],
  ] as const;
  return projects
    .map(([name, format, version, packages, file]) => ({
      name,
      root: join(FIXTURES, name),
      format,
      version,
      packages,
      file,
    }))
    .filter(({ format }) => formats.length === 0 || formats.includes(format));
}

/** Returns the text of a project's lockfile. */
export function lockfileText({ root, file }: LockfileProject): string {
  const path = join(root, file);
  const bytes = existsSync(path) ? readFileSync(path) : gunzipSync(readFileSync(`${path}.gz`));
  return bytes.toString('utf8');
}

/** Returns the settings of a project of Yarn 2 or later; empty if there are none. */
export function settingsText({ root }: LockfileProject): string {
  const path = join(root, '.yarnrc.yml');
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

/** Returns the manifests of a project, by the path of their folder: `''` for the root's. */
export function manifestTexts({ root }: LockfileProject): ReadonlyMap<string, string> {
  return new Map(
    globSync('**/package.json', { cwd: root })
      .map((file) => file.replaceAll('\\', '/'))
      .sort()
      .map((file) => [
        file.slice(0, -'package.json'.length).replace(/\/$/, ''),
        readFileSync(join(root, file), 'utf8'),
      ]),
  );
}

/** Returns the manifests of the root and of the members that its `workspaces` name. */
export function memberManifestTexts(project: LockfileProject): ReadonlyMap<string, string> {
  const all = manifestTexts(project);
  const { workspaces = [] } = JSON.parse(all.get('') ?? '{}') as {
    readonly workspaces?: readonly string[] | { readonly packages: readonly string[] };
  };
  const globs = 'packages' in workspaces ? workspaces.packages : workspaces;
  const members = new Set(['', ...globSync([...globs], { cwd: project.root })]);
  return new Map([...all].filter(([path]) => members.has(path)));
}

/** Runs `work` on a new folder with a copy of the project's lockfile. */
export async function withLockfile<T>(
  project: LockfileProject,
  work: (folder: string) => Promise<T> | T,
): Promise<T> {
  return inFolder((folder) => {
    writeFileSync(join(folder, project.file), lockfileText(project));
    return work(folder);
  });
}

/** Runs `work` on a copy of the whole project: files that are compressed in the corpus are decompressed in the copy. */
export async function withProject<T>(
  { root }: LockfileProject,
  work: (folder: string) => Promise<T> | T,
): Promise<T> {
  return inFolder((folder) => {
    for (const item of readdirSync(root, { recursive: true, withFileTypes: true })) {
      if (!item.isFile()) continue;
      const path = join(item.parentPath, item.name);
      const copy = join(folder, relative(root, path));
      mkdirSync(dirname(copy), { recursive: true });
      const bytes = readFileSync(path);
      if (copy.endsWith('.gz')) writeFileSync(copy.slice(0, -'.gz'.length), gunzipSync(bytes));
      else writeFileSync(copy, bytes);
    }
    return work(folder);
  });
}

/** Runs `work` on a new folder, which is removed afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T> | T): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'dephygiene-oracle-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Writes manifests into a folder, by the paths of their own folders in it. */
export function writeManifests(folder: string, manifests: Iterable<readonly [string, string]>): void {
  for (const [path, text] of manifests) {
    mkdirSync(join(folder, path), { recursive: true });
    writeFileSync(join(folder, path, 'package.json'), text);
  }
}
