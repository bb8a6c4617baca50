import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace } from '../../workspace.ts';

const RULE = 'lockfile-out-of-sync';
const HASH =
  'sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==';
const REGISTRY = 'https://registry.public.example.test';
const manifest = (members: object) => `-- package.json --\n${JSON.stringify(members, undefined, 2)}\n`;

async function messages(source: string): Promise<readonly string[]> {
  const workspace = await openWorkspace(source);
  assert.equal(workspace.snapshot.projects[0]?.project.lockfile?.reason, undefined);
  return workspace.findings(RULE).map(({ message }) => message);
}

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
        `^1.5.0\n        ^^^^^^ ${RULE}: "once" is "^1.5.0" here but "^1.4.0" in pnpm-lock.yaml, so pnpm install --frozen-lockfile fails; update the lockfile.`,
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
        `^1.5.0\n        ^^^^^^ ${RULE}: "once" is "^1.5.0" and has no entry in yarn.lock, so yarn install --immutable fails; update the lockfile.`,
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
        `"^1.5.0"\n              ^^^^^^^^ ${RULE}: "once" is "^1.5.0" here but "^1.4.0" in bun.lock; update the lockfile.`,
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
    const fails = 'has no entry in yarn.lock, so yarn install --frozen-lockfile fails; update the lockfile.';
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
      '"tagged" is "^2.0.0" here but "next" in yarn.lock, so yarn install --immutable fails; update the lockfile.',
    ]);
    assert.match(await fixOf(source, RULE, /^Replace/), /"tagged": "next"/);
  });
});

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
      '"b" is not declared in pnpm-lock.yaml, so pnpm install --frozen-lockfile fails; update the lockfile.',
      '"a" is "^1.2.0" here but "^1.0.0" in pnpm-lock.yaml, so pnpm install --frozen-lockfile fails; update the lockfile.',
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
    `"a" is in "${to}" here but in "${from}" in pnpm-lock.yaml, so pnpm install --frozen-lockfile fails; update the lockfile.`;

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
      '"b" is not declared in pnpm-lock.yaml, so pnpm install --frozen-lockfile fails; update the lockfile.',
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

describe('Bun, which asks whether other packages would be locked', () => {
  const bun = (
    dependencies: Record<string, string>,
  ) => `${manifest({ name: 'shop', dependencies })}-- bun.lock --
{
  "lockfileVersion": 1,
  "workspaces": {
    "": {
      "name": "shop",
      "dependencies": { "left": "npm:real@^5.0.0", "ms": "^2.1.0", "tagged": "latest" },
    },
  },
  "packages": {
    "left": ["real@5.0.1", "", {}, "${HASH}"],
    "ms": ["ms@2.1.3", "", {}, "${HASH}"],
    "tagged": ["tagged@2.0.5", "", {}, "${HASH}"],
  }
}
`;
  const found = async (dependencies: Record<string, string>) =>
    (await openWorkspace(bun(dependencies)))
      .findings(RULE)
      .map(({ severity, message }) => `${severity}: ${message}`);

  test('another range, that the locked version fits', async () => {
    assert.deepEqual(await found({ ms: '^2.0.0', left: 'npm:real@^5.0.1', tagged: '*' }), [
      'information: "ms" is "^2.0.0" here but "^2.1.0" in bun.lock; bun install --frozen-lockfile still installs 2.1.3, which fits: update the lockfile to record it.',
      'information: "left" is "npm:real@^5.0.1" here but "npm:real@^5.0.0" in bun.lock; bun install --frozen-lockfile still installs 5.0.1, which fits: update the lockfile to record it.',
      'information: "tagged" is "*" here but "latest" in bun.lock; bun install --frozen-lockfile still installs 2.0.5, which fits: update the lockfile to record it.',
    ]);
  });

  test('what is not locked', async () => {
    assert.deepEqual(await found({ ms: '^3.0.0', left: 'npm:other@^5.0.0', new: '^1.0.0', tagged: 'next' }), [
      'warning: "ms" is "^3.0.0" here but "^2.1.0" in bun.lock, and bun install --frozen-lockfile fails as 2.1.3 is locked; update the lockfile.',
      'warning: "left" is "npm:other@^5.0.0" here but "npm:real@^5.0.0" in bun.lock, and bun install --frozen-lockfile fails as real 5.0.1 is locked; update the lockfile.',
      'warning: "new" is not declared in bun.lock, and bun install --frozen-lockfile fails as no version is locked; update the lockfile.',
      'warning: "tagged" is "next" here but "latest" in bun.lock; update the lockfile.',
    ]);
  });

  test('a version that is locked under another name', async () => {
    assert.deepEqual(await found({ real: '^5.0.0' }), [
      'warning: "real" is not declared in bun.lock; update the lockfile.',
    ]);
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

describe('members in a bun.lock of Bun 1.1', () => {
  const workspace = (
    declared: string,
    locked: string,
  ) => `${manifest({ name: 'shop', workspaces: ['packages/*'] })}-- packages/a/package.json --
{ "name": "a", "dependencies": { "b": "${declared}" } }
-- packages/b/package.json --
{ "name": "b", "version": "1.0.0" }
-- packages/c/package.json --
{ "name": "c", "version": "1.0.0" }
-- bun.lock --
{
  "lockfileVersion": 0,
  "workspaces": {
    "": { "name": "shop" },
    "packages/a": { "name": "a", "dependencies": { "b": "${locked}" } },
    "packages/b": { "name": "b", "version": "1.0.0" },
    "packages/c": { "name": "c", "version": "1.0.0" },
  },
  "packages": {
    "a": ["a@workspace:packages/a", { "dependencies": { "b": "${locked}" } }],
    "b": ["b@workspace:packages/b", {}],
    "c": ["c@workspace:packages/c", {}],
  }
}
`;

  test('their path stands for what asks for them', async () => {
    assert.deepEqual(await messages(workspace('workspace:*', 'packages/b')), []);
    assert.deepEqual(await messages(workspace('workspace:*', 'workspace:*')), []);
    assert.deepEqual(await messages(workspace('^1.0.0', 'packages/b')), []);
  });

  test("another member's path, or one for something else, does not", async () => {
    assert.equal((await messages(workspace('workspace:*', 'packages/c'))).length, 1);
    assert.equal((await messages(workspace('^2.0.0', 'packages/b'))).length, 1);
  });
});
