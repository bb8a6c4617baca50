import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { scopeNameOf } from '../../../../server/src/core/read/config/bun/bun-registries.ts';
import { readBunfig } from '../../../../server/src/core/read/config/bun/read-bunfig.ts';
import type { Located } from '../../../../server/src/core/read/text/span.ts';

const TEXT = `[test]
coverage = true

[install]
registry = { url = "https://npm.acme.example.test/", token = "$NPM_TOKEN" }
exact = true
saveTextLockfile = true
minimumReleaseAge = 259200
ignoreScripts = false

[install.scopes]
acme = "https://acme.example.test/"
"@other" = { url = "https://other.example.test/", username = "u", password = "$PW" }

[install.lockfile]
save = false
print = "yarn"

[install.security]
scanner = "@acme/scanner"
`;

describe('bunfig.toml', () => {
  const file = readBunfig('file:///w/bunfig.toml', TEXT, 'project');
  const cut = (located: Located<unknown> | undefined) =>
    located === undefined ? undefined : TEXT.slice(located.span.start, located.span.end);

  test('registries as text and as tables', () => {
    assert.deepEqual(file.problems, []);
    assert.deepEqual(
      [cut(file.registry?.url), cut(file.registry?.token)],
      ['"https://npm.acme.example.test/"', '"$NPM_TOKEN"'],
    );
    assert.deepEqual(
      file.scopes.map((scope) => [scopeNameOf(scope), cut(scope.scope), cut(scope.url), cut(scope.password)]),
      [
        ['@acme', 'acme', '"https://acme.example.test/"', undefined],
        ['@other', '"@other"', '"https://other.example.test/"', '"$PW"'],
      ],
    );
    assert.equal(
      readBunfig('', 'install.registry = "https://x/"', 'user').registry?.url?.value,
      'https://x/',
    );
  });

  test('settings of the lockfile and of what is installed', () => {
    assert.deepEqual(
      [
        file.lockfileSave,
        file.lockfilePrint,
        file.saveTextLockfile,
        file.minimumReleaseAge,
        file.ignoreScripts,
      ].map((located) => [located?.value, cut(located)]),
      [
        [false, 'false'],
        ['yarn', '"yarn"'],
        [true, 'true'],
        [259200, '259200'],
        [false, 'false'],
      ],
    );
    const scanner = file.setting('install', 'security', 'scanner')?.value;
    assert.equal(scanner?.type === 'scalar' && scanner.value, '@acme/scanner');
    assert.equal(file.setting('install', 'exact')?.key, 'exact');
    assert.equal(file.setting('nothing', 'at', 'all'), undefined);
  });

  test('values of a wrong type are left out', () => {
    const odd = readBunfig('', 'install = 1\n', 'project');
    assert.deepEqual([odd.registry, odd.scopes, odd.install], [undefined, [], []]);
    const list = readBunfig(
      '',
      '[install]\nregistry = ["x"]\nscopes = "x"\nminimumReleaseAge = "3"\n',
      'project',
    );
    assert.deepEqual([list.registry?.url, list.scopes, list.minimumReleaseAge], [undefined, [], undefined]);
  });
});
