import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { testEveryFix } from '../every-fix.ts';
import { openFiles } from '../workspace.ts';

/**
 * One workspace as each package manager locks it, tampered with in three places by `test/registry/tamper.ts`. Nothing
 * else is wrong, so that every other finding is a false alarm.
 */
const MANAGERS = path.resolve(import.meta.dirname, '../fixtures/managers');
const files = new Map(
  globSync(['**/*.*', '**/.*'], { cwd: MANAGERS, withFileTypes: true })
    .filter((item) => item.isFile())
    .map((item) => path.join(item.parentPath, item.name))
    .map((file) => [path.relative(MANAGERS, file).split(path.sep).join('/'), readFileSync(file, 'utf8')]),
);
const workspace = await openFiles(files);

const WRAPPY = 'https://registry.example.test/wrappy/-/wrappy-1.0.2.tgz';
const FOREIGN = 'https://downloads.evil.example.test/tslib/-/tslib-2.6.3.tgz';
const ALIAS_HASH =
  'sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==';

/** The tokens that are underlined in each lockfile, by rule, in the order of the text. */
const EXPECTED: Readonly<Record<string, readonly (readonly [rule: string, token: string])[]>> = {
  'bun/bun.lock': [
    ['lockfile-integrity-missing', '"inherits"'],
    ['lockfile-entry-mismatch', `"${WRAPPY}"`],
    ['lockfile-integrity-mismatch', `"${ALIAS_HASH}"`],
    ['lockfile-foreign-source', `"${FOREIGN}"`],
  ],
  'npm/package-lock.json': [
    ['lockfile-integrity-missing', '"node_modules/inherits"'],
    ['lockfile-entry-mismatch', `"${WRAPPY}"`],
    ['lockfile-integrity-mismatch', `"${ALIAS_HASH}"`],
    ['lockfile-foreign-source', `"${FOREIGN}"`],
  ],
  'pnpm/pnpm-lock.yaml': [
    ['lockfile-integrity-missing', 'inherits@2.0.4'],
    ['lockfile-entry-mismatch', WRAPPY],
    ['lockfile-foreign-source', FOREIGN],
  ],
  'yarn-berry/yarn.lock': [
    ['lockfile-integrity-missing', '"inherits@npm:^2.0.4"'],
    ['lockfile-entry-mismatch', encodeURIComponent(WRAPPY)],
    ['lockfile-foreign-source', encodeURIComponent(FOREIGN)],
  ],
  'yarn-classic/yarn.lock': [
    ['lockfile-integrity-missing', 'inherits@^2.0.4'],
    ['lockfile-entry-mismatch', `"${WRAPPY}#b5243d8f3ec1aa35f1364605bc0d1036e30ab69f"`],
    ['lockfile-integrity-mismatch', ALIAS_HASH],
    ['lockfile-foreign-source', `"${FOREIGN}#0438f810ad7a9edcde7a241c3d80db693c8cbfe0"`],
  ],
};

describe('a workspace of each package manager', () => {
  for (const [file, expected] of Object.entries(EXPECTED)) {
    test(`${file} is marked where it was tampered with`, () => {
      const text = workspace.text(file)!;
      const { findings } = workspace.snapshot.diagnose(workspace.uri(file));
      assert.deepEqual(
        findings.map(({ rule, span }) => [rule, text.slice(span.start, span.end)]),
        expected,
      );
    });
  }

  test('nothing else is found, and every file was read', () => {
    const uris = new Set(Object.keys(EXPECTED).map((file) => workspace.uri(file)));
    const others = workspace.findings().filter(({ uri }) => !uris.has(uri));
    assert.deepEqual(
      others.map(({ uri, message }) => `${uri}: ${message}`),
      [],
    );
    const { projects } = workspace.snapshot;
    assert.equal(projects.length, Object.keys(EXPECTED).length);
    for (const { uri, status, reason } of projects.flatMap(({ statuses }) => statuses)) {
      assert.equal(status, 'checked', `${uri}: ${reason}`);
    }
  });
});

describe('every fix in them, each on a copy of its own', () => testEveryFix(files, workspace));
