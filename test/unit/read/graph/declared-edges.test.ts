import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { buildGraph } from '../../../../server/src/core/read/graph/build-graph.ts';
import { type DependencyGraph, idOfNode } from '../../../../server/src/core/read/graph/dependency-graph.ts';
import { kindOfCode } from '../../../../server/src/core/read/graph/edge-table.ts';
import type { GraphOptions } from '../../../../server/src/core/read/graph/graph-options.ts';
import { type LockfileName, readLockfile } from '../../../../server/src/core/read/lockfile/detect.ts';
import { readManifest } from '../../../../server/src/core/read/manifest/read-manifest.ts';

function graphOf(kind: LockfileName, text: string, options: GraphOptions = {}): DependencyGraph {
  const lockfile = readLockfile('file:///project/lock', text, kind);
  assert.equal(lockfile.status, 'checked', lockfile.reason);
  return buildGraph(lockfile, options);
}

/** Returns `a -dev-> b`, in the order of the graph; the root is a dot. */
function edgesOf(graph: DependencyGraph): readonly string[] {
  const { edges } = graph;
  const label = (node: number) => idOfNode(graph, node).replaceAll('node_modules/', '') || '.';
  return Array.from(
    { length: edges.count },
    (_, edge) => `${label(edges.from[edge]!)} -${kindOfCode(edges.kinds[edge]!)}-> ${label(edges.to[edge]!)}`,
  );
}

function manifests(...texts: readonly (readonly [string, object])[]): GraphOptions {
  return {
    manifests: new Map(
      texts.map(([path, manifest]) => [
        path,
        readManifest(`file:///project/${path}/package.json`, JSON.stringify(manifest)),
      ]),
    ),
  };
}

describe('npm up to 6', () => {
  test('what may be missing is an optional dependency of what may not', () => {
    const dependencies = {
      a: { version: '1.0.0', requires: { b: '*', c: '*' } },
      b: { version: '1.0.0', optional: true, requires: { d: '*' } },
      c: { version: '1.0.0' },
      d: { version: '1.0.0', optional: true },
    };
    const graph = graphOf(
      'package-lock',
      JSON.stringify({ lockfileVersion: 1, requires: true, dependencies }),
    );
    assert.deepEqual(edgesOf(graph), ['a -optional-> b', 'a -prod-> c', 'b -prod-> d']);
  });

  test('a folder of the project is an importer, with what the lockfile says that it requires', () => {
    const dependencies = {
      b: { version: '1.0.0' },
      dir: { version: 'file:local/dir', requires: { b: '^2' }, dependencies: { b: { version: '2.0.0' } } },
    };
    const text = JSON.stringify({ lockfileVersion: 1, requires: true, dependencies });
    const graph = graphOf(
      'package-lock',
      text,
      manifests(
        ['', { dependencies: { b: '1', dir: './local/dir' } }],
        ['local/dir', { dependencies: { b: '^2' } }],
      ),
    );
    assert.deepEqual(
      graph.packages.map(({ id }) => id),
      ['node_modules/b', 'local/dir/node_modules/b'],
    );
    assert.deepEqual(
      graph.importers.map(({ path, entries }) => [path, entries]),
      [
        ['local/dir', ['node_modules/dir']],
        ['', []],
      ],
    );
    assert.deepEqual(edgesOf(graph), ['local/dir -prod-> local/dir/b', '. -prod-> b', '. -prod-> local/dir']);
  });
});

test('for Yarn 1 a name in two sections is what production installs', () => {
  const text = '# yarn lockfile v1\n\n\na@^1.0.0:\n  version "1.0.0"\n\nb@^1.0.0:\n  version "1.0.0"\n';
  const twice = { dependencies: { a: '^1.0.0' }, devDependencies: { a: '^1.0.0', b: '^1.0.0' } };
  const graph = graphOf('yarn', text, manifests(['', twice]));
  assert.deepEqual(edgesOf(graph), ['. -prod-> a@^1.0.0', '. -dev-> b@^1.0.0']);
  assert.deepEqual(
    graph.packages.map(({ dev }) => dev),
    [false, true],
  );
});

test('for Yarn 1 what resolutions make of a declaration stands under its own key', () => {
  const entry = (key: string, version: string, more = '') => `\n\n${key}:\n  version "${version}"\n${more}`;
  const text = `# yarn lockfile v1\n${entry('a@^1.0.0', '1.0.0', '  dependencies:\n    b "^1.0.0"\n')}${entry('b@2.0.0', '2.0.0')}${entry('b@^1.0.0', '1.0.0')}`;
  const graph = graphOf('yarn', text, {
    ...manifests(['', { dependencies: { a: '^1.0.0' } }]),
    replaced: () => '2.0.0',
  });
  assert.deepEqual(edgesOf(graph), ['a@^1.0.0 -prod-> b@^1.0.0', '. -prod-> a@^1.0.0']);
});

test('Bun keeps what is declared in several sections', () => {
  const text = `{
  "lockfileVersion": 1,
  "workspaces": {
    "": { "name": "shop", "devDependencies": { "a": "^1.0.0" }, "peerDependencies": { "a": "*" } },
  },
  "packages": {
    "a": ["a@1.0.0", "", {}, "sha512-AAAA"],
  }
}
`;
  assert.deepEqual(edgesOf(graphOf('bun', text)), ['. -dev-> a', '. -peer-> a']);
});

describe('Yarn 2 and later', () => {
  const entry = (key: string, resolution: string, more = '') =>
    `"${key}":\n  version: 1.0.0\n  resolution: "${resolution}"\n${more}  languageName: node\n  linkType: hard\n\n`;
  const block = (name: string, ...lines: readonly string[]) =>
    `  ${name}:\n${lines.map((line) => `    ${line}\n`).join('')}`;
  const lock = (...entries: readonly string[]) =>
    `__metadata:\n  version: 8\n  cacheKey: 10c0\n\n${entries.join('')}`;
  const root = (...lines: readonly string[]) =>
    entry('shop@workspace:.', 'shop@workspace:.', block('dependencies', ...lines));

  test('a patch of resolutions is found by its path from the root, whoever depends on it', () => {
    const patch = 'patch:b@npm%3A1.0.0#./b.patch';
    const text = lock(
      entry('a@npm:^1.0.0', 'a@npm:1.0.0', block('dependencies', 'b: "npm:^1.0.0"')),
      entry('b@npm:1.0.0', 'b@npm:1.0.0'),
      entry(
        `b@${patch}::locator=shop%40workspace%3A.`,
        `b@${patch}::version=1.0.0&hash=abc123&locator=shop%40workspace%3A.`,
      ),
      root('a: "npm:^1.0.0"'),
    );
    const replaced: NonNullable<GraphOptions['replaced']> = (_, { name }) =>
      name === 'b' ? patch : undefined;
    const graph = graphOf('yarn', text, { replaced });
    assert.deepEqual(edgesOf(graph), [
      `a@npm:1.0.0 -prod-> b@${patch}::version=1.0.0&hash=abc123&locator=shop%40workspace%3A.`,
      '. -prod-> a@npm:1.0.0',
    ]);
  });

  test('who has a peer hands on its types, and a package may depend on its own peer', () => {
    const text = lock(
      entry('@types/react@npm:^18.0.0', '@types/react@npm:18.0.0'),
      entry(
        'inner@npm:^1.0.0',
        'inner@npm:1.0.0',
        block('peerDependencies', '"@types/react": "*"', 'react: "*"'),
      ),
      entry(
        'outer@npm:^1.0.0',
        'outer@npm:1.0.0',
        block('dependencies', 'inner: "npm:^1.0.0"') + block('peerDependencies', 'react: "*"'),
      ),
      entry(
        'own@npm:^1.0.0',
        'own@npm:1.0.0',
        block('dependencies', 'react: "npm:^17.0.0"') + block('peerDependencies', 'react: "*"'),
      ),
      entry('react@npm:^17.0.0', 'react@npm:17.0.0'),
      entry('react@npm:^18.0.0', 'react@npm:18.0.0'),
      root(
        '"@types/react": "npm:^18.0.0"',
        'outer: "npm:^1.0.0"',
        'own: "npm:^1.0.0"',
        'react: "npm:^18.0.0"',
      ),
    );
    assert.deepEqual(
      edgesOf(graphOf('yarn', text))
        .filter((edge) => !edge.startsWith('.'))
        .sort(),
      [
        'inner@npm:1.0.0 -peer-> @types/react@npm:18.0.0',
        'inner@npm:1.0.0 -peer-> react@npm:18.0.0',
        'outer@npm:1.0.0 -peer-> react@npm:18.0.0',
        'outer@npm:1.0.0 -prod-> inner@npm:1.0.0',
        'own@npm:1.0.0 -peer-> react@npm:18.0.0',
        'own@npm:1.0.0 -prod-> react@npm:17.0.0',
      ],
    );
  });
});
