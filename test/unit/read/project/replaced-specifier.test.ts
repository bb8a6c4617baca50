import assert from 'node:assert/strict';
import { test } from 'node:test';
import { replacedSpecifier } from '../../../../server/src/core/read/project/overrides/replaced-specifier.ts';
import { openFiles } from '../../../workspace.ts';

const SPAN = { start: 0, end: 0 };
const from = (name: string, version: string) => ({ name, version: { value: version, span: SPAN } });
const edge = (name: string, value: string) => ({ name, specifier: { value, span: SPAN } });

async function replacedIn(manifest: object, files: Readonly<Record<string, string>> = {}) {
  const workspace = await openFiles(
    new Map([['package.json', JSON.stringify(manifest)], ...Object.entries(files)]),
  );
  const { project } = workspace.snapshot.projects[0]!;
  return (parent: readonly [string, string], name: string, declared: string) =>
    replacedSpecifier(project, from(...parent), edge(name, declared));
}

test("what resolutions of Yarn 2 and later make of a package's dependency", async () => {
  const replaced = await replacedIn({
    packageManager: 'yarn@4.18.1',
    resolutions: { a: '1.0.0', 'b@npm:^2.0.0': '2.5.0', 'p/c': '3.0.0', 'p@npm:1.0.0/d': '4.0.0' },
  });
  assert.equal(replaced(['x', '1.0.0'], 'a', 'npm:^0.5.0'), '1.0.0');
  assert.equal(replaced(['x', '1.0.0'], 'b', '^2.0.0'), '2.5.0');
  assert.equal(replaced(['x', '1.0.0'], 'b', '^2.1.0'), undefined);
  assert.equal(replaced(['p', '9.0.0'], 'c', '^1.0.0'), '3.0.0');
  assert.equal(replaced(['x', '9.0.0'], 'c', '^1.0.0'), undefined);
  assert.equal(replaced(['p', '1.0.0'], 'd', '^1.0.0'), '4.0.0');
  assert.equal(replaced(['p', '2.0.0'], 'd', '^1.0.0'), undefined);
});

test('what those of Yarn 1 make of it, as far as the package itself tells', async () => {
  const replaced = await replacedIn({
    packageManager: 'yarn@1.22.22',
    resolutions: { a: '1.0.0', '**/b': '2.0.0', 'p/c': '3.0.0', 'q/**/d': '4.0.0' },
  });
  assert.equal(replaced(['x', '1.0.0'], 'a', '^0.5.0'), '1.0.0');
  assert.equal(replaced(['x', '1.0.0'], 'b', '^0.5.0'), '2.0.0');
  assert.equal(replaced(['p', '1.0.0'], 'c', '^0.5.0'), '3.0.0');
  assert.equal(replaced(['q', '1.0.0'], 'd', '^0.5.0'), undefined);
});

test('nothing for other package managers', async () => {
  const replaced = await replacedIn({ packageManager: 'pnpm@10.0.0', resolutions: { a: '1.0.0' } });
  assert.equal(replaced(['x', '1.0.0'], 'a', '^0.5.0'), undefined);
});

test('what catalogs of Yarn make of what a member declares, unless resolutions do', async () => {
  const replaced = await replacedIn(
    { packageManager: 'yarn@4.18.1', resolutions: { b: '9.0.0' } },
    { '.yarnrc.yml': 'catalog:\n  a: 1.2.0\n  b: 1.0.0\ncatalogs:\n  old:\n    a: ^0.5.0\n' },
  );
  assert.equal(replaced(['ui', '1.0.0'], 'a', 'catalog:'), '1.2.0');
  assert.equal(replaced(['ui', '1.0.0'], 'a', 'catalog:old'), '^0.5.0');
  assert.equal(replaced(['ui', '1.0.0'], 'a', 'catalog:none'), undefined);
  assert.equal(replaced(['ui', '1.0.0'], 'b', 'catalog:'), '9.0.0');
});
