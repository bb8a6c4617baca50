import assert from 'node:assert/strict';
import { test } from 'node:test';
import { expectMarks, fixOf, openWorkspace } from '../../workspace.ts';

const COMMIT = '0123456789abcdef0123456789abcdef01234567';
const OTHER = 'fedcba9876543210fedcba9876543210fedcba98';

test('everything but a full commit', () =>
  expectMarks(`-- package.json --
{
  "dependencies": {
    "a": "user/repo",
         ^^^^^^^^^^^ git-dependency-unpinned: "a" follows the default branch of its repository; pin a full commit.
    "b": "github:user/repo#main",
                           ^^^^ git-dependency-unpinned: "b" follows the branch, tag or short commit "main"; pin a full commit.
    "c": "git+ssh://git@example.test/c.git#semver:^1",
                                           ^^^^^^^^^ git-dependency-unpinned: "c" follows the newest tag in the range "^1"; pin a full commit.
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
${lock(`git+ssh://git@github.com/user/a.git#${COMMIT}`)}`;
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
                  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ git-dependency-unpinned: The lockfile names no full commit for "a", which comes from git; lock it again.
    }
  }
}
`);
});
