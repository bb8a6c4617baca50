import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { edgesOf, graphOf } from './graph-of.ts';

/** Returns a lockfile of Yarn 4 with entries by their locators; the lines below each are indented as in the file. */
function berryLock(entries: Readonly<Record<string, string>>): string {
  const texts = Object.entries(entries).map(([locator, lines]) => {
    const isMember = locator.includes('@workspace:');
    const version = isMember ? '0.0.0-use.local' : /[^:]*$/.exec(locator)![0];
    const ends = isMember
      ? '  languageName: unknown\n  linkType: soft\n'
      : '  languageName: node\n  linkType: hard\n';
    return `"${locator}":\n  version: ${version}\n  resolution: "${locator}"\n${lines}${ends}`;
  });
  return `__metadata:\n  version: 8\n  cacheKey: 10c0\n\n${texts.join('\n')}`;
}

function peerEdges(entries: Readonly<Record<string, string>>): readonly string[] {
  const graph = graphOf('yarn.lock', berryLock(entries), {});
  assert.deepEqual([graph.lockfile.status, graph.lockfile.reason], ['checked', undefined]);
  return edgesOf(graph).filter((edge) => edge.includes(' peer '));
}

const MEMBERS = {
  'react@npm:17.0.0': '',
  'react@npm:18.0.0': '',
  'react-dom@npm:17.0.0': '  peerDependencies:\n    react: 17\n',
  'react-dom@npm:18.0.0': '  peerDependencies:\n    react: 18\n',
  'hooks@npm:1.0.0': '  peerDependencies:\n    react: "*"\n    react-dom: "*"\n',
  'shop@workspace:.': '',
  'ui@workspace:ui':
    '  dependencies:\n    hooks: "npm:1.0.0"\n    react: "npm:18.0.0"\n    react-dom: "npm:18.0.0"\n' +
    '  peerDependencies:\n    react: "*"\n    react-dom: "*"\n',
  'web@workspace:web':
    '  dependencies:\n    react: "npm:17.0.0"\n    react-dom: "npm:17.0.0"\n    ui: "workspace:ui"\n',
};

describe('what Yarn provides as peers', () => {
  test('a member that is given a peer hands it on in place of its own development dependency', () => {
    assert.deepEqual(peerEdges(MEMBERS), [
      'hooks@npm:1.0.0 -> react-dom@npm:17.0.0 peer *',
      'hooks@npm:1.0.0 -> react-dom@npm:18.0.0 peer *',
      'hooks@npm:1.0.0 -> react@npm:17.0.0 peer *',
      'hooks@npm:1.0.0 -> react@npm:18.0.0 peer *',
      // The copy of the member that is given react-dom 17 does not use its own, which therefore never gets react 17.
      'react-dom@npm:17.0.0 -> react@npm:17.0.0 peer 17',
      'react-dom@npm:18.0.0 -> react@npm:18.0.0 peer 18',
    ]);
  });

  test('a peer that is only said to be optional is handed on, too', () => {
    const edges = peerEdges({
      'typescript@npm:5.0.0': '',
      'plugin@npm:1.0.0':
        '  dependencies:\n    utils: "npm:1.0.0"\n  peerDependenciesMeta:\n    typescript:\n      optional: true\n',
      'utils@npm:1.0.0': '  peerDependencies:\n    typescript: ">=4"\n',
      'web@workspace:.': '  dependencies:\n    plugin: "npm:1.0.0"\n    typescript: "npm:5.0.0"\n',
    });
    assert.deepEqual(edges, ['utils@npm:1.0.0 -> typescript@npm:5.0.0 peer >=4']);
  });

  test('types of its own come before those that Yarn would add as a peer', () => {
    const edges = peerEdges({
      '@types/react@npm:17.0.0': '',
      '@types/react@npm:18.0.0': '',
      '@types/dom@npm:1.0.0': '  peerDependencies:\n    "@types/react": "*"\n',
      'react@npm:18.0.0': '',
      'ui@npm:1.0.0':
        '  dependencies:\n    "@types/dom": "npm:1.0.0"\n    "@types/react": "npm:17.0.0"\n' +
        '  peerDependencies:\n    react: "*"\n',
      'shop@workspace:.':
        '  dependencies:\n    "@types/react": "npm:18.0.0"\n    react: "npm:18.0.0"\n    ui: "npm:1.0.0"\n',
    });
    assert.deepEqual(edges, [
      '@types/dom@npm:1.0.0 -> @types/react@npm:17.0.0 peer *',
      'ui@npm:1.0.0 -> react@npm:18.0.0 peer *',
    ]);
  });

  test('one copy has a dependency of its own where another is given that peer', () => {
    const edges = peerEdges({
      'node-types@npm:1.0.0': '',
      'node-types@npm:2.0.0': '',
      'runner@npm:1.0.0':
        '  dependencies:\n    vite: "npm:1.0.0"\n  peerDependencies:\n    node-types: "*"\n    vite: "*"\n',
      'vite@npm:1.0.0': '  peerDependencies:\n    node-types: "*"\n',
      'vite@npm:2.0.0': '',
      'a@workspace:a':
        '  dependencies:\n    node-types: "npm:1.0.0"\n    runner: "npm:1.0.0"\n    vite: "npm:2.0.0"\n',
      'b@workspace:b': '  dependencies:\n    node-types: "npm:2.0.0"\n    runner: "npm:1.0.0"\n',
      'shop@workspace:.': '',
    });
    assert.deepEqual(edges, [
      'runner@npm:1.0.0 -> node-types@npm:1.0.0 peer *',
      'runner@npm:1.0.0 -> node-types@npm:2.0.0 peer *',
      'runner@npm:1.0.0 -> vite@npm:2.0.0 peer *',
      // Only the copy of b has it, with what b provides.
      'vite@npm:1.0.0 -> node-types@npm:2.0.0 peer *',
    ]);
  });
});
