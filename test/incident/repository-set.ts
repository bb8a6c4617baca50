import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, globSync, mkdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { CORPUS, textOf } from '../../server/tools/bench/lockfile-texts.ts';
import { type LockfileTemplate, lockfileTemplate } from './lockfile-template.ts';

/** The versions that some repositories lock for a while, as packages that many lockfiles have. */
export const PLANTED: readonly (readonly [name: string, version: string])[] = [
  ['debug', '4.4.2'],
  ['chalk', '5.6.1'],
  ['ansi-styles', '6.2.2'],
  ['supports-color', '10.2.1'],
  ['is-arrayish', '0.3.3'],
];

export interface RepositorySet {
  readonly folder: string;
  readonly repositories: number;
  readonly commits: number;
}

/** The sizes of lockfiles of projects that have been around for years. */
const SIZES = [250_000, 720_000] as const;
const NAMES = '*/{package-lock.json,npm-shrinkwrap.json,yarn.lock,pnpm-lock.yaml,bun.lock}';
const HOUR = 3600;
const START = 1_740_000_000;

/** Returns the lockfiles of the corpus that repositories begin with. */
export function startingLockfiles(): readonly string[] {
  if (!existsSync(CORPUS)) return [];
  return globSync([NAMES, `${NAMES}.gz`], { cwd: CORPUS })
    .map((path) => join(CORPUS, path))
    .filter((path) => {
      const size = path.endsWith('.gz') ? textOf(path).length : statSync(path).size;
      return size >= SIZES[0] && size <= SIZES[1];
    })
    .sort();
}

/**
 * Writes repositories in whose histories real lockfiles are edited with each commit. Some have merged branches, some a
 * lockfile that moves, and every third locks a bad version for a while.
 */
export async function writeRepositorySet({ folder, repositories, commits }: RepositorySet): Promise<void> {
  const files = startingLockfiles();
  mkdirSync(folder, { recursive: true });
  let next = 0;
  const writeNext = async () => {
    for (let at = next++; at < repositories; at = next++) {
      const source = files[at % files.length]!;
      const name = basename(source).replace(/\.gz$/, '');
      const manifest = join(dirname(source), 'package.json');
      await writeRepository(join(folder, `r${String(at).padStart(3, '0')}`), {
        ...{ seed: at, commits, name, template: lockfileTemplate(name, textOf(source)) },
        manifest: existsSync(manifest) ? textOf(manifest) : '{}\n',
      });
    }
  };
  // git compresses one repository while the texts of another are made.
  await Promise.all(Array.from({ length: AT_ONCE }, writeNext));
}

const AT_ONCE = 3;

interface RepositoryPlan {
  readonly seed: number;
  readonly commits: number;
  readonly name: string;
  readonly template: LockfileTemplate;
  readonly manifest: string;
}

async function writeRepository(directory: string, plan: RepositoryPlan): Promise<void> {
  const { seed, commits, name, template, manifest } = plan;
  const random = randomOf(seed);
  await once(spawn('git', ['init', '--quiet', '--initial-branch=main', directory]), 'close');
  const git = spawn('git', ['fast-import', '--quiet', '--force'], {
    cwd: directory,
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  const ended = once(git, 'close');
  const write = async (...parts: readonly (string | Uint8Array)[]) => {
    git.stdin.cork();
    for (const part of parts) git.stdin.write(part);
    git.stdin.uncork();
    if (git.stdin.writableNeedDrain) await once(git.stdin, 'drain');
  };
  const file = (path: string, bytes: readonly Uint8Array[]) => {
    const length = bytes.reduce((sum, part) => sum + part.length, 0);
    return [`M 100644 inline ${path}\ndata ${length}\n`, ...bytes, '\n'];
  };
  const plants = plantsOf(seed, commits, template);
  const [branchFrom, branchTo] =
    seed % 5 === 0 ? [Math.floor(commits * 0.4), Math.floor(commits * 0.5)] : [-1, -1];
  const movedAt = seed % 7 === 0 ? Math.floor(commits * 0.7) : -1;
  let folder = '';
  for (let at = 0; at < commits; at++) {
    if (at > 0) template.bump(random() < 0.01 ? 150 : 1 + Math.floor(random() * 8), random);
    for (const [name, version] of plants.get(at) ?? []) template.plant(name, version);
    const branch = at >= branchFrom && at < branchTo ? 'update' : 'main';
    const person = `Someone <someone@example.test> ${START + at * 4 * HOUR} +0000`;
    const lines = [`commit refs/heads/${branch}`, `mark :${at + 1}`];
    const message = at === branchTo ? 'Merge update' : `Update packages ${at}`;
    lines.push(`author ${person}`, `committer ${person}`, `data ${message.length}`, message);
    if (at === branchFrom) lines.push(`from :${at}`);
    if (at === branchTo) lines.push(`from :${branchFrom}`, `merge :${at}`);
    if (at === movedAt) {
      lines.push(`D ${name}`, 'D package.json');
      folder = 'app/';
    }
    const manifests =
      at === 0 || at === movedAt ? file(`${folder}package.json`, [Buffer.from(manifest)]) : [];
    await write(`${lines.join('\n')}\n`, ...manifests, ...file(`${folder}${name}`, template.bytes()));
  }
  git.stdin.end();
  const [code]: readonly unknown[] = await ended;
  if (code !== 0) throw new Error(`git fast-import ended with ${String(code)} in ${directory}`);
  await once(spawn('git', ['reset', '--quiet', '--hard', 'main'], { cwd: directory }), 'close');
}

/** Returns what is planted or taken back with which commit. */
function plantsOf(
  seed: number,
  commits: number,
  { names }: LockfileTemplate,
): ReadonlyMap<number, readonly (typeof PLANTED)[number][]> {
  const plants = new Map<number, (typeof PLANTED)[number][]>();
  if (seed % 3 !== 0) return plants;
  const known = PLANTED.filter(([name]) => names.includes(name));
  const each = known[seed % Math.max(1, known.length)];
  if (each === undefined) return plants;
  // Before, within and behind the merged branch; in one of three it stays.
  const from = Math.floor(commits * (0.3 + (seed % 4) * 0.08));
  plants.set(from, [each]);
  if (seed % 9 !== 0) plants.set(from + Math.max(1, Math.floor(commits * 0.15)), [each]);
  return plants;
}

/** Returns numbers from 0 to 1 that depend on the seed alone. */
function randomOf(seed: number): () => number {
  let state = (seed + 1) * 2_654_435_761;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x6d2b79f5) | 0;
    return ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  };
}

/** Writes the question: a line for each planted version. */
export function writePlantedList(file: string): void {
  writeFileSync(file, PLANTED.map(([name, version]) => `${name}@${version}\n`).join(''));
}
