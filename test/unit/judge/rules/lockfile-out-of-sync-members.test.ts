import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, findingsOf, openFiles } from '../../../workspace.ts';
import { RULE } from './out-of-sync.ts';

const HASH =
  'sha512-6FlzubTLZG3J2a/NVCAleEhjzq5oxgHyaCU9yYXvcLsvoVaHJq/s5xXI6/XXP6tz7R9xAOtHnSO/tXtF3WRTlA==';
const ROOT = { name: 'root', version: '1.0.0', private: true, workspaces: ['packages/*', '!packages/left'] };
const A = { name: 'a', version: '1.0.0', dependencies: { ms: '^2.1.3' } };

/** Lockfiles of a root with the member `a`, as npm 11, pnpm 10, Bun 1.4 and Yarn 4 write them. */
const LOCKFILES = {
  'package-lock.json': JSON.stringify({
    name: 'root',
    version: '1.0.0',
    lockfileVersion: 3,
    requires: true,
    packages: {
      '': { name: 'root', version: '1.0.0', workspaces: ['packages/*'] },
      'node_modules/a': { resolved: 'packages/a', link: true },
      'node_modules/ms': { version: '2.1.3', integrity: HASH, license: 'MIT' },
      'packages/a': { version: '1.0.0', dependencies: { ms: '^2.1.3' } },
    },
  }),
  'pnpm-lock.yaml': `lockfileVersion: '9.0'

settings:
  autoInstallPeers: true
  excludeLinksFromLockfile: false

importers:

  .: {}

  packages/a:
    dependencies:
      ms:
        specifier: ^2.1.3
        version: 2.1.3

packages:

  ms@2.1.3:
    resolution: {integrity: ${HASH}}

snapshots:

  ms@2.1.3: {}
`,
  'bun.lock': `{
  "lockfileVersion": 1,
  "workspaces": {
    "": {
      "name": "root",
    },
    "packages/a": {
      "name": "a",
      "version": "1.0.0",
      "dependencies": {
        "ms": "^2.1.3",
      },
    },
  },
  "packages": {
    "a": ["a@workspace:packages/a"],

    "ms": ["ms@2.1.3", "", {}, "${HASH}"],
  }
}
`,
  'yarn.lock': `__metadata:
  version: 10
  cacheKey: 10c0

"a@workspace:packages/a":
  version: 0.0.0-use.local
  resolution: "a@workspace:packages/a"
  dependencies:
    ms: "npm:^2.1.3"
  languageName: unknown
  linkType: soft

"ms@npm:^2.1.3":
  version: 2.1.3
  resolution: "ms@npm:2.1.3"
  checksum: 10c0/d924b57e7312b3b63ad21fc5b3dc0af5e78d61a1fc7cfb5457edaf26326bf62be5307cc87ffb6862ef1c2b33b0233cdb5d4f01c4c958cc0d660948b65a287a48
  languageName: node
  linkType: hard

"root@workspace:.":
  version: 0.0.0-use.local
  resolution: "root@workspace:."
  languageName: unknown
  linkType: soft
`,
} as const;

type LockName = keyof typeof LOCKFILES;
const NAMES = Object.keys(LOCKFILES) as LockName[];
const FROZEN = {
  'package-lock.json': 'npm ci',
  'pnpm-lock.yaml': 'pnpm install --frozen-lockfile',
  'bun.lock': 'bun install --frozen-lockfile',
  'yarn.lock': 'yarn install --immutable',
} as const;

const PNPM = "packages:\n  - packages/*\n  - '!packages/left'\n";

function filesOf(lock: LockName, more: Readonly<Record<string, object | string>>): Map<string, string> {
  const files = { 'package.json': ROOT, 'packages/a/package.json': A, [lock]: LOCKFILES[lock], ...more };
  if (lock === 'pnpm-lock.yaml' && !('pnpm-workspace.yaml' in more))
    Object.assign(files, { 'pnpm-workspace.yaml': PNPM });
  return new Map(
    Object.entries(files).map(([path, content]) => [
      path,
      typeof content === 'string' ? content : JSON.stringify(content, undefined, 2),
    ]),
  );
}

async function found(
  lock: LockName,
  member: object | string,
  more: Readonly<Record<string, object | string>> = {},
) {
  const workspace = await openFiles(filesOf(lock, { 'packages/b/package.json': member, ...more }));
  return workspace.findings(RULE).map(({ message, severity }) => `${severity}: ${message}`);
}

/** The results of the package managers themselves, in a root with these lockfiles. */
const MEMBERS: readonly {
  readonly name: string;
  readonly member: object;
  readonly words: string;
  readonly fails: readonly LockName[];
}[] = [
  {
    name: 'with a dependency that is not locked',
    member: { name: 'b', version: '1.0.0', dependencies: { 'left-pad': '^1.3.0' } },
    words: '"b" with 1 dependency',
    fails: NAMES,
  },
  {
    name: 'with dependencies that are locked for another member',
    member: { name: 'b', version: '1.0.0', dependencies: { ms: '^2.1.3' }, devDependencies: { a: '1.0.0' } },
    words: '"b" with 2 dependencies',
    fails: NAMES,
  },
  {
    name: 'without dependencies',
    member: { name: 'b', version: '1.0.0' },
    words: '"b"',
    fails: ['package-lock.json', 'bun.lock', 'yarn.lock'],
  },
  {
    name: 'without a name',
    member: { version: '1.0.0', dependencies: { 'left-pad': '^1.3.0' } },
    words: '"packages/b" with 1 dependency',
    fails: ['package-lock.json', 'pnpm-lock.yaml', 'yarn.lock'],
  },
];

describe('a member that the lockfile was made without', () => {
  for (const { name, member, words, fails } of MEMBERS) {
    for (const lock of NAMES) {
      test(`${lock}: ${name}`, async () => {
        const message = `warning: Workspace member ${words} is missing from ${lock}, so ${FROZEN[lock]} fails. Update the lockfile.`;
        assert.deepEqual(await found(lock, member), fails.includes(lock) ? [message] : []);
      });
    }
  }

  test('stands at its name', () =>
    expectMarks(
      `-- package.json --
${JSON.stringify(ROOT)}
-- packages/a/package.json --
${JSON.stringify(A)}
-- packages/b/package.json --
{
  "name": "b",
          ^^^ lockfile-out-of-sync
  "dependencies": { "left-pad": "^1.3.0", "right-pad": "^1.0.0" }
}
-- package-lock.json --
${LOCKFILES['package-lock.json']}
`,
      { rules: [RULE] },
    ));

  test('pnpm: with peer dependencies, where it installs those', async () => {
    const peers = { name: 'b', peerDependencies: { react: '*' } };
    assert.equal((await found('pnpm-lock.yaml', peers)).length, 1);
    const optional = { ...peers, peerDependenciesMeta: { react: { optional: true } } };
    assert.deepEqual(await found('pnpm-lock.yaml', optional), []);
    const lock = LOCKFILES['pnpm-lock.yaml'].replace('autoInstallPeers: true', 'autoInstallPeers: false');
    assert.deepEqual(await found('pnpm-lock.yaml', peers, { 'pnpm-lock.yaml': lock }), []);
  });

  test('counts all its dependencies after an edit of one', async () => {
    const text = (range: string) =>
      JSON.stringify({ name: 'b', dependencies: { 'left-pad': '^1.3.0', ms: range } });
    const workspace = await openFiles(filesOf('pnpm-lock.yaml', { 'packages/b/package.json': text('^2') }));
    const messages = () =>
      findingsOf(workspace.session.snapshot())
        .filter(({ rule }) => rule === RULE)
        .map(({ message }) => message);
    assert.match(messages().join(), /^Workspace member "b" with 2 dependencies is missing/);
    workspace.session.setOverlay(workspace.uri('packages/b/package.json'), text('^2.1.0'));
    assert.match(messages().join(), /^Workspace member "b" with 2 dependencies is missing[^,]*,[^,]*$/);
  });
});

describe('no member of that lockfile', () => {
  const B = { name: 'b', version: '1.0.0', dependencies: { 'left-pad': '^1.3.0' } };

  for (const lock of NAMES) {
    test(`${lock}: folders that are excluded, not claimed, or nested in a member`, async () => {
      const more = {
        'packages/left/package.json': B,
        'tools/package.json': B,
        'packages/a/x/package.json': B,
      };
      const workspace = await openFiles(filesOf(lock, more));
      assert.deepEqual(workspace.findings(RULE), []);
    });

    test(`${lock}: a manifest that is half typed`, async () => {
      assert.deepEqual(await found(lock, '{ "name": "b", "dependencies": { "left-pad": '), []);
      assert.deepEqual(await found(lock, ''), []);
    });
  }

  test('pnpm: where each member has its own, or a hook may change it', async () => {
    const own = { 'pnpm-workspace.yaml': `${PNPM}sharedWorkspaceLockfile: false\n` };
    assert.deepEqual(await found('pnpm-lock.yaml', B, own), []);
    assert.deepEqual(await found('pnpm-lock.yaml', B, { '.npmrc': 'shared-workspace-lockfile=false\n' }), []);
    const hooked = LOCKFILES['pnpm-lock.yaml'].replace(
      'importers:',
      'pnpmfileChecksum: 0123456789\n\nimporters:',
    );
    assert.deepEqual(await found('pnpm-lock.yaml', B, { 'pnpm-lock.yaml': hooked }), []);
  });

  test('pnpm: what only the `workspaces` of package.json claim', async () => {
    const workspace = { 'pnpm-workspace.yaml': 'packages:\n  - packages/a\n' };
    assert.deepEqual(await found('pnpm-lock.yaml', B, workspace), []);
  });
});
