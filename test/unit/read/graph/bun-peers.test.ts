import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { edgesOf, graphOf } from './graph-of.ts';

/**
 * Returns the edges of two members with a `react` of their own and one without; a package between them and the one
 * with the peer.
 */
function peerEdges(configVersion: number, packages = ''): readonly string[] {
  const graph = graphOf(
    'bun.lock',
    `{
  "lockfileVersion": 1,
  "configVersion": ${configVersion},
  "workspaces": {
    "": { "name": "shop" },
    "old": { "name": "old", "dependencies": { "mid": "^1.0.0", "react": "17.0.0" } },
    "new": { "name": "new", "dependencies": { "mid": "^1.0.0", "react": "18.0.0" } },
    "none": { "name": "none", "dependencies": { "hooks": "^1.0.0" } },
  },
  "packages": {
    "hooks": ["hooks@1.0.0", "", { "peerDependencies": { "react": "*" } }, "sha512-AAAA"],
    "mid": ["mid@1.0.0", "", { "dependencies": { "hooks": "^1.0.0" } }, "sha512-AAAA"],
    "new": ["new@workspace:new"],
    "none": ["none@workspace:none"],
    "old": ["old@workspace:old"],
    "react": ["react@16.0.0", "", {}, "sha512-AAAA"],
    "new/react": ["react@18.0.0", "", {}, "sha512-AAAA"],
    "old/react": ["react@17.0.0", "", {}, "sha512-AAAA"],${packages}
  }
}
`,
  );
  assert.deepEqual([graph.lockfile.status, graph.gaps], ['checked', []]);
  return edgesOf(graph).filter((edge) => edge.includes(' peer '));
}

describe('peers of Bun', () => {
  test('of a project without copies are what Node finds around the package', () => {
    assert.deepEqual(peerEdges(0), ['hooks -> react peer *']);
  });

  test('of a project with copies are what the packages and members above have', () => {
    assert.deepEqual(peerEdges(1), [
      'hooks -> new/react peer *',
      'hooks -> old/react peer *',
      // For the member without one.
      'hooks -> react peer *',
    ]);
  });

  test('are found above packages that depend on each other', () => {
    const cycle =
      '"a": ["a@1.0.0", "", { "dependencies": { "b": "*" }, "peerDependencies": { "react": "*" } }, "sha512-AAAA"],' +
      '"b": ["b@1.0.0", "", { "dependencies": { "a": "*" } }, "sha512-AAAA"],';
    assert.deepEqual(peerEdges(1, cycle).slice(0, 1), ['a -> react peer *']);
  });

  test('are given up where there are too many ways up, and that is said', () => {
    const count = 3000;
    const packages = Array.from({ length: count }, (_, at) => {
      const next = `p${(at + 1) % count}`;
      return `"p${at}": ["p${at}@1.0.0", "", { "dependencies": { "${next}": "*" }, "peerDependencies": { "q": "*" } }, "sha512-AAAA"],`;
    });
    const { packages: found, gaps } = graphOf(
      'bun.lock',
      `{ "lockfileVersion": 1, "configVersion": 1,
  "workspaces": { "": { "name": "shop", "dependencies": { "p0": "*" } }, "a": { "name": "a" } },
  "packages": { "q": ["q@1.0.0", "", {}, "sha512-AAAA"], ${packages.join('\n')} } }`,
    );
    assert.equal(found.length, count + 1);
    assert.deepEqual(gaps, ['There are too many peer dependencies to follow all of them.']);
  });
});
