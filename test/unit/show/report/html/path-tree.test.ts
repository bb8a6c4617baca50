import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { pathPicture } from '../../../../../server/src/core/show/report/html/path-picture.ts';
import { type PathStep, pathTree } from '../../../../../server/src/core/show/report/html/path-tree.ts';
import { graphOf } from '../../../read/graph/graph-of.ts';

type Packages = Readonly<Record<string, object>>;

function treeTo(name: string, packages: Packages) {
  const graph = graphOf('package-lock.json', { lockfileVersion: 3, packages });
  const nodes = graph.packages.flatMap((instance, node) => (instance.name === name ? [node] : []));
  return pathTree(graph, nodes);
}

function outline(steps: readonly PathStep[]): readonly string[] {
  return steps.flatMap(({ name, below, next }) => [
    `${name} (${below})`,
    ...outline(next).map((line) => `  ${line}`),
  ]);
}

const pulls = (version: string, ...names: readonly string[]) => ({
  version,
  dependencies: Object.fromEntries(names.map((each) => [each, '*'])),
});

describe('pathTree', () => {
  test('shares the beginnings of paths, and names the importers of each', () => {
    const tree = treeTo('bad', {
      '': { name: 'root', workspaces: ['apps/*'], dependencies: { a: '*' } },
      'apps/web': { name: 'web', dependencies: { a: '*', d: '*' } },
      'node_modules/web': { resolved: 'apps/web', link: true },
      'node_modules/a': pulls('1.0.0', 'b', 'c'),
      'node_modules/b': pulls('1.0.0', 'bad'),
      'node_modules/c': pulls('1.0.0', 'bad'),
      'node_modules/d': pulls('2.0.0', 'bad'),
      'node_modules/bad': pulls('6.6.6'),
    })!;
    assert.deepEqual(outline(tree.importers), [
      'web (apps/web)',
      '  d (2.0.0)',
      'web (and 1 more)',
      '  a (1.0.0)',
      '    b (1.0.0)',
      '    c (1.0.0)',
    ]);
    assert.deepEqual(tree.paths, [
      'd 2.0.0 → bad 6.6.6',
      'a 1.0.0 → b 1.0.0 → bad 6.6.6',
      'a 1.0.0 → c 1.0.0 → bad 6.6.6',
    ]);
    assert.equal(tree.more, 0);
  });

  test('draws every package once, and leaves direct dependencies alone', () => {
    const many = Array.from({ length: 12 }, (_, at) => `via${at}`);
    const tree = treeTo('bad', {
      '': { name: 'root', dependencies: { top: '*' } },
      'node_modules/top': pulls('1.0.0', ...many),
      ...Object.fromEntries(many.map((each) => [`node_modules/${each}`, pulls('1.0.0', 'bad')])),
      'node_modules/bad': pulls('6.6.6'),
    })!;
    const { markup } = pathPicture(tree, 'error');
    // Root, top, five of twelve, and the target.
    assert.equal(markup.match(/<rect/g)?.length, 8);
    assert.match(markup, /<g class="target error"><title>bad 6\.6\.6<\/title>/);
    assert.match(markup, /And 7 more paths/);
    const direct = { '': { dependencies: { bad: '*' } }, 'node_modules/bad': pulls('1.0.0') };
    assert.equal(treeTo('bad', direct), undefined);
  });
});
