import assert from 'node:assert/strict';
import {
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { after, describe, test } from 'node:test';
import { addedFiles } from '../../../../server/src/node/installed/added-files.ts';
import { archiveOf, MAX_ARCHIVE } from '../../../../server/src/node/installed/archives/archive.ts';
import { readMsgpack } from '../../../../server/src/node/installed/archives/read-msgpack.ts';
import { storeIndex } from '../../../../server/src/node/installed/archives/store-index.ts';
import { changedFiles } from '../../../../server/src/node/installed/changed-files.ts';
import { readPnp } from '../../../../server/src/node/installed/read-pnp.ts';
import { walkInstalled } from '../../../../server/src/node/installed/walk-installed.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'installed-')));
after(() => rmSync(folder, { recursive: true, force: true }));
let count = 0;

/** Writes files into a folder of their own; a text that begins with `-> ` makes a link. */
function written(files: Readonly<Record<string, string>>): string {
  const root = join(folder, `${++count}`);
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    if (text.startsWith('-> ')) symlinkSync(text.slice(3), join(root, path));
    else writeFileSync(join(root, path), text);
  }
  return root;
}

const manifest = (name: string, more: object = {}) => JSON.stringify({ name, version: '1.0.0', ...more });
const shown = (root: string) =>
  walkInstalled(root, []).packages.map(
    ({ path, folder: name, linkedTo, isBrought }) =>
      `${path} ${name}${linkedTo === undefined ? '' : ` -> ${linkedTo}`}${isBrought ? ' brought' : ''}`,
  );

describe('what is installed', () => {
  test('a store counts as far as links lead to it', () => {
    const root = written({
      'node_modules/.store/a/node_modules/a/package.json': manifest('a'),
      'node_modules/.store/a/node_modules/b': '-> ../../b/node_modules/b',
      'node_modules/.store/b/node_modules/b/package.json': manifest('b'),
      'node_modules/.store/left-over/node_modules/left-over/package.json': manifest('left-over'),
      'node_modules/a': '-> .store/a/node_modules/a',
      'node_modules/member': '-> ../packages/member',
      'packages/member/package.json': manifest('member'),
    });
    assert.deepEqual(shown(root).sort(), [
      'node_modules/.store/a/node_modules/a a',
      'node_modules/.store/b/node_modules/b b',
      'node_modules/member member -> packages/member',
    ]);
  });

  test('circles of links and broken ones end', () => {
    const root = written({
      'node_modules/a/package.json': manifest('a'),
      'node_modules/a/node_modules/a': '-> ../../a',
      'node_modules/gone': '-> ../nowhere',
      'node_modules/self': '-> self',
      'node_modules/broken/package.json': '{ "name": [',
      'node_modules/broken/index.js': '',
      'node_modules/empty/readme.md': '',
    });
    assert.deepEqual(shown(root).sort(), ['node_modules/a a', 'node_modules/broken broken']);
  });

  test('packages inside of one that bundles or installs some are known', () => {
    const root = written({
      'node_modules/a/package.json': manifest('a', { bundleDependencies: ['b'] }),
      'node_modules/a/node_modules/b/package.json': manifest('b'),
      'node_modules/c/package.json': manifest('c', { scripts: { install: 'x' } }),
      'node_modules/c/node_modules/d/package.json': manifest('d'),
    });
    assert.deepEqual(shown(root).sort(), [
      'node_modules/a a',
      'node_modules/a/node_modules/b b brought',
      'node_modules/c c',
      'node_modules/c/node_modules/d d brought',
    ]);
  });

  test('a file that Node.js loads in the place of a package is one', () => {
    const root = written({
      'node_modules/.package-lock.json': '{}',
      'node_modules/@scope/b.js': '',
      'node_modules/a/package.json': manifest('a'),
      'node_modules/a.js': '',
      'node_modules/a.json': '{}',
      'node_modules/c.node': '',
      'node_modules/other.json': '{}',
      'node_modules/readme.md': '',
    });
    assert.deepEqual(shown(root).sort(), [
      'node_modules/@scope/b.js @scope/b.js',
      'node_modules/a a',
      'node_modules/a.js a.js',
      'node_modules/a.json a.json',
      'node_modules/c.node c.node',
    ]);
  });
});

describe('changed files', () => {
  const body = (text: string) => new TextEncoder().encode(text);
  const archive = archiveOf([
    { path: 'package.json', body: body('{"name":"a","version":"1.0.0"}') },
    { path: 'cli.js', body: body('#!/usr/bin/env node\r\nrun();\n') },
    { path: 'gone.md', body: body('text') },
    { path: '.gitignore', body: body('dist') },
    { path: '../outside.js', body: body('x') },
  ]);

  test('an added file counts if Node.js loads it in the place of a published one', () => {
    const published = [
      'package.json',
      'index.js',
      'lib/index.js',
      'data.json',
      'esm/a.mjs',
      'esm/deep/b.js',
      'util.js',
    ];
    const root = written({
      ...Object.fromEntries(published.map((path) => [path, ''])),
      ...{
        'lib.js': '',
        'data.js': '',
        util: '',
        'esm/package.json': '{ "type": "commonjs" }',
        'esm/deep.node': '',
      },
      ...{
        'notes.js': '',
        'lib/other.js': '',
        'esm/new/package.json': '{}',
        'index.json': '',
        'node_modules/b/index.js': '',
      },
    });
    assert.deepEqual(addedFiles(root, published).toSorted(), [
      'data.js',
      'esm/deep.node',
      'esm/package.json',
      'lib.js',
      'util',
    ]);
  });

  test('what package managers change themselves is no change', () => {
    const root = written({
      'package.json': '{ "name": "a", "version": "1.0.0", "_id": "a@1.0.0", "bundleDependencies": false }',
      'cli.js': '#!/usr/bin/env node\nrun();\n',
      '.gitignore': 'other',
      'generated.js': 'more',
    });
    assert.deepEqual(changedFiles(root, archive), []);
  });

  test('everything else is', () => {
    const root = written({
      'package.json': '{ "name": "a", "version": "1.0.0", "_id": "a@1.0.0", "scripts": {} }',
      'cli.js': '#!/usr/bin/env node\nrun(); steal();\n',
    });
    assert.deepEqual(changedFiles(root, archive), ['cli.js', 'package.json']);
  });

  test('so is something else in the place of a file, and a package without its package.json', () => {
    const root = written({
      'package.json/index.js': 'steal();',
      'cli.js/index.js': 'steal();',
    });
    assert.deepEqual(changedFiles(root, archive), ['cli.js', 'package.json']);
    assert.deepEqual(changedFiles(written({ 'index.js': 'steal();' }), archive), ['package.json']);
    assert.deepEqual(changedFiles(join(root, 'nowhere'), archive), []);
    assert.deepEqual(changedFiles(written({ 'node_modules/b/index.js': '' }), archive), []);
  });

  test('a file too large to compare leaves the package uncompared', () => {
    const root = written({ 'package.json': '{"name":"a","version":"1.0.0"}', 'cli.js': 'steal();' });
    truncateSync(join(root, 'cli.js'), MAX_ARCHIVE + 1);
    assert.equal(changedFiles(root, archive), undefined);
  });
});

test('a map of Plug and Play is read without running it, and gives nothing where it is none', async () => {
  assert.equal(await readPnp(written({ 'package.json': '{}' })), undefined);
  assert.equal(await readPnp(written({ '.pnp.cjs': 'process.exit(1)' })), undefined);
  const map = String.raw`const RAW_RUNTIME_STATE =
'{\
  "ignorePatternData": "(^(?:\\\\.yarn\\/x)$)\'",\
  "packageRegistryData": [\
    ["a", [\
      ["npm:1.0.0", { "packageLocation": "./a.zip/node_modules/a/", "linkType": "HARD" }],\
      ["virtual:00#npm:2.0.0", { "packageLocation": "./.yarn/__virtual__/a-virtual-00/1/b.zip/node_modules/a/", "linkType": "HARD" }],\
      ["patch:a@npm%3A3.0.0#./a.patch::version=3.0.0&hash=1&locator=x", { "packageLocation": "./c.zip/node_modules/a/", "linkType": "HARD" }],\
      ["https://npm.example.test/a.tgz", { "packageLocation": "./d.zip/node_modules/a/", "linkType": "HARD" }],\
      ["link:./a", { "packageLocation": "./a/", "linkType": "SOFT" }],\
      ["workspace:.", { "packageLocation": "./", "linkType": "SOFT" }]\
    ]]\
  ]\
}';
`;
  const root = written({ '.pnp.cjs': map });
  assert.deepEqual(
    (await readPnp(root))?.map(({ name, version, directory }) => [name, version, directory]),
    [
      ['a', '1.0.0', join(root, 'a.zip/node_modules/a')],
      ['a', '2.0.0', join(root, 'b.zip/node_modules/a')],
      ['a', '3.0.0', join(root, 'c.zip/node_modules/a')],
      ['a', undefined, join(root, 'd.zip/node_modules/a')],
    ],
  );
  const data = { packageRegistryData: [['a', [['npm:1.0.0', { packageLocation: 7 }]]], 'x', [null, 3]] };
  // The program uses its own map, whatever lies beside it.
  writeFileSync(join(root, '.pnp.data.json'), JSON.stringify(data));
  assert.equal((await readPnp(root))?.length, 4);
  assert.deepEqual(await readPnp(written({ '.pnp.data.json': JSON.stringify(data) })), []);
});

test('MessagePack that is cut off, too deep or of another kind is refused', () => {
  const bytes = (text: string) => new Uint8Array(Buffer.from(text.replaceAll(' ', ''), 'hex'));
  assert.deepEqual(readMsgpack(bytes('d4 72 40 91 a1 61 92 01 40 05')), { a: [1, { a: 5 }] });
  assert.deepEqual(readMsgpack(bytes('82 a1 61 c3 a1 62 cd 01 00')), { a: true, b: 256 });
  for (const wrong of [' ', '92 01', 'd9 ff 61', 'c1', 'd4 01 02', 'dd ff ff ff ff', '91'.repeat(40)])
    assert.throws(() => readMsgpack(bytes(wrong)), Error, wrong);
});

test('a store inside of the project is no evidence', async () => {
  const root = written({ 'node_modules/.modules.yaml': 'storeDir: store\n' });
  const inside = written({});
  mkdirSync(inside, { recursive: true });
  assert.equal(await storeIndex(inside), undefined);
  writeFileSync(join(root, 'node_modules/.modules.yaml'), `storeDir: ${join(root, 'store')}\n`);
  assert.equal(await storeIndex(root), undefined);
  const elsewhere = written({ 'store/v11/x': '' });
  const link = join(folder, 'link');
  symlinkSync(root, link);
  mkdirSync(join(root, 'store'));
  for (const [from, store, isOutside] of [
    [root, join(elsewhere, 'store'), true],
    [root, 'node_modules/.store', false],
    [root, `${elsewhere}/../${basename(root)}/store`, false],
    [root, join(link, 'store'), false],
    [link, join(root, 'store'), false],
  ] as const) {
    writeFileSync(join(root, 'node_modules/.modules.yaml'), JSON.stringify({ storeDir: store }));
    assert.equal((await storeIndex(from)) !== undefined, isOutside, store);
  }
});
