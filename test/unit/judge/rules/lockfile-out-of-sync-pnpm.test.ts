import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openWorkspace } from '../../../workspace.ts';
import { HASH, manifest, messages, RULE } from './out-of-sync.ts';

describe('pnpm', () => {
  const lock = (more: string) => `-- pnpm-lock.yaml --
lockfileVersion: '9.0'
${more}
importers:

  .:
    dependencies:
      a:
        specifier: ^1.0.0
        version: 1.4.0

  packages/member:
    devDependencies:
      a:
        specifier: ^1.0.0
        version: 1.4.0

packages:

  a@1.4.0:
    resolution: {integrity: ${HASH}}

snapshots:

  a@1.4.0: {}
`;
  const workspace = '-- pnpm-workspace.yaml --\npackages:\n  - packages/*\n';
  const member =
    '-- packages/member/package.json --\n{ "name": "member", "devDependencies": { "a": "^1.2.0" } }\n';

  test('each member by its own place', async () => {
    const root = manifest({ dependencies: { a: '^1.0.0', b: '^2.0.0' } });
    assert.deepEqual(await messages(root + workspace + member + lock('')), [
      '"b" is not declared in pnpm-lock.yaml, so pnpm install --frozen-lockfile fails. Update the lockfile.',
      '"a" is "^1.2.0" here but "^1.0.0" in pnpm-lock.yaml, so pnpm install --frozen-lockfile fails. Update the lockfile.',
    ]);
  });

  test('not what overrides replace, nor what a hook may have changed', async () => {
    const root = manifest({ dependencies: { a: '^1.0.0' } });
    for (const more of ["\noverrides:\n  'x@1>a': 1.4.0\n", '\npnpmfileChecksum: 0123456789\n']) {
      assert.deepEqual(await messages(root + workspace + member + lock(more)), []);
    }
  });
});

describe('pnpm: what it does not write, and where it writes the rest', () => {
  const lock = (sections: Record<string, Record<string, string>>, more = '') => {
    const written = Object.entries(sections).map(([section, dependencies]) => {
      const lines = Object.entries(dependencies).map(
        ([name, specifier]) => `      ${name}:\n        specifier: ${specifier}\n        version: 1.4.0\n`,
      );
      return `    ${section}:\n${lines.join('')}`;
    });
    const packages = ['a', 'b'].map((name) => `  ${name}@1.4.0:\n    resolution: {integrity: ${HASH}}\n`);
    return `-- pnpm-lock.yaml --
lockfileVersion: '9.0'

settings:
  autoInstallPeers: true
  excludeLinksFromLockfile: ${more.includes('exclude')}

importers:

  .:
${written.join('')}
packages:

${packages.join('')}${more.replace('exclude', '')}
snapshots:

  a@1.4.0: {}

  b@1.4.0: {}
`;
  };
  const moved = (from: string, to: string) =>
    `"a" is in "${to}" here but in "${from}" in pnpm-lock.yaml, so pnpm install --frozen-lockfile fails. Update the lockfile.`;

  test('another section', async () => {
    const dev = lock({ devDependencies: { a: '^1.0.0' } });
    assert.deepEqual(await messages(manifest({ dependencies: { a: '^1.0.0' } }) + dev), [
      moved('devDependencies', 'dependencies'),
    ]);
    const optional = lock({ dependencies: { a: '^1.0.0' } });
    assert.deepEqual(await messages(manifest({ optionalDependencies: { a: '^1.0.0' } }) + optional), [
      moved('dependencies', 'optionalDependencies'),
    ]);
    assert.deepEqual(await messages(manifest({ devDependencies: { a: '^1.0.0' } }) + dev), []);
  });

  test('after an edit of the manifest as well', async () => {
    const workspace = await openWorkspace(
      manifest({ devDependencies: { a: '^1.0.0' } }) + lock({ devDependencies: { a: '^1.0.0' } }),
    );
    const found = () => workspace.findings(RULE).map(({ message }) => message);
    assert.deepEqual(found(), []);
    const after = JSON.stringify({ dependencies: { a: '^1.0.0' } });
    workspace.session.setOverlay(workspace.uri('package.json'), after);
    assert.deepEqual(found(), [moved('devDependencies', 'dependencies')]);
  });

  test('a name in several sections is in the first of optional, plain and development dependencies', async () => {
    const members = { dependencies: { a: '^1.0.0' }, devDependencies: { a: '^2.0.0' } };
    assert.deepEqual(await messages(manifest(members) + lock({ dependencies: { a: '^1.0.0' } })), []);
    const withOptional = { ...members, optionalDependencies: { a: '^1.2.0' } };
    assert.deepEqual(
      await messages(manifest(withOptional) + lock({ optionalDependencies: { a: '^1.2.0' } })),
      [],
    );
  });

  test('a peer dependency of the name may be among the dependencies', async () => {
    const members = { devDependencies: { a: '^1.0.0' }, peerDependencies: { a: '^1.0.0' } };
    assert.deepEqual(await messages(manifest(members) + lock({ dependencies: { a: '^1.0.0' } })), []);
    const peers = { peerDependencies: { a: '^1.0.0' } };
    assert.deepEqual(await messages(manifest(peers) + lock({ dependencies: { a: '^1.0.0' } })), []);
  });

  test('links, where it was told to leave them out', async () => {
    const members = { dependencies: { a: '^1.0.0', out: 'link:../out' } };
    const kept = await messages(manifest(members) + lock({ dependencies: { a: '^1.0.0' } }));
    assert.equal(kept.length, 1);
    assert.deepEqual(
      await messages(manifest(members) + lock({ dependencies: { a: '^1.0.0' } }, 'exclude')),
      [],
    );
  });

  test('ignored optional dependencies, and dependencies of the same name', async () => {
    const ignored = (...patterns: string[]) =>
      `\nignoredOptionalDependencies:\n${patterns.map((pattern) => `  - '${pattern}'\n`).join('')}`;
    const members = { dependencies: { a: '^1.0.0', b: '^1.0.0' }, optionalDependencies: { b: '^1.0.0' } };
    const locked = { dependencies: { a: '^1.0.0' } };
    assert.deepEqual(await messages(manifest(members) + lock(locked, ignored('b*'))), []);
    assert.deepEqual(await messages(manifest(members) + lock(locked, ignored('b*', '!b'))), [
      '"b" is not declared in pnpm-lock.yaml, so pnpm install --frozen-lockfile fails. Update the lockfile.',
    ]);
    const plain = { dependencies: { a: '^1.0.0', b: '^1.0.0' } };
    assert.equal((await messages(manifest(plain) + lock(locked, ignored('b*')))).length, 1);
    const development = { optionalDependencies: { b: '^2.0.0' }, devDependencies: { b: '^1.0.0' } };
    assert.deepEqual(
      await messages(manifest(development) + lock({ devDependencies: { b: '^1.0.0' } }, ignored('b'))),
      [],
    );
  });
});
