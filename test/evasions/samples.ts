import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { lockfileKindOf, readLockfile } from '../../server/src/core/read/lockfile/detect.ts';
import { TEST_REGISTRY } from '../workspace.ts';

/** A package of a registry as in a real lockfile. */
export interface Sample {
  readonly name: string;
  readonly version: string;
  /** On the public registry of the tests. */
  readonly url: string;
  readonly integrity: string;
}

const CORPUS = join(import.meta.dirname, '../../../shared/corpus');
const FIXTURES = join(import.meta.dirname, '../fixtures/lockfiles');
const NAMES = ['package-lock.json', 'npm-shrinkwrap.json', 'pnpm-lock.yaml', 'yarn.lock', 'bun.lock'];

/**
 * Returns the packages of the real lockfiles beside the checkout, or those of the fixtures if there are none: each name
 * once, in the order of the folders.
 * @param most of one lockfile
 */
export function samples(most: number): readonly Sample[] {
  const base = existsSync(join(CORPUS, 'README.md')) ? CORPUS : FIXTURES;
  const found = new Map<string, Sample>();
  for (const folder of readdirSync(base).sort()) {
    const file = NAMES.flatMap((name) => [name, `${name}.gz`]).find((name) =>
      existsSync(join(base, folder, name)),
    );
    if (file === undefined) continue;
    const bytes = readFileSync(join(base, folder, file));
    const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    const name = file.replace(/\.gz$/, '');
    const { entries } = readLockfile(`file:///x/${name}`, text, lockfileKindOf(name)!);
    let taken = 0;
    const step = Math.max(1, Math.floor(entries.length / most));
    for (let at = 0; at < entries.length && taken < most; at += step) {
      const entry = entries[at]!;
      const version = entry.version?.value;
      const integrity = entry.integrity?.value;
      if (entry.source !== 'registry' || version === undefined || found.has(entry.name)) continue;
      if (integrity === undefined || !/^sha512-\S+$/.test(integrity)) continue;
      if (!/^(?:@[\w.-]+\/)?[\w.-]+$/.test(entry.name) || !/^[\w.-]+$/.test(version)) continue;
      const bare = entry.name.slice(entry.name.indexOf('/') + 1);
      const url = `${TEST_REGISTRY}${entry.name}/-/${bare}-${version}.tgz`;
      found.set(entry.name, { name: entry.name, version, url, integrity });
      taken++;
    }
  }
  return [...found.values()];
}
