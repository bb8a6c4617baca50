import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { canonicalUri } from '../../../server/src/core/read/text/paths/uri.ts';
import type { DirectoryItem } from '../../../server/src/engine/ports.ts';
import { cpuTime } from '../../cpu-time.ts';
import { findingsOf, memoryFiles, ROOT } from '../../workspace.ts';
import { loadHarness, manifest, openHarness } from './session-harness.ts';

describe('patterns of workspaces', () => {
  const files = (patterns: unknown) => ({
    'package.json': JSON.stringify({ workspaces: patterns }),
    'a/package.json': manifest(),
    '../outside/package.json': manifest(),
  });

  for (const patterns of [
    ['../*'],
    ['/etc/*'],
    ['file:///workspace/a'],
    ['a/../../outside'],
    ['\0'],
    ['~/*'],
  ]) {
    test(`${JSON.stringify(patterns)} claim nothing`, async () => {
      const { projects, reads } = await loadHarness(files(patterns));
      assert.deepEqual(Object.keys(projects()), ['', 'a']);
      assert.ok(!reads.some((path) => path.startsWith('..')), 'nothing outside the folder is read');
    });
  }

  for (const workspaces of [7, 'a', null, true, {}, { packages: 'a' }, [[['a']]], [null, 7, {}]]) {
    test(`${JSON.stringify(workspaces)} is no list of them`, async () => {
      const { projects } = await loadHarness(files(workspaces));
      assert.deepEqual(Object.keys(projects()), ['', 'a']);
    });
  }

  test('as many and as long as anybody likes', async () => {
    const patterns = Array.from({ length: 2000 }, (_, at) => `${'*a'.repeat(200)}${at}`);
    const { projects } = await loadHarness(files([...patterns, 'x'.repeat(1_000_000), 'a']));
    assert.deepEqual(Object.keys(projects()), ['']);
  });

  test('that claim at every level, deep down', async () => {
    const deep: Record<string, string> = {};
    for (let path = '', at = 0; at < 60; at++, path += 'd/') {
      deep[`${path}package.json`] = manifest({ workspaces: ['**'] });
    }
    const { projects } = await loadHarness(deep);
    assert.deepEqual(Object.keys(projects()), ['']);
  });
});

describe('names', () => {
  for (const name of [
    '50%',
    '%41',
    'a b',
    'ä',
    '日本',
    'a#b?c',
    "it's (1)",
    '[a]',
    '{a,b}',
    '!a',
    '\\',
    '..a',
    ' ',
    '%2e%2e',
  ]) {
    test(`a folder named ${JSON.stringify(name)} is one like others`, async () => {
      const files = {
        'package.json': manifest({ workspaces: ['*'] }),
        [`${name}/package.json`]: manifest({ name: 'x' }),
      };
      const { session, uri, projects } = await loadHarness(files);
      const expected = name.startsWith('.') ? ['', name] : [''];
      assert.deepEqual(Object.keys(projects()), expected);
      const asked = await session.ensureProject(canonicalUri(uri(`${name}/package.json`)));
      assert.ok(asked?.files.has(uri(`${name}/package.json`)));
    });
  }

  test('with a lone surrogate or a line end harm nothing', async () => {
    const items: DirectoryItem[] = [
      { name: '\uD800', type: 'directory' },
      { name: 'a\nb', type: 'directory' },
      { name: 'package.json', type: 'file' },
    ];
    const read: string[] = [];
    const { session } = openHarness(
      {},
      {
        ports: {
          files: {
            async read(uri) {
              read.push(uri);
              return uri.endsWith('package.json') ? { type: 'text', text: '{}' } : { type: 'missing' };
            },
            list: async (directory) => (directory === ROOT ? items : items.slice(2)),
          },
        },
      },
    );
    await session.loadFolder(ROOT);
    assert.equal(session.snapshot().projects.length, 3);
    assert.ok(read.every((uri) => canonicalUri(uri) === uri));
  });
});

describe('URIs', () => {
  test('of Windows in any spelling are one file', async () => {
    const texts = new Map([['file:///c%3A/work/package.json', manifest({ name: 'x' })]]);
    const { session } = openHarness({}, { ports: { files: memoryFiles(texts) } });
    session.setFolders([canonicalUri('file:///C:/work')]);
    for (const spelling of ['file:///c%3A/work/package.json', 'file:///C:/work/package.json']) {
      const project = await session.ensureProject(canonicalUri(spelling));
      assert.equal(project?.project.root, 'file:///c%3A/work');
    }
    assert.equal(session.snapshot().projects.length, 1);
  });

  for (const uri of [
    'untitled:Untitled-1',
    'untitled:package.json',
    'git:/a/package.json?{"ref":"~"}',
    'x:',
    ':',
    '',
  ]) {
    test(`${JSON.stringify(uri)} has no project, and does no harm`, async () => {
      const { session } = openHarness({ 'package.json': manifest() });
      const canonical = canonicalUri(uri);
      session.setOverlay(canonical, '{ "dependencies": { "lodahs": "1.0.0" } }');
      await session.ensureProject(canonical);
      assert.ok(findingsOf(session.snapshot()).every((finding) => finding.uri === canonical));
      await session.filesChanged([canonical]);
      await session.removeOverlay(canonical);
      assert.deepEqual(findingsOf(session.snapshot()), []);
    });
  }
});

describe('sizes', () => {
  test('10,000 folders are walked once each', async () => {
    const { session, lists } = manyFolders(100, 100);
    await session.loadFolder(ROOT);
    assert.equal(session.snapshot().projects.length, 1);
    assert.equal(session.snapshot().projects[0]?.files.size, 101);
    // The root is also searched for files of CI services.
    const most = (uri: string) => (uri === ROOT ? 3 : 2);
    assert.ok(lists.size > 10_000 && [...lists].every(([uri, count]) => count <= most(uri)));
  });

  test('a walk of a root goes no deeper than its patterns', async () => {
    const { session, lists } = manyFolders(100, 100);
    await session.ensureProject(`${ROOT}/package.json`);
    // The folders of the first level, the root, and the one above it, in which a repository may be.
    assert.ok(lists.size <= 102);
  });

  test('lines of a .gitignore with many stars take no time', async () => {
    const name = 'a'.repeat(200);
    const lines = [`${'*a'.repeat(100)}b`, `${'**/'.repeat(100)}b`, `${'*'.repeat(5000)}b`, 'dist/'];
    const before = cpuTime();
    const { projects } = await loadHarness({
      '.gitignore': lines.join('\n'),
      [`${name}/package.json`]: manifest(),
      'dist/package.json': manifest(),
    });
    assert.ok(cpuTime() - before < 2000);
    assert.deepEqual(Object.keys(projects()), [name]);
  });

  test('so are globs of a configuration file', async () => {
    const name = 'a'.repeat(200);
    const exclude = [`${'*a'.repeat(100)}b`, `${'**/'.repeat(100)}b`, 'x'.repeat(10_000), 'dist'];
    const before = cpuTime();
    const { projects } = await loadHarness({
      'dependency-hygiene.json': manifest({ exclude }),
      [`${name}/package.json`]: manifest(),
      'dist/package.json': manifest(),
    });
    assert.ok(cpuTime() - before < 2000);
    assert.deepEqual(Object.keys(projects()), [name]);
  });
});

/** Returns a root whose hundred members each have a hundred folders without a manifest. */
function manyFolders(members: number, folders: number) {
  const lists = new Map<string, number>();
  const one: DirectoryItem = { name: 'package.json', type: 'file' };
  const many = (count: number): DirectoryItem[] =>
    Array.from({ length: count }, (_, at) => ({ name: `d${at}`, type: 'directory' }));
  const text = JSON.stringify({ workspaces: ['*'] });
  const depthOf = (uri: string) => uri.slice(ROOT.length).split('/').length - 1;
  const { session } = openHarness(
    {},
    {
      ports: {
        files: {
          read: async (uri) =>
            uri.endsWith('/package.json') && depthOf(uri) <= 2 ? { type: 'text', text } : { type: 'missing' },
          async list(uri) {
            lists.set(uri, (lists.get(uri) ?? 0) + 1);
            const depth = depthOf(uri);
            return depth === 0 ? [...many(members), one] : depth === 1 ? [...many(folders), one] : [];
          },
        },
      },
    },
  );
  return { session, lists };
}
