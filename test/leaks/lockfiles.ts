import { PUBLIC_REGISTRY } from '../../server/generated/npm-defaults.ts';
import { ACME } from './cast.ts';
import type { Manager } from './configuration.ts';
import type { Files } from './declarations.ts';
import type { Dependency } from './packages.ts';

const INTEGRITY = `sha512-${'A'.repeat(86)}==`;

/**
 * A lockfile of a package manager that has some of what a project depends on, and is whole in itself: names are kept
 * back where it is not.
 */
export function lockfilesOf(manager: Manager, name: string, dependencies: readonly Dependency[]): Files {
  const locked = dependencies.filter(({ kind }) => kind === 'public' || kind === 'acme' || kind === 'tenant');
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

function resolvedOf({ name, kind }: Dependency): string {
  const base = kind === 'public' ? PUBLIC_REGISTRY : kind === 'acme' ? `${ACME}/a/` : `${ACME}/b/`;
  return `${base}${name}/-/${name.slice(name.indexOf('/') + 1)}-1.0.0.tgz`;
}

function npmLockfile(name: string, locked: readonly Dependency[]): string {
  const packages: Record<string, object> = {
    '': { name, dependencies: Object.fromEntries(locked.map(({ key, range }) => [key, range])) },
  };
  for (const each of locked) {
    const isAlias = each.key !== each.name;
    packages[`node_modules/${each.key}`] = {
      ...(isAlias ? { name: each.name } : {}),
      ...{ version: '1.0.0', resolved: resolvedOf(each), integrity: INTEGRITY },
    };
  }
  return `${JSON.stringify({ name, lockfileVersion: 3, requires: true, packages }, undefined, 2)}\n`;
}

function pnpmLockfile(locked: readonly Dependency[]): string {
  const plain = locked.filter(({ key, name }) => key === name);
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
    ...plain.flatMap(({ name }) => [`  '${name}@1.0.0':`, `    resolution: {integrity: ${INTEGRITY}}`]),
    'snapshots:',
    ...plain.map(({ name }) => `  '${name}@1.0.0': {}`),
    '',
  ].join('\n');
}

function yarnLockfile(locked: readonly Dependency[]): string {
  const entries = locked.map(
    (each) =>
      `"${each.key}@${each.range}":\n  version "1.0.0"\n  resolved "${resolvedOf(each)}"\n  integrity ${INTEGRITY}\n`,
  );
  return `# yarn lockfile v1\n\n\n${entries.join('\n')}`;
}

function berryLockfile(locked: readonly Dependency[]): string {
  const entries = locked
    .filter(({ key, name }) => key === name)
    .map(
      ({ name, range }) =>
        `"${name}@npm:${range}":\n  version: 1.0.0\n  resolution: "${name}@npm:1.0.0"\n  checksum: 10c0/${'a'.repeat(128)}\n  languageName: node\n  linkType: hard\n`,
    );
  return `__metadata:\n  version: 8\n  cacheKey: 10c0\n\n${entries.join('\n')}`;
}

function bunLockfile(name: string, locked: readonly Dependency[]): string {
  const plain = locked.filter((each) => each.key === each.name);
  return `${JSON.stringify(
    {
      lockfileVersion: 1,
      workspaces: {
        '': { name, dependencies: Object.fromEntries(plain.map(({ key, range }) => [key, range])) },
      },
      packages: Object.fromEntries(
        plain.map((each) => [each.name, [`${each.name}@1.0.0`, '', {}, INTEGRITY]]),
      ),
    },
    undefined,
    2,
  )}\n`;
}
