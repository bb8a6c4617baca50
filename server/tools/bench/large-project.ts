import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { parsePopularNames } from '../../src/core/know/identity/popular-names.ts';

/** The largest real lockfile of the corpus, if that is beside the checkout. */
const CORPUS = join(import.meta.dirname, '../../../../shared/corpus/hoppscotch-npm-v2/package-lock.json.gz');

const DEPENDENCIES = 1_970;
const INSTALLED = 4_400;
const PUBLIC_REGISTRY = 'https://registry.public.example.test/';

/** The name and value of the dependency that benchmarks edit, in the middle of the manifest. */
export const EDITED = { name: 'edited-by-the-benchmark', value: '^1.0.0' };

interface Entry {
  readonly version?: string;
  readonly [member: string]: unknown;
}

interface Lock {
  packages: Record<string, Entry>;
  readonly [member: string]: unknown;
}

/**
 * Writes a project of the largest size seen in practice: a manifest of 2,000 lines and a matching lockfile of some
 * 4,400 packages. Returns the manifest's text.
 */
export function writeLargeProject(folder: string): string {
  const lock = existsSync(CORPUS) ? readLock(CORPUS) : makeLock();
  const dependencies: Record<string, string> = {};
  for (const [path, { version }] of Object.entries(lock.packages)) {
    const name = /^node_modules\/((?:@[^/]+\/)?[^/]+)$/.exec(path)?.[1];
    if (name !== undefined && version !== undefined) dependencies[name] = `^${version}`;
    const count = Object.keys(dependencies).length;
    if (count === DEPENDENCIES / 2) dependencies[EDITED.name] = EDITED.value;
    if (count >= DEPENDENCIES) break;
  }
  const manifest = { name: 'large', version: '1.0.0', private: true, dependencies };
  lock.packages = {
    ...lock.packages,
    '': { name: 'large', version: '1.0.0', dependencies },
    [`node_modules/${EDITED.name}`]: {
      version: '1.0.0',
      resolved: `${PUBLIC_REGISTRY}${EDITED.name}/-/${EDITED.name}-1.0.0.tgz`,
      integrity: `sha512-${Buffer.alloc(64, 1).toString('base64')}`,
    },
  };
  const text = `${JSON.stringify(manifest, undefined, 2)}\n`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), text);
  writeFileSync(join(folder, 'package-lock.json'), `${JSON.stringify(lock, undefined, 2)}\n`);
  return text;
}

function readLock(file: string): Lock {
  return JSON.parse(gunzipSync(readFileSync(file)).toString('utf8')) as Lock;
}

/** Uses popular names, and as many unused names built from the same words. */
function makeLock(): Lock {
  const file = join(import.meta.dirname, '../../data/popular-names.txt');
  const popular = parsePopularNames(readFileSync(file, 'utf8')).names.filter((name) => !name.includes('/'));
  const packages: Record<string, Entry> = {};
  for (let at = 0; at < INSTALLED; at++) {
    const name = at % 2 === 0 ? popular[at]! : `${popular[at]}-${popular[(at * 7) % 5_000]}`;
    const version = `${at % 9}.${at % 31}.${at % 7}`;
    packages[`node_modules/${name}`] = {
      version,
      resolved: `${PUBLIC_REGISTRY}${name}/-/${name}-${version}.tgz`,
      integrity: `sha512-${Buffer.alloc(64, at % 251).toString('base64')}`,
      dependencies: { [popular[(at * 3) % 5_000]!]: '^1.0.0' },
    };
  }
  return { name: 'large', version: '1.0.0', lockfileVersion: 3, requires: true, packages };
}
