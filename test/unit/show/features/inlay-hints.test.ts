import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { inlayHints } from '../../../../server/src/core/show/features/inlay-hints.ts';
import { openWorkspace } from '../../../workspace.ts';
import { MANAGERS, type ManagerFixture, openFixture } from './manager-fixtures.ts';

const EVERYTHING = { start: 0, end: Number.MAX_SAFE_INTEGER };

describe('hints of locked versions', () => {
  for (const manager of Object.keys(MANAGERS) as ManagerFixture[]) {
    test(`with ${manager}, each member its own, and none behind a pin`, async () => {
      const { owner, file, lockfile } = await openFixture(manager);
      const labels = (path: string) =>
        inlayHints(owner.project, owner.files, file(path), EVERYTHING).map(({ label }) => label);
      // Bun has the catalog in the root's manifest.
      const ofCatalog = manager === 'bun' ? ['1.4.0'] : [];
      assert.deepEqual(labels('package.json'), [...ofCatalog, '2.0.4', '1.2.8', '1.4.0', '1.2.8', '2.6.3']);
      assert.deepEqual(labels('packages/app/package.json'), ['0.2.4', '1.4.0']);
      assert.deepEqual(labels(lockfile), []);
    });
  }

  test('stand in catalogs as well', async () => {
    for (const [manager, path] of [
      ['pnpm', 'pnpm-workspace.yaml'],
      ['yarn-berry', '.yarnrc.yml'],
    ] as const) {
      const { owner, file } = await openFixture(manager);
      const { text } = file(path);
      const [hint, ...others] = inlayHints(owner.project, owner.files, file(path), EVERYTHING);
      assert.equal(hint?.label, '1.4.0');
      assert.equal(text.slice(0, hint.offset).split('\n').at(-1), '  once: ^1.4.0');
      assert.deepEqual(others, []);
    }
  });

  const SOURCE = `-- package.json --
{
  "workspaces": ["packages/*"],
  "dependencies": {
    "range": "^1.0.0", "same-line": "*",
    "pin": "1.0.0",
    "odd-pin": "=v1.0.0",
    "alias-pin": "npm:range@1.0.0",
    "other-pin": "2.0.0",
    "git": "git+https://git.example.test/o/r.git#main",
    "git-pin": "git+https://git.example.test/o/r.git#0123456789012345678901234567890123456789",
    "member": "*",
    "missing": "^1.0.0",
    "last": "latest"
  },
  "peerDependencies": { "range": "^1.0.0" }
}
-- packages/member/package.json --
{ "name": "member", "version": "1.0.0" }
-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": {},
    "node_modules/range": { "version": "1.0.0", "resolved": "https://registry.public.example.test/a/-/a.tgz" },
    "node_modules/same-line": { "version": "1.5.0" },
    "node_modules/pin": { "version": "1.0.0" },
    "node_modules/odd-pin": { "version": "1.0.0" },
    "node_modules/alias-pin": { "name": "range", "version": "1.0.0" },
    "node_modules/other-pin": { "version": "1.0.0" },
    "node_modules/git": {
      "version": "1.0.0",
      "resolved": "git+ssh://git@git.example.test/o/r.git#0123456789012345678901234567890123456789"
    },
    "node_modules/git-pin": {
      "version": "1.0.0",
      "resolved": "git+ssh://git@git.example.test/o/r.git#0123456789012345678901234567890123456789"
    },
    "node_modules/member": { "resolved": "packages/member", "link": true },
    "node_modules/last": { "version": "3.0.0" },
    "packages/member": { "version": "1.0.0" }
  }
}
`;

  test('stand behind the comma, and only where they add something', async () => {
    const workspace = await openWorkspace(SOURCE);
    const uri = workspace.uri('package.json');
    const owner = workspace.snapshot.projectOf(uri)!;
    const hints = inlayHints(owner.project, owner.files, owner.files.get(uri)!, EVERYTHING);
    const text = workspace.text('package.json')!;
    assert.deepEqual(
      hints.map(({ offset, label }) => `${text.slice(0, offset).split('"').slice(-4).join('"')} ${label}`),
      [
        'range": "^1.0.0", 1.0.0',
        'same-line": "*", 1.5.0',
        'other-pin": "2.0.0", 1.0.0',
        'git": "git+https://git.example.test/o/r.git#main", 0123456789',
        'last": "latest" 3.0.0',
      ],
    );
    assert.equal(hints[0]!.tooltip, 'range 1.0.0 is locked in package-lock.json.');
    assert.equal(hints[0]!.place.uri, workspace.uri('package-lock.json'));
  });

  test('only those of the part that is asked for', async () => {
    const workspace = await openWorkspace(SOURCE);
    const uri = workspace.uri('package.json');
    const owner = workspace.snapshot.projectOf(uri)!;
    const line = workspace.text('package.json')!.indexOf('"same-line"');
    const part = { start: line, end: line + 20 };
    const hints = inlayHints(owner.project, owner.files, owner.files.get(uri)!, part);
    assert.deepEqual(
      hints.map(({ label }) => label),
      ['1.5.0'],
    );
  });
});
