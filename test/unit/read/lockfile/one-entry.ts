import { lockfileKindOf, readLockfile } from '../../../../server/src/core/read/lockfile/detect.ts';
import type { LockEntry, Lockfile } from '../../../../server/src/core/read/lockfile/model/lockfile.ts';
import { type LockRecord, recordOf } from '../../../../server/src/core/read/lockfile/record/lock-record.ts';

/** Parses a text as the lockfile of that file name. */
export function lockfileNamed(name: string, text: string): Lockfile {
  return readLockfile(`file:///shop/${name}`, text, lockfileKindOf(name)!);
}

/** Returns an npm lockfile with the package `a`. */
export function npmOf(a: object, version = 3): string {
  const packages = {
    '': { name: 'shop', dependencies: { a: '^1.0.0' } },
    'node_modules/a': { version: '1.0.0', ...a },
  };
  return JSON.stringify({ name: 'shop', lockfileVersion: version, requires: true, packages }, undefined, 2);
}

/** Returns an npm 6 lockfile with the package `a`. */
export function npmV1Of(a: object): string {
  return JSON.stringify({
    name: 'shop',
    lockfileVersion: 1,
    dependencies: { a: { version: '1.0.0', ...a } },
  });
}

/** Returns a Yarn 1 lockfile with the package `a`, by the lines of its entry. */
export function classicOf(lines: readonly string[], key = 'a@^1.0.0'): string {
  return `# yarn lockfile v1\n\n\n"${key}":\n  version "1.0.0"\n${lines.map((line) => `  ${line}\n`).join('')}`;
}

/** Returns a Yarn 4 lockfile with the package `a`, by its locator's reference and the lines of its entry. */
export function berryOf(reference: string, lines: readonly string[] = [], key = 'a@npm:^1.0.0'): string {
  return `__metadata:
  version: 8
  cacheKey: 10c0

"${key}":
  version: 1.0.0
  resolution: "a@${reference}"
${lines.map((line) => `  ${line}\n`).join('')}  languageName: node
  linkType: hard

"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
  dependencies:
    a: "npm:^1.0.0"
  languageName: unknown
  linkType: soft
`;
}

/** Returns a lockfile of pnpm 9 and later with the package `a`, by its `resolution` and further lines of its entry. */
export function pnpmOf(resolution: string, lines: readonly string[] = [], version = '1.0.0'): string {
  return `lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      a:
        specifier: ^1.0.0
        version: ${version}

packages:

  a@${version}:
    resolution: ${resolution}
${lines.map((line) => `    ${line}\n`).join('')}
snapshots:

  a@${version}: {}
`;
}

/** Returns a lockfile of pnpm up to 8 with the package `a`. */
export function oldPnpmOf(version: '5.4' | '6.0', resolution: string): string {
  const key = version === '5.4' ? '/a/1.0.0' : '/a@1.0.0';
  const project =
    version === '5.4'
      ? 'specifiers:\n  a: ^1.0.0\n\ndependencies:\n  a: 1.0.0\n'
      : 'dependencies:\n  a:\n    specifier: ^1.0.0\n    version: 1.0.0\n';
  return `lockfileVersion: ${version === '5.4' ? '5.4' : "'6.0'"}

${project}
packages:

  ${key}:
    resolution: ${resolution}
    dev: false
`;
}

/** Returns a Bun lockfile with the package `a`, by the items of its tuple. */
export function bunOf(...tuple: readonly unknown[]): string {
  return `{
  "lockfileVersion": 1,
  "workspaces": {
    "": { "name": "shop", "dependencies": { "a": "^1.0.0" } },
  },
  "packages": {
    "a": ${JSON.stringify(tuple)},
  }
}
`;
}

export function entryOfA(name: string, text: string): LockEntry {
  const { entries, links, reason } = lockfileNamed(name, text);
  const found =
    [...entries, ...links].find((entry) => (entry.alias ?? entry.name) === 'a') ?? entries[0] ?? links[0];
  if (found === undefined) throw new Error(`nothing was read: ${reason}\n${text}`);
  return found;
}

export function recordOfA(name: string, text: string): LockRecord {
  return recordOf(entryOfA(name, text));
}
