import assert from 'node:assert/strict';
import { test } from 'node:test';
import { graphOf, npmLock } from './graph-of.ts';

/** So many that anything quadratic would take too long. */
const MANY = 20_000;

function many<T>(make: (at: number) => readonly [string, T]): Record<string, T> {
  return Object.fromEntries(Array.from({ length: MANY }, (_, at) => make(at)));
}

test('a deep folder with many dependencies', () => {
  const deep = `node_modules/a${'/node_modules/a'.repeat(MANY)}`;
  const graph = graphOf(
    'package-lock.json',
    npmLock({ '': {}, [deep]: { version: '1.0.0', dependencies: many((at) => [`x${at}`, '1']) } }),
  );
  assert.deepEqual([graph.packages.length, graph.edges.count], [1, 0]);
});

test('many optional peers, of npm, pnpm and Bun', () => {
  const peers = many((at) => [`x${at}`, '1']);
  const npm = graphOf(
    'package-lock.json',
    npmLock({
      '': {},
      'node_modules/a': {
        version: '1.0.0',
        peerDependencies: peers,
        peerDependenciesMeta: many((at) => [`x${at}`, { optional: true }]),
      },
    }),
  );
  assert.equal(npm.packages[0]?.entry.edges.filter(({ optional }) => optional).length, MANY);
  const bun = graphOf('bun.lock', {
    lockfileVersion: 1,
    workspaces: { '': {} },
    packages: {
      a: ['a@1.0.0', '', { peerDependencies: peers, optionalPeers: Object.keys(peers) }, 'sha512-AA'],
    },
  });
  assert.equal(bun.packages[0]?.entry.edges.filter(({ optional }) => optional).length, MANY);
  const lines = (make: (name: string) => string) => Object.keys(peers).map(make).join('');
  const pnpm = graphOf(
    'pnpm-lock.yaml',
    `lockfileVersion: '9.0'
importers:
  .: {}
packages:
  a@1.0.0:
    resolution: {integrity: sha512-AA}
    peerDependencies:
${lines((name) => `      ${name}: '1'\n`)}    peerDependenciesMeta:
${lines((name) => `      ${name}:\n        optional: true\n`)}snapshots:
  a@1.0.0(x1@1.0.0):
    dependencies:
      a: 1.0.0(x1@1.0.0)
`,
  );
  assert.deepEqual([pnpm.packages.length, pnpm.edges.count], [1, 1]);
});

test('many choices of peers for one package of pnpm', () => {
  const snapshots = Object.keys(many((at) => [`a@1.0.0(b@1.0.${at})`, 0]));
  const graph = graphOf(
    'pnpm-lock.yaml',
    `lockfileVersion: '9.0'
importers:
  .: {}
packages:
  a@1.0.0:
    resolution: {integrity: sha512-AA}
    peerDependencies:
      a: '1'
snapshots:
${snapshots.map((key, at) => `  ${key}:\n    dependencies:\n      a: 1.0.0(b@1.0.${(at + 1) % MANY})\n`).join('')}`,
  );
  assert.deepEqual([graph.packages.length, graph.edges.count], [MANY, MANY]);
});

test('many packages of one name in Yarn, whose edges match no key', () => {
  const classic = Object.keys(
    many((at) => [`a@1.0.${at}:\n  version "1.0.${at}"\n  dependencies:\n    a "^9"\n\n`, 0]),
  );
  const graph = graphOf('yarn.lock', `# yarn lockfile v1\n\n${classic.join('')}`);
  assert.deepEqual([graph.packages.length, graph.edges.count], [MANY, 0]);
  const berry = Object.keys(
    many((at) => [
      `"a@npm:1.0.${at}":\n  version: 1.0.${at}\n  resolution: "a@npm:1.0.${at}"\n  dependencies:\n    a: "npm:^9"\n  linkType: hard\n\n`,
      0,
    ]),
  );
  const later = graphOf('yarn.lock', `__metadata:\n  version: 8\n\n${berry.join('')}`);
  assert.deepEqual([later.packages.length, later.edges.count], [MANY, 0]);
});

test('many entries that say they are the same package', () => {
  const same = Object.keys(
    many((at) => [
      `"a@npm:^1.0.${at}":\n  version: 1.0.0\n  resolution: "a@npm:1.0.0"\n  linkType: hard\n\n`,
      0,
    ]),
  );
  const { packages } = graphOf('yarn.lock', `__metadata:\n  version: 8\n\n${same.join('')}`);
  assert.equal(new Set(packages.map(({ id }) => id)).size, MANY);
  assert.deepEqual([packages[0]?.id, packages.at(-1)?.id], ['a@npm:1.0.0', `a@npm:1.0.0#${MANY}`]);
});

test('many dependents of many peers are given up, and that is said', () => {
  const dependents = Object.keys(
    many((at) => [
      `"x${at}@npm:1":\n  version: 1.0.0\n  resolution: "x${at}@npm:1"\n  dependencies:\n    p: "npm:1"\n  linkType: hard\n\n`,
      0,
    ]),
  );
  const peers = Object.keys(many((at) => [`    x${at}: "*"\n`, 0]));
  const graph = graphOf(
    'yarn.lock',
    `__metadata:\n  version: 8\n\n"p@npm:1":\n  version: 1.0.0\n  resolution: "p@npm:1"\n  peerDependencies:\n${peers.join('')}  linkType: hard\n\n${dependents.join('')}`,
  );
  assert.equal(graph.packages.length, MANY + 1);
  assert.match(graph.gaps.join(' '), /too many peer dependencies/);
});
