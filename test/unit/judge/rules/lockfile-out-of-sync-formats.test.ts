import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace } from '../../../workspace.ts';
import { HASH, manifest, messages, RULE } from './out-of-sync.ts';

const REGISTRY = 'https://registry.public.example.test';

describe('catalogs', () => {
  const pnpm = (catalog: string) => `-- package.json --
{ "name": "shop", "dependencies": { "once": "catalog:" } }
-- pnpm-workspace.yaml --
packages: []
catalog:
  once: ${catalog}
  unused: ^9.0.0
-- pnpm-lock.yaml --
lockfileVersion: '9.0'

catalogs:
  default:
    once:
      specifier: ^1.4.0
      version: 1.4.0

importers:

  .:
    dependencies:
      once:
        specifier: 'catalog:'
        version: 1.4.0

packages:

  once@1.4.0:
    resolution: {integrity: ${HASH}}

snapshots:

  once@1.4.0: {}
`;

  test('a line of pnpm-workspace.yaml', async () => {
    await expectMarks(pnpm('^1.4.0'), { rules: [RULE] });
    await expectMarks(
      pnpm(
        `^1.5.0\n        ^^^^^^ ${RULE}: "once" is "^1.5.0" here but "^1.4.0" in pnpm-lock.yaml, so pnpm install --frozen-lockfile fails. Update the lockfile.`,
      ),
    );
    for (const quoted of ["'^1.5.0'", '"^1.5.0"', '^1.5.0']) {
      const fixed = await fixOf(pnpm(quoted), RULE, /^Replace with "once": "\^1\.4\.0"/);
      assert.equal(fixed, pnpm(quoted.replace('5', '4')));
    }
  });

  const yarn = (catalog: string) => `-- package.json --
{ "name": "shop", "dependencies": { "once": "catalog:" } }
-- .yarnrc.yml --
catalog:
  once: ${catalog}
  unused: ^9.0.0
-- yarn.lock --
__metadata:
  version: 8
  cacheKey: 10c0

"once@npm:^1.4.0":
  version: 1.4.0
  resolution: "once@npm:1.4.0"
  checksum: 10c0/5d48aca287dfefabd756621c5dfce5c91a549a93e9fdb7b8246bc4c4790aa2ec17b34a260530474635147aeb631a2dcc8b32c613df0675f96041cbb8244517d0
  languageName: node
  linkType: hard

"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
  dependencies:
    once: "catalog:"
  languageName: unknown
  linkType: soft
`;

  test('a line of .yarnrc.yml, where no key of the lockfile has what it says', async () => {
    await expectMarks(yarn('^1.4.0'), { rules: [RULE] });
    await expectMarks(
      yarn(
        `^1.5.0\n        ^^^^^^ ${RULE}: "once" is "^1.5.0" and has no entry in yarn.lock, so yarn install --immutable fails. Update the lockfile.`,
      ),
    );
  });

  const bun = (catalog: string) => `-- package.json --
{
  "name": "shop",
  "workspaces": {
    "packages": [],
    "catalog": {
      "once": ${catalog}
    }
  },
  "dependencies": { "once": "catalog:" }
}
-- bun.lock --
{
  "lockfileVersion": 1,
  "workspaces": {
    "": {
      "name": "shop",
      "dependencies": {
        "once": "catalog:",
      },
    },
  },
  "catalog": {
    "once": "^1.4.0",
  },
  "packages": {
    "once": ["once@1.4.0", "", {}, "${HASH}"],
  }
}
`;

  test("a line of the root's package.json, for Bun", async () => {
    await expectMarks(bun('"^1.4.0"'), { rules: [RULE] });
    await expectMarks(
      bun(
        `"^1.5.0"\n              ^^^^^^^^ ${RULE}: "once" is "^1.5.0" here but "^1.4.0" in bun.lock. Update the lockfile.`,
      ),
    );
    assert.equal(await fixOf(bun('"^1.5.0"'), RULE, /^Replace/), bun('"^1.4.0"'));
  });
});

describe('Yarn 1', () => {
  const lock = `-- yarn.lock --
# yarn lockfile v1


"alias@npm:real@^1.0.0":
  version "1.2.0"
  resolved "${REGISTRY}/real/-/real-1.2.0.tgz#c1a464e7693302e082a075cee0c057741ac4772c"
  integrity ${HASH}

"git@github:o/git#v1":
  version "1.0.0"
  resolved "https://codeload.github.com/o/git/tar.gz/0123456789abcdef0123456789abcdef01234567"

tagged@next:
  version "2.0.0-rc.1"
  resolved "${REGISTRY}/tagged/-/tagged-2.0.0-rc.1.tgz#c1a464e7693302e082a075cee0c057741ac4772c"
  integrity ${HASH}
`;

  test('all that stands in its keys, and what never does', async () => {
    const dependencies = {
      alias: 'npm:real@^1.0.0',
      git: 'github:o/git#v1',
      tagged: 'next',
      member: '^1.0.0',
      folder: 'file:./folder',
      link: 'link:./link',
    };
    const member = '-- packages/member/package.json --\n{ "name": "member", "version": "1.0.0" }\n';
    const members = { name: 'root', private: true, workspaces: ['packages/*'], dependencies };
    assert.deepEqual(await messages(manifest(members) + member + lock), []);
  });

  test('a member as well, and what resolutions replace not', async () => {
    const member =
      '-- packages/member/package.json --\n{ "name": "member", "dependencies": { "new": "^1.0.0", "replaced": "^1" } }\n';
    const members = {
      name: 'root',
      private: true,
      workspaces: ['packages/*'],
      dependencies: { tagged: 'latest' },
      resolutions: { '**/replaced': '2.0.0' },
    };
    const fails = 'has no entry in yarn.lock, so yarn install --frozen-lockfile fails. Update the lockfile.';
    assert.deepEqual(await messages(manifest(members) + member + lock), [
      `"tagged" is "latest" and ${fails}`,
      `"new" is "^1.0.0" and ${fails}`,
    ]);
  });

  test('its own commands', async () => {
    const workspace = await openWorkspace(manifest({ dependencies: { tagged: 'latest' } }) + lock);
    const [finding] = workspace.findings(RULE);
    assert.equal(finding?.severity, 'warning');
    const commands = workspace.snapshot.fixesOf(finding!).map(({ command }) => command);
    assert.ok(commands.includes('yarn install --ignore-scripts'));
  });
});

describe('Yarn 2 and later', () => {
  const lock = `-- yarn.lock --
__metadata:
  version: 8
  cacheKey: 10c0

"linked@link:./linked::locator=shop%40workspace%3A.":
  version: 0.0.0-use.local
  resolution: "linked@link:./linked::locator=shop%40workspace%3A."
  languageName: node
  linkType: soft

"patched@npm:1.0.0":
  version: 1.0.0
  resolution: "patched@npm:1.0.0"
  checksum: 10c0/00
  languageName: node
  linkType: hard

"patched@patch:patched@npm%3A1.0.0#~/.yarn/patches/patched.patch":
  version: 1.0.0
  resolution: "patched@patch:patched@npm%3A1.0.0#~/.yarn/patches/patched.patch::version=1.0.0&hash=0a1b2c"
  checksum: 10c0/00
  languageName: node
  linkType: hard

"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
  dependencies:
    linked: "link:./linked"
    patched: "patch:patched@npm%3A1.0.0#~/.yarn/patches/patched.patch"
    tagged: "npm:next"
  languageName: unknown
  linkType: soft

"tagged@npm:next":
  version: 2.0.0
  resolution: "tagged@npm:2.0.0"
  checksum: 10c0/00
  languageName: node
  linkType: hard
`;

  test('as it writes what manifests declare', async () => {
    const dependencies = {
      linked: 'link:./linked',
      patched: 'patch:patched@npm:1.0.0#~/.yarn/patches/patched.patch',
      tagged: 'next',
    };
    assert.deepEqual(await messages(manifest({ name: 'shop', dependencies }) + lock), []);
  });

  test('the fix writes it as a manifest does', async () => {
    const source = manifest({ name: 'shop', dependencies: { tagged: '^2.0.0' } }) + lock;
    assert.deepEqual(await messages(source), [
      '"tagged" is "^2.0.0" here but "next" in yarn.lock, so yarn install --immutable fails. Update the lockfile.',
    ]);
    assert.match(await fixOf(source, RULE, /^Replace/), /"tagged": "next"/);
  });
});

describe('npm up to 4', () => {
  test('had no development dependencies in the file', async () => {
    const lock =
      '-- npm-shrinkwrap.json --\n{ "name": "shop", "dependencies": { "a": { "version": "1.0.0" } } }\n';
    const members = { dependencies: { a: '^1.0.0' }, devDependencies: { b: '^1.0.0' } };
    assert.deepEqual(await messages(manifest(members) + lock), []);
    assert.equal((await messages(manifest({ dependencies: { b: '^1.0.0' } }) + lock)).length, 1);
  });
});
