import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace } from '../../../workspace.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const OTHER = 'fedcba9876543210fedcba9876543210fedcba98';

test('everything but a full commit', () =>
  expectMarks(`-- package.json --
{
  "dependencies": {
    "a": "user/repo",
         ^^^^^^^^^^^ git-dependency-unpinned: "a" follows the default branch of its repository. Pin a full commit.
    "b": "github:user/repo#main",
                           ^^^^ git-dependency-unpinned: "b" follows the branch, tag or short commit "main". Pin a full commit.
    "c": "git+ssh://git@example.test/c.git#semver:^1",
                                           ^^^^^^^^^ git-dependency-unpinned: "c" follows the latest tag in the range "^1". Pin a full commit.
    "d": "user/repo#0123456",
                    ^^^^^^^ git-dependency-unpinned
    "e": "https://github.com/a/b/tree/v1",
                                      ^^ git-dependency-unpinned
    "f": "user/repo#path:packages/f",
         ^^^^^^^^^^^^^^^^^^^^^^^^^^^ git-dependency-unpinned
    "g": "user/repo#main::path:g",
                    ^^^^ git-dependency-unpinned
    "h": "user\\u002frepo#main"
         ^^^^^^^^^^^^^^^^^^^^^ git-dependency-unpinned
  }
}
`));

test('near misses', () =>
  expectMarks(
    `-- package.json --
{
  "dependencies": {
    "a": "user/repo#${COMMIT}",
    "b": "git+https://example.test/b.git#${COMMIT.toUpperCase()}",
    "c": "user/repo#${COMMIT}::path:c",
    "d": "user/repo#path:d&${COMMIT}",
    "e": "git@example.test:a/b.git#commit=${COMMIT}",
    "f": "https://codeload.github.com/a/b/tar.gz/${COMMIT}",
    "g": "https://github.com/a/b/archive/main.tar.gz",
    "h": "^1.0.0"
  }
}
`,
    { rules: ['git-dependency-unpinned'] },
  ));

const lock = (resolved: string) => `-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": {},
    "node_modules/a": { "version": "1.0.0", "resolved": "${resolved}" }
  }
}
`;

test("the fix writes the locked commit where the ref stands, in the author's own spelling", async () => {
  const cases = [
    ['user/a', `user/a#${COMMIT}`],
    ['github:user/a#main', `github:user/a#${COMMIT}`],
    ['git+https://github.com/user/a.git#semver:^1', `git+https://github.com/user/a.git#${COMMIT}`],
    ['https://github.com/user/a/tree/main', `https://github.com/user/a/tree/${COMMIT}`],
    ['git@github.com:User/a.git#', `git@github.com:User/a.git#${COMMIT}`],
    ['user/a#main::path:x', `user/a#${COMMIT}::path:x`],
    ['user/a#path:x', `user/a#${COMMIT}::path:x`],
  ];
  for (const [declared, expected] of cases) {
    const source = `-- package.json --
{ // one line
   "dependencies": { "a": "${declared}" /* here */ }
}
${lock(`git+ssh://git@github.com/user/a.git#${COMMIT}`)}-- .gitignore --
package-lock.json
`;
    const fixed = await fixOf(source, 'git-dependency-unpinned', /^Replace with "a": /);
    assert.equal(fixed, source.replace(`"${declared}"`, `"${expected}"`));
    const workspace = await openWorkspace(source);
    const [fix] = workspace.snapshot.fixesOf(workspace.findings('git-dependency-unpinned')[0]!);
    assert.equal(fix?.applicability, 'safe');
  }
});

test('no fix from another repository, and none where nothing is locked', async () => {
  const manifest = '-- package.json --\n{ "dependencies": { "a": "user/a#main" } }\n';
  for (const source of [manifest, manifest + lock(`git+ssh://git@github.com/evil/a.git#${OTHER}`)]) {
    const workspace = await openWorkspace(source);
    const [finding] = workspace.findings('git-dependency-unpinned');
    const titles = workspace.snapshot.fixesOf(finding!).map((fix) => fix.title);
    assert.deepEqual(
      titles.filter((title) => title.startsWith('Replace')),
      [],
    );
  }
});

test('a locked git entry without a full commit', async () => {
  await expectMarks(`-- package.json --
{ "dependencies": { "a": "user/a#${COMMIT}" } }
-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": {},
    "node_modules/a": {
      "version": "1.0.0",
      "resolved": "git+ssh://git@github.com/user/a.git#main"
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ git-dependency-unpinned: The lockfile names no full commit for "a", which comes from git. Lock it again.
    }
  }
}
`);
});

describe('in the lockfiles of other package managers', () => {
  const RULE = 'git-dependency-unpinned';
  const MARK = `${RULE}: The lockfile names no full commit for "a", which comes from git. Lock it again.`;
  const manifest = (declared: string) =>
    `-- package.json --\n{ "name": "shop", "dependencies": { "a": "${declared}#${COMMIT}" } }\n`;

  const pnpm = (members: string, mark = '') => `-- pnpm-lock.yaml --
lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      a:
        specifier: github:user/a#${COMMIT}
        version: git+https://git.example.test/user/a.git#x

packages:

  a@git+https://git.example.test/user/a.git#x:
    resolution: {${members}}
${mark}    version: 1.0.0

snapshots:

  a@git+https://git.example.test/user/a.git#x: {}
`;

  test('pnpm', async () => {
    const repo = 'https://git.example.test/user/a.git';
    await expectMarks(manifest('github:user/a') + pnpm(`commit: ${COMMIT}, repo: ${repo}, type: git`), {
      rules: [RULE],
    });
    const mark = `${' '.repeat(37)}${'^'.repeat(repo.length)} ${MARK}\n`;
    await expectMarks(manifest('github:user/a') + pnpm(`commit: main, repo: ${repo}, type: git`, mark));
  });

  const classic = (address: string, mark = '') => `-- yarn.lock --
# yarn lockfile v1


"a@user/a#${COMMIT}":
  version "1.0.0"
  resolved "${address}"
${mark}`;

  test('Yarn 1, where a hash behind an archive is no commit', async () => {
    const archive = (ref: string) => `https://codeload.example.test/user/a/tar.gz/${ref}`;
    await expectMarks(manifest('user/a') + classic(archive(COMMIT)), { rules: [RULE] });
    const address = `${archive('main')}#${OTHER}`;
    await expectMarks(
      manifest('user/a') + classic(address, `${' '.repeat(11)}${'^'.repeat(address.length + 2)} ${MARK}\n`),
    );
  });

  test('an https address that ends with .git is one to Yarn, and a tarball to npm', async () => {
    const source = (manager: string, mark = '') =>
      `-- package.json --
{
  "packageManager": "${manager}",
  "dependencies": {
    "a": "https://git.example.test/user/a.git#main"
${mark}  }
}
`;
    await expectMarks(
      source(
        'yarn@4.18.1',
        `${' '.repeat(46)}^^^^ ${RULE}: "a" follows the branch, tag or short commit "main". Pin a full commit.\n`,
      ),
    );
    await expectMarks(source('npm@11.0.0'), { rules: [RULE] });
    const workspace = await openWorkspace(source('yarn@4.18.1'));
    assert.match(workspace.findings('exotic-dependency')[0]!.message, /^"a" comes from git /);
  });

  const bun = (resolution: string, mark = '') => `-- bun.lock --
{
  "lockfileVersion": 1,
  "workspaces": { "": { "name": "shop", "dependencies": { "a": "user/a#${COMMIT}" } } },
  "packages": {
    "a": ["a@${resolution}", {}, "user-a-0123456"],
${mark}  }
}
`;

  test('Bun, which shortens the commits of hosts that it knows', async () => {
    for (const resolution of [`git+https://git.example.test/user/a.git#${COMMIT}`, 'github:user/a#0123456']) {
      await expectMarks(manifest('user/a') + bun(resolution), { rules: [RULE] });
    }
    const branch = 'git+https://git.example.test/user/a.git#main';
    await expectMarks(
      manifest('user/a') + bun(branch, `${' '.repeat(13)}${'^'.repeat(branch.length)} ${MARK}\n`),
    );
  });
});

describe('in a catalog', () => {
  const source = (value: string) => `-- package.json --
{ "name": "shop", "dependencies": { "a": "catalog:" } }
-- pnpm-workspace.yaml --
catalog:
  a: ${value}
-- pnpm-lock.yaml --
lockfileVersion: '9.0'

catalogs:
  default:
    a:
      specifier: ${value}
      version: 1.0.0

importers:

  .:
    dependencies:
      a:
        specifier: 'catalog:'
        version: https://codeload.github.com/user/a/tar.gz/${COMMIT}

packages:

  a@https://codeload.github.com/user/a/tar.gz/${COMMIT}:
    resolution: {tarball: https://codeload.github.com/user/a/tar.gz/${COMMIT}}
    version: 1.0.0

snapshots:

  a@https://codeload.github.com/user/a/tar.gz/${COMMIT}: {}
-- .gitignore --
pnpm-lock.yaml
`;

  test('it is reported where it stands, as what comes from git', async () => {
    const workspace = await openWorkspace(source('github:user/a#main'));
    const found = ['git-dependency-unpinned', 'exotic-dependency'].flatMap((rule) =>
      workspace
        .findings(rule)
        .map(({ uri, span }) => workspace.snapshot.textOf(uri)?.slice(span.start, span.end)),
    );
    assert.deepEqual(found, ['main', 'github:user/a#main']);
  });

  test('the fix pins the commit that is locked', async () => {
    const fixed = await fixOf(
      source('"github:user/a#main"'),
      'git-dependency-unpinned',
      /^Replace with "a": /,
    );
    assert.match(fixed, new RegExp(`\\n {2}a: "github:user/a#${COMMIT}"\\n`));
  });
});
