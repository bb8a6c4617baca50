import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { readLockfile } from '../../../../server/src/core/read/lockfile/detect.ts';
import type { Lockfile } from '../../../../server/src/core/read/lockfile/model/lockfile.ts';
import type { LockfileKind } from '../../../../server/src/core/read/manager/model/files.ts';
import { MOST_LISTED, type OutlineItem, outline } from '../../../../server/src/core/show/features/outline.ts';
import { expectWellFormed } from '../../../outline-shape.ts';
import { MANAGERS, type ManagerFixture, openFixture } from './manager-fixtures.ts';

/** Prints one line per item, indented by its depth. */
function print(items: readonly OutlineItem[], indent = ''): string {
  return items
    .map(({ kind, name, detail, children }) => {
      const line = `${indent}${name}${detail === '' ? '' : ` ${detail}`}`;
      return kind === 'importer'
        ? `${line} [${children.length}]\n`
        : `${line}\n${print(children, `${indent}  `)}`;
    })
    .join('');
}

const read = (text: string, kind: LockfileKind): Lockfile => readLockfile('file:///lock', text, kind);

const EXPECTED: Readonly<Record<ManagerFixture, string>> = {
  npm: `(root) npm [5]
app link
inherits 2.0.4
minimist 1.2.8
once 1.4.0
parse minimist 1.2.8
tslib 2.6.3
wrappy 1.0.2
packages/app app [3]
minimist 0.2.4 for packages/app
`,
  'yarn-classic': `inherits 2.0.4
minimist 0.2.4
minimist 1.2.8
once 1.4.0
parse minimist 1.2.8
tslib 2.6.3
wrappy 1.0.2
`,
  'yarn-berry': `packages/app app [3]
inherits 2.0.4
minimist 0.2.4
minimist 1.2.8
once 1.4.0
tslib 2.6.3
wrappy 1.0.2
(root) yarn-berry [5]
`,
  pnpm: `importers 2
  (root) [5]
  packages/app [3]
packages 6
  inherits 2.0.4
  minimist 0.2.4
  minimist 1.2.8
  once 1.4.0
  tslib 2.6.3
  wrappy 1.0.2
`,
  bun: `workspaces 2
  (root) bun [5]
  packages/app app [3]
packages 8
  app workspace
  inherits 2.0.4
  minimist 1.2.8
  once 1.4.0
  parse minimist 1.2.8
  tslib 2.6.3
  wrappy 1.0.2
  minimist 0.2.4 for app
`,
};

describe('the outline of a lockfile', () => {
  for (const manager of Object.keys(MANAGERS) as ManagerFixture[]) {
    test(`of ${manager}`, async () => {
      const { file, lockfile } = await openFixture(manager);
      const model = file(lockfile);
      assert.equal(model.kind, 'lockfile');
      const items = outline(model as Lockfile);
      assert.equal(print(items), EXPECTED[manager]);
      expectWellFormed(items, model.text);
    });
  }

  test('what npm 6 nests stands below', () => {
    const text = JSON.stringify({
      lockfileVersion: 1,
      dependencies: {
        a: {
          version: '1.0.0',
          dependencies: { b: { version: '2.0.0', dependencies: { c: { version: '3.0.0' } } } },
        },
        d: { version: '4.0.0' },
      },
    });
    const items = outline(read(text, 'package-lock'));
    assert.equal(print(items), 'a 1.0.0\n  b 2.0.0 for a\n    c 3.0.0 for b\nd 4.0.0\n');
    expectWellFormed(items, text);
  });

  test('the only project of an older pnpm lockfile does not swallow its packages', () => {
    const text = `lockfileVersion: 5.3

specifiers:
  a: ^1.0.0

dependencies:
  a: 1.0.0

packages:

  /a/1.0.0:
    resolution: {integrity: sha512-AAAA}
    dev: false
`;
    const items = outline(read(text, 'pnpm'));
    assert.equal(print(items), 'importers 1\n  (root) [1]\npackages 1\n  a 1.0.0\n');
    expectWellFormed(items, text);
  });

  test('of broken and empty files what there is', () => {
    assert.deepEqual(outline(read('{', 'package-lock')), []);
    assert.deepEqual(outline(read('', 'yarn')), []);
    const cut =
      '{ "lockfileVersion": 3, "packages": { "node_modules/a": { "version": "1.0.0" }, "node_modules/b": {';
    assert.equal(print(outline(read(cut, 'package-lock'))), 'a 1.0.0\n');
  });

  test('a very long one is cut, and says so', () => {
    const packages = Object.fromEntries(
      Array.from({ length: MOST_LISTED + 5 }, (_, at) => [`node_modules/p${at}`, { version: '1.0.0' }]),
    );
    const items = outline(read(JSON.stringify({ lockfileVersion: 3, packages }), 'package-lock'));
    assert.equal(items.length, MOST_LISTED + 1);
    assert.equal(items.at(-1)!.name, '… and 5 more');
  });
});
