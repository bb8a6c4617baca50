import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { buildGraph } from '../../../../server/src/core/read/graph/build-graph.ts';
import { readLockfile } from '../../../../server/src/core/read/lockfile/detect.ts';
import { edgesOf, graphOf } from './graph-of.ts';

describe('a graph of Yarn 1', () => {
  const lock = `# yarn lockfile v1


"dir@file:./packages/ui/dir":
  version "1.0.0"
  dependencies:
    pad "1.0.0"

"linked@link:./packages/ui/linked":
  version "0.0.0"
  dependencies:
    pad "1.0.0"

pad@1.0.0:
  version "1.0.0"

"tar@file:vendor/tar-1.0.0.tgz":
  version "1.0.0"
`;

  test('leads from a member to what its local paths mean in the keys, which are seen from the root', () => {
    const dependencies = {
      dir: 'file:./dir',
      linked: 'link:./linked',
      tar: 'file:../../vendor/tar-1.0.0.tgz',
    };
    const graph = graphOf('yarn.lock', lock, {
      '': { name: 'shop' },
      'packages/ui': { name: 'ui', dependencies },
    });
    assert.deepEqual(edgesOf(graph), [
      '[packages/ui/linked] -> pad@1.0.0 prod 1.0.0',
      '[packages/ui] -> [packages/ui/linked] prod link:./linked',
      '[packages/ui] -> dir@file:./packages/ui/dir prod file:./dir',
      '[packages/ui] -> tar@file:vendor/tar-1.0.0.tgz prod file:../../vendor/tar-1.0.0.tgz',
      'dir@file:./packages/ui/dir -> pad@1.0.0 prod 1.0.0',
    ]);
    assert.deepEqual(graph.gaps, []);
  });
});

describe('a graph of Yarn 2 and later', () => {
  const entry = (descriptor: string, version: string, dependencies = '') =>
    `"${descriptor}":\n  version: ${version}\n  resolution: "${/^@?[^@]+/.exec(descriptor)![0]}@npm:${version}"\n` +
    `${dependencies}  languageName: node\n  linkType: hard\n`;
  const text = `__metadata:\n  version: 8\n\n${[
    entry('a@npm:^1.0.0', '1.0.0', '  dependencies:\n    b: "npm:^1.0.0"\n    c: "npm:^3.0.0"\n'),
    entry('b@npm:^1.0.0', '1.5.0'),
    entry('b@npm:^2.0.0', '2.0.0'),
    entry('c@npm:^1.0.0', '1.0.0'),
    entry('c@npm:^2.0.0', '2.0.0'),
    '"shop@workspace:.":\n  version: 0.0.0-use.local\n  resolution: "shop@workspace:."\n' +
      '  dependencies:\n    a: "npm:^1.0.0"\n  languageName: unknown\n  linkType: soft\n',
  ].join('\n')}`;

  test('follows what is declared where the text that a resolution puts in its place has no entry', () => {
    const lockfile = readLockfile('file:///shop/yarn.lock', text, 'yarn');
    const graph = buildGraph(lockfile, {
      manifests: new Map(),
      replaced: (_from, { name }) => (name === 'b' ? '1.0.0' : undefined),
    });
    assert.ok(edgesOf(graph).includes('a@npm:1.0.0 -> b@npm:1.5.0 prod npm:^1.0.0'));
  });

  test('says how many dependencies lead to no entry', () => {
    const { gaps } = graphOf('yarn.lock', text, { '': { name: 'shop' } });
    assert.deepEqual(gaps, [
      'One dependency of packages could not be followed, as no entry matches the declared range. "resolutions" in a package.json may replace it.',
    ]);
  });
});
