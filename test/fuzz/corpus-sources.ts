import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { lockfileKindOf, readLockfile } from '../../server/src/core/read/lockfile/detect.ts';
import { cutBun } from './cut-bun.ts';
import { cutNpmPackages, cutNpmTree } from './cut-npm.ts';
import { cutPnpm } from './cut-pnpm.ts';
import { cutYarn } from './cut-yarn.ts';
import { type Random, randomFrom, seedOf } from './random.ts';
import type { Family, Source } from './source.ts';

/** Real lockfiles beside the checkout; a clone of the repository alone has none. */
const CORPUS = join(import.meta.dirname, '../../../shared/corpus');
const NAMES = ['package-lock.json', 'npm-shrinkwrap.json', 'yarn.lock', 'pnpm-lock.yaml', 'bun.lock'];

/** Larger files are not tried as a whole: small ones of the same packages find as much in less time. */
const MOST_WHOLE = 100_000;

/** Returns the folders that have a lockfile, in order. */
export function corpusFolders(): readonly string[] {
  return existsSync(join(CORPUS, 'README.md'))
    ? readdirSync(CORPUS).filter((name) => fileIn(name) !== undefined)
    : [];
}

/**
 * Returns the sources from a real file: the whole of a small one, and windows cut from any. A window is a well-formed
 * file of some packages with all of their dependencies, in the original's words; each seed gives another one.
 */
export function corpusSources(folder: string, seed: number, windows: number): readonly Source[] {
  const file = fileIn(folder)!;
  const path = join(CORPUS, folder, file);
  const bytes = file.endsWith('.gz') ? gunzipSync(readFileSync(path)) : readFileSync(path);
  const text = bytes.toString('utf8');
  const kind = lockfileKindOf(file.replace('.gz', ''))!;
  const family = familyOf(text, file);
  const sources: Source[] = [];
  if (text.length <= MOST_WHOLE) sources.push({ name: folder, family, kind, text });
  const random = randomFrom(seedOf(seed, folder));
  for (let number = 0; number < windows; number++) {
    const window = windowOf(text, family, kind, random);
    sources.push({ name: `${folder} window ${number}`, family, kind, text: window });
  }
  return sources;
}

function fileIn(folder: string): string | undefined {
  return NAMES.flatMap((name) => [name, `${name}.gz`]).find((name) => existsSync(join(CORPUS, folder, name)));
}

function familyOf(text: string, file: string): Family {
  if (file.startsWith('pnpm')) return 'pnpm';
  if (file.startsWith('bun')) return 'bun';
  if (file.startsWith('yarn')) return text.includes('\n__metadata:') ? 'yarn-berry' : 'yarn-classic';
  return /^ {2}"packages": \{/m.test(text) || /^\t"packages": \{/m.test(text) ? 'npm' : 'npm-v1';
}

function windowOf(text: string, family: Family, kind: Source['kind'], random: Random): string {
  switch (family) {
    case 'npm':
      return cutNpmPackages(text, random);
    case 'npm-v1':
      return cutNpmTree(text, random);
    case 'bun':
      return cutBun(readLockfile('file:///bun.lock', text, kind), random);
    case 'pnpm':
      return cutPnpm(text, random);
    default:
      return cutYarn(readLockfile('file:///yarn.lock', text, kind), random);
  }
}
