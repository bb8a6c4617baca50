import assert from 'node:assert/strict';
import { test } from 'node:test';
import { installedScripts } from '../../../server/src/engine/projects/installed-scripts.ts';
import { lockedFor } from '../../formats/example-project.ts';
import { FORMATS } from '../../formats/lockfile-formats.ts';
import { openFiles, ROOT, testPorts } from '../../workspace.ts';

const SCRIPT = { scripts: { install: 'node i.js' } };

/** Returns the scripts by package that are found in these folders of a project. */
async function scriptsIn(format: string, folders: Readonly<Record<string, object>>) {
  const { file, write } = FORMATS.find(({ id }) => id === format)!;
  const declared = { '@acme/one': '1.0.0', two: '1.0.0' };
  const manifest = { name: 'shop', dependencies: declared };
  const locked = Object.keys(declared).map((name) => lockedFor(name, '1.0.0'));
  const files = new Map([
    ['package.json', JSON.stringify(manifest)],
    [file, write({ manifest, declared, locked, files: new Map() })],
    ...Object.entries(folders).map(([folder, json]): [string, string] => [
      `${folder}/package.json`,
      JSON.stringify(json),
    ]),
  ]);
  const { project } = (await openFiles(files)).snapshot.projects[0]!;
  const listed: string[] = [];
  const ports = testPorts(files).files;
  const counting = {
    read: ports.read,
    list: (directory: string) => {
      listed.push(directory.slice(ROOT.length + 1));
      return ports.list(directory);
    },
  };
  const found = await installedScripts(counting, project, project.lockfile!.entries);
  return {
    found: [...found].map(([{ name }, { scripts }]) => `${name} ${scripts.join(' ')}`).sort(),
    listed,
  };
}

test('packages at their places in node_modules, and in the store of pnpm', async () => {
  const one = { name: '@acme/one', version: '1.0.0', ...SCRIPT };
  const two = { name: 'two', version: '1.0.0', ...SCRIPT };
  const both = ['@acme/one install,node i.js', 'two install,node i.js'];
  const flat = { 'node_modules/@acme/one': one, 'node_modules/two': two };
  assert.deepEqual((await scriptsIn('npm-3', flat)).found, both);
  assert.deepEqual((await scriptsIn('yarn-1', flat)).found, both);
  const store = {
    'node_modules/.pnpm/@acme+one@1.0.0/node_modules/@acme/one': one,
    'node_modules/.pnpm/two@1.0.0(x@1.0.0)/node_modules/two': two,
  };
  assert.deepEqual((await scriptsIn('pnpm-9.0', store)).found, both);
});

test('another version, and nothing without an install, where a list of each place is enough', async () => {
  const other = { 'node_modules/two': { name: 'two', version: '2.0.0', ...SCRIPT } };
  assert.deepEqual((await scriptsIn('npm-3', other)).found, []);
  const { found, listed } = await scriptsIn('yarn-1', {});
  assert.deepEqual(found, []);
  assert.deepEqual(
    listed.filter((folder) => folder.includes('/')),
    ['node_modules/.pnpm', '.yarn/unplugged'],
  );
});
