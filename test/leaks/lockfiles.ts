import { PUBLIC_REGISTRY } from '../../server/generated/npm-defaults.ts';
import { ACME } from './cast.ts';
import type { Manager } from './configuration.ts';
import type { Files } from './declarations.ts';
import type { Dependency } from './packages.ts';

const INTEGRITY = `sha512-${'A'.repeat(86)}==`;

/**
 * Returns a package manager's lockfile with some of a project's dependencies, complete in itself: an incomplete one
 * makes the product withhold names.
 */
export function lockfilesOf(
  manager: Manager,
  name: string,
  dependencies: readonly Dependency[],
  /** Packages that are only in the lockfile. */
  transitive: readonly Dependency[] = [],
): Files {
  const direct = dependencies.filter(({ kind }) => kind === 'public' || kind === 'acme' || kind === 'tenant');
  const locked = { direct, all: [...direct, ...transitive] };
  switch (manager) {
    case 'npm':
      return { 'package-lock.json': npmLockfile(name, locked) };
    case 'pnpm':
      return { 'pnpm-lock.yaml': pnpmLockfile(locked) };
    case 'yarn1':
      return { 'yarn.lock': yarnLockfile(locked) };
    case 'berry':
      return { 'yarn.lock': berryLockfile(locked) };
    case 'bun':
      return { 'bun.lock': bunLockfile(name, locked) };
  }
}

interface Locked {
  readonly direct: readonly Dependency[];
  readonly all: readonly Dependency[];
}

/** Returns undefined if the lockfile omits the source of a package. */
function resolvedOf({ name, kind }: Dependency): string | undefined {
  if (kind === 'hidden' || kind === 'internal') return undefined;
  const base = kind === 'public' ? PUBLIC_REGISTRY : kind === 'acme' ? `${ACME}/a/` : `${ACME}/b/`;
  return `${base}${name}/-/${name.slice(name.indexOf('/') + 1)}-1.0.0.tgz`;
}

function npmLockfile(name: string, locked: Locked): string {
  const packages: Record<string, object> = {
    '': { name, dependencies: Object.fromEntries(locked.direct.map(({ key, range }) => [key, range])) },
  };
  const [first] = locked.direct;
  for (const each of locked.all) {
    const isAlias = each.key !== each.name;
    packages[`node_modules/${each.key}`] = {
      ...(isAlias ? { name: each.name } : {}),
      ...{ version: '1.0.0', resolved: resolvedOf(each), integrity: INTEGRITY },
      ...(each === first ? { dependencies: Object.fromEntries(transitiveOf(locked)) } : {}),
    };
  }
  return `${JSON.stringify({ name, lockfileVersion: 3, requires: true, packages }, undefined, 2)}\n`;
}

/** Returns everything that is only in the lockfile, for one package to depend on. */
function transitiveOf({ direct, all }: Locked): readonly (readonly [name: string, range: string])[] {
  return all.filter((each) => !direct.includes(each)).map(({ key }) => [key, '1.0.0']);
}

function isPlain({ key, name }: Dependency): boolean {
  return key === name;
}

function pnpmLockfile(locked: Locked): string {
  const plain = locked.direct.filter(isPlain);
  const all = locked.all.filter(isPlain);
  return [
    "lockfileVersion: '9.0'",
    'importers:',
    '  .:',
    '    dependencies:',
    ...plain.flatMap(({ key, range }) => [
      `      '${key}':`,
      `        specifier: ${JSON.stringify(range)}`,
      '        version: 1.0.0',
    ]),
    'packages:',
    ...all.flatMap(({ name }) => [`  '${name}@1.0.0':`, `    resolution: {integrity: ${INTEGRITY}}`]),
    'snapshots:',
    ...all.map(({ name }) => `  '${name}@1.0.0': {}`),
    '',
  ].join('\n');
}

function yarnLockfile({ all }: Locked): string {
  const entries = all.map(
    (each) =>
      `"${each.key}@${each.range}":\n  version "1.0.0"\n${resolvedLine(each)}  integrity ${INTEGRITY}\n`,
  );
  return `# yarn lockfile v1\n\n\n${entries.join('\n')}`;
}

function resolvedLine(dependency: Dependency): string {
  const resolved = resolvedOf(dependency);
  return resolved === undefined ? '' : `  resolved "${resolved}"\n`;
}

function berryLockfile({ all }: Locked): string {
  const entries = all
    .filter(isPlain)
    .map(
      ({ name, range }) =>
        `"${name}@npm:${range}":\n  version: 1.0.0\n  resolution: "${name}@npm:1.0.0"\n  checksum: 10c0/${'a'.repeat(128)}\n  languageName: node\n  linkType: hard\n`,
    );
  return `__metadata:\n  version: 8\n  cacheKey: 10c0\n\n${entries.join('\n')}`;
}

function bunLockfile(name: string, locked: Locked): string {
  const plain = locked.direct.filter(isPlain);
  const all = locked.all.filter(isPlain);
  return `${JSON.stringify(
    {
      lockfileVersion: 1,
      workspaces: {
        '': { name, dependencies: Object.fromEntries(plain.map(({ key, range }) => [key, range])) },
      },
      packages: Object.fromEntries(all.map((each) => [each.name, [`${each.name}@1.0.0`, '', {}, INTEGRITY]])),
    },
    undefined,
    2,
  )}\n`;
}
