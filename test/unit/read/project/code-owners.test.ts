import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readCodeOwners } from '../../../../server/src/core/read/project/code-owners.ts';

/** Checks owners by path. */
function expectOwners(text: string, expected: Readonly<Record<string, readonly string[]>>): void {
  const { ownersOf } = readCodeOwners(text);
  const found = Object.keys(expected).map((path) => [path, ownersOf(path)] as const);
  assert.deepEqual(Object.fromEntries(found), expected);
}

describe('readCodeOwners', () => {
  test('takes the last line that matches, as in the documentation of GitHub', () => {
    const text = `# The global owners.
*       @global-owner1 @global-owner2
*.js    @js-owner #This is an inline comment.
/build/logs/ @doctocat
docs/*  docs@example.test
apps/ @octocat
/docs/ @doctocat
/scripts/ @doctocat @octocat
**/logs @octocat
/apps/ @octocat
/apps/github
`;
    expectOwners(text, {
      'package.json': ['@global-owner1', '@global-owner2'],
      'src/a.js': ['@js-owner'],
      'build/logs/a/b.txt': ['@octocat'],
      'docs/a.md': ['@doctocat'],
      'lib/apps/package.json': ['@octocat'],
      'scripts/a/b.sh': ['@doctocat', '@octocat'],
      'apps/web/package.json': ['@octocat'],
      'apps/github/package.json': [],
    });
  });

  test('gives a pattern that ends in /* the files of its folder alone', () => {
    expectOwners('apps/* @a', { 'apps/package.json': ['@a'], 'apps/web/package.json': [] });
  });

  test('joins the sections of GitLab, whose owners are those of lines without any', () => {
    const text = '* @all\n[Frontend] @web\npackage.json\n^[Docs][2]\n*.md @docs\nREADME.md\n';
    expectOwners(text, {
      'package.json': ['@all', '@web'],
      'a.md': ['@all', '@docs'],
      'README.md': ['@all'],
      'a.ts': ['@all'],
    });
  });

  test('reads escaped spaces, and skips what GitHub does not read', () => {
    const text = '/my\\ app/ @a\n!package.json @b\nfile[12] @c\n@d\n\n   \r\n';
    expectOwners(text, { 'my app/package.json': ['@a'], 'package.json': [], file1: [] });
  });

  test('takes time in proportion to hostile text', () => {
    const text = `${'*a'.repeat(5000)} @a\n`.repeat(200);
    assert.deepEqual(readCodeOwners(text).ownersOf('b'.repeat(1000)), []);
  });
});
