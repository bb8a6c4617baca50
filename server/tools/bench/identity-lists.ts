import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { lockfileKindOf, readLockfile } from '../../src/core/read/lockfile/detect.ts';

/** A name that was reported as an imitation of another. */
export interface Attack {
  readonly name: string;
  readonly target: string;
  readonly category: string;
  readonly source: string;
}

/** A harmless name, with its downloads a month if known. */
export interface Benign {
  readonly name: string;
  readonly source: string;
  readonly downloads: number | undefined;
}

/** Checks for a published attack with a target of its own; the rest of the list are guesses by analysts or a model. */
export function isCore({ category }: Attack): boolean {
  return !category.includes(':');
}

export function readAttacks(folder: string): readonly Attack[] {
  return rowsOf(join(folder, 'confusion-train.tsv')).map(
    ([name = '', target = '', category = '', source = '']) => ({ name, target, category, source }),
  );
}

export function readLookAlikes(folder: string): readonly Benign[] {
  return rowsOf(join(folder, 'benign-lookalikes.tsv')).map(
    ([name = '', , , source = '', downloads = '']) => ({
      name,
      source,
      downloads: downloads === '' ? undefined : Number(downloads),
    }),
  );
}

/** Parses a table of `name, version, downloads a month`, most downloaded first. */
export function readRanked(table: string): readonly Benign[] {
  return rowsOf(table)
    .map(([name = '', , downloads]) => ({ name, source: 'table', downloads: Number(downloads) }))
    .sort((a, b) => b.downloads - a.downloads);
}

/** Returns the names of the registry packages in lockfiles, without the names of aliases, which belong to nobody. */
export function readLockedNames(folder: string): readonly string[] {
  const names = new Set<string>();
  if (!existsSync(folder)) return [];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const name = entry.name.replace(/\.gz$/, '');
    const kind = lockfileKindOf(name);
    if (kind === undefined) continue;
    const bytes = readFileSync(join(entry.parentPath, entry.name));
    const text = (entry.name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    for (const { name: own, source } of readLockfile(`file:///${name}`, text, kind).entries)
      if (source === 'registry') names.add(own);
  }
  return [...names];
}

function rowsOf(path: string): string[][] {
  const rows = readFileSync(path, 'utf8').trimEnd().split('\n').slice(1);
  return rows.map((row) => row.split('\t'));
}
