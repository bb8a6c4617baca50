import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { differencesOf } from './known-differences.ts';
import { inFolder, type LockfileProject } from './lockfile-project.ts';
import { npmOracle } from './npm-oracle.ts';
import { normalForm, ourGraph } from './our-graph.ts';

/** An entry of nested `dependencies`, as npm 5 and 6 wrote it. */
interface Entry {
  readonly version: string;
  readonly requires?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, Entry>>;
  readonly dev?: true;
  readonly optional?: true;
}

const of = (version: string, more: Omit<Entry, 'version'> = {}): Entry => ({ version, ...more });

/** Written below each of two links to one folder. */
const shared = of('file:lib/shared', {
  requires: { leaf: '^1.0.0', top: '^3.0.0' },
  dependencies: {
    leaf: of('1.0.0', { requires: { twig: '^1.0.0' }, dependencies: { twig: of('1.0.0') } }),
  },
});

const CASES: readonly {
  readonly name: string;
  readonly dependencies: Readonly<Record<string, Entry>>;
  /** The number of packages, without folders. */
  readonly packages: number;
}[] = [
  {
    name: 'one link',
    dependencies: { shared, top: of('3.0.0'), leaf: of('2.0.0') },
    packages: 4,
  },
  {
    name: 'two links to one folder',
    dependencies: { again: shared, shared, top: of('3.0.0') },
    packages: 3,
  },
  {
    name: 'two links in two spellings',
    dependencies: { again: { ...shared, version: 'file:./lib/x/../shared/' }, shared, top: of('3.0.0') },
    packages: 3,
  },
  {
    name: 'a link of the project and one of a package, which has another version beside it',
    dependencies: {
      a: of('1.0.0', {
        requires: { shared: '*', top: '^4.0.0' },
        dependencies: { shared, top: of('4.0.0') },
      }),
      shared,
      top: of('3.0.0'),
    },
    packages: 5,
  },
  {
    name: 'two links with other packages below each',
    dependencies: {
      again: of('file:lib/shared', { requires: { leaf: '1' }, dependencies: { more: of('1.0.0') } }),
      shared,
      top: of('3.0.0'),
    },
    packages: 4,
  },
  {
    name: 'a folder in a folder, which finds the packages of the outer one',
    dependencies: {
      inner: of('file:lib/outer/sub/inner', { requires: { leaf: '*', top: '*' } }),
      leaf: of('2.0.0'),
      outer: of('file:lib/outer', { requires: { leaf: '*' }, dependencies: { leaf: of('1.0.0') } }),
      top: of('3.0.0'),
    },
    packages: 3,
  },
  {
    name: 'a folder outside of the project, which finds none of its packages',
    dependencies: {
      out: of('file:../out', {
        requires: { leaf: '*', top: '*' },
        dependencies: { leaf: of('1.0.0', { requires: { top: '*' } }) },
      }),
      leaf: of('2.0.0'),
      top: of('3.0.0'),
    },
    packages: 3,
  },
  {
    name: 'a link in a folder to another one, for development only',
    dependencies: {
      '@s/one': of('file:lib/@s/one', {
        dev: true,
        requires: { two: '*' },
        dependencies: {
          two: of('file:lib/two', {
            dev: true,
            requires: { top: '*' },
            dependencies: { leaf: of('1.0.0', { dev: true }) },
          }),
        },
      }),
      top: of('3.0.0', { dev: true }),
    },
    packages: 2,
  },
];

describe('folders that a lockfile of version 1 links', () => {
  for (const { name, dependencies, packages } of CASES) {
    test(name, () =>
      inFolder(async (root) => {
        const declared = Object.entries(dependencies).map(
          ([each, { version }]) => [each, version.startsWith('file:') ? version : '*'] as const,
        );
        const lock = { name: 'shop', version: '1.0.0', lockfileVersion: 1, requires: true, dependencies };
        const manifest = { name: 'shop', version: '1.0.0', dependencies: Object.fromEntries(declared) };
        writeFileSync(join(root, 'package.json'), JSON.stringify(manifest));
        writeFileSync(join(root, 'package-lock.json'), JSON.stringify(lock, undefined, 2));
        const project: LockfileProject = {
          ...{ name, root, packages, version: '1' },
          format: 'package-lock',
          file: 'package-lock.json',
        };
        const oracle = await npmOracle(project);
        assert.equal(oracle.packages.length, packages);
        const { unknown } = differencesOf(project, normalForm(await ourGraph(project)), oracle);
        assert.deepEqual(unknown, []);
      }),
    );
  }
});
