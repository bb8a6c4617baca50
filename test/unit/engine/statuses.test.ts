import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { relativeUri } from '../../../server/src/core/read/text/paths/uri.ts';
import { ROOT } from '../../workspace.ts';
import { EMPTY_LOCK, type Harness, loadHarness, manifest, openHarness } from './session-harness.ts';

/** Returns every file of every project as `path kind status`, with the reason if there is one. */
function statusesOf({ session }: Harness): string[] {
  const all = session.snapshot().projects.flatMap(({ statuses }) =>
    statuses.map(({ uri, kind, status, reason }) => {
      const why = reason === undefined ? '' : ` (${reason})`;
      return `${relativeUri(ROOT, uri)} ${kind} ${status}${why}`;
    }),
  );
  return [...new Set(all)].sort();
}

async function statusOf(path: string, text: string): Promise<string | undefined> {
  const harness = await loadHarness({ 'package.json': manifest(), [path]: text });
  return statusesOf(harness).find((line) => line.startsWith(`${path} `));
}

test('every file that was read is there, whatever it decided', async () => {
  const harness = await loadHarness(
    {
      '.gitignore': 'dist/\n',
      'dependency-hygiene.json': manifest(),
      'docs/.gitignore': 'out/\n',
      'shop/package.json': manifest(),
      'shop/.npmrc': 'audit=true\n',
      'shop/package-lock.json': EMPTY_LOCK,
      'shop/src/.gitignore': 'x\n',
    },
    { userNpmrc: 'audit=false\n', ports: { globalNpmrc: `${ROOT}/etc/npmrc` } },
  );
  assert.deepEqual(statusesOf(harness), [
    '../home/user/.npmrc npmrc checked',
    '.gitignore gitignore checked',
    'dependency-hygiene.json configuration checked',
    'docs/.gitignore gitignore checked',
    'shop/.npmrc npmrc checked',
    'shop/package-lock.json package-lock checked',
    'shop/package.json manifest checked',
    'shop/src/.gitignore gitignore checked',
  ]);
  const text = harness.reads.filter((path) =>
    statusesOf(harness).some((line) => line.startsWith(`${path} `)),
  );
  assert.equal(new Set(text).size, 8, 'and all of them were read');
});

test("the machine's .npmrc too", async () => {
  const harness = await loadHarness(
    { 'package.json': manifest(), 'etc/npmrc': 'audit=true\n' },
    { ports: { globalNpmrc: `${ROOT}/etc/npmrc` } },
  );
  assert.ok(statusesOf(harness).includes('etc/npmrc npmrc checked'));
});

describe('a folder that cannot be read', () => {
  const files = {
    'package.json': manifest({ workspaces: ['packages/*'] }),
    'packages/a/package.json': manifest({ name: 'a' }),
    'packages/b/package.json': manifest({ name: 'b' }),
    'other/package.json': manifest({ name: 'other' }),
    'other/data/base': '',
    'data/base': '',
    'left-out/base': '',
    'node_modules/x/package.json': manifest(),
    'dependency-hygiene.json': manifest({ exclude: ['left-out'] }),
  };
  const WHY = 'folder unreadable (It is a folder; make it readable, or exclude it.)';
  const closed = ['packages/b', 'data', 'other/data', 'left-out', 'node_modules'];

  test('is said to be, unless it was not to be looked into', async () => {
    const harness = openHarness(files);
    for (const path of closed) harness.disk.close(path);
    await harness.session.loadFolder(ROOT);
    assert.deepEqual(
      statusesOf(harness).filter((line) => line.includes(' folder ')),
      [`data ${WHY}`, `other/data ${WHY}`, `packages/b ${WHY}`],
    );
    assert.deepEqual(harness.projects()[''], [
      'dependency-hygiene.json',
      'package.json',
      'packages/a/package.json',
    ]);
  });

  test('also as a member of the project of an open file, after an edit too', async () => {
    const harness = openHarness(files);
    for (const path of closed) harness.disk.close(path);
    await harness.session.ensureProject(harness.uri('package.json'));
    const folders = () => statusesOf(harness).filter((line) => line.includes(' folder '));
    assert.deepEqual(folders(), [`packages/b ${WHY}`]);
    harness.disk.write('package.json', manifest({ workspaces: ['packages/a', 'packages/b'] }));
    await harness.session.filesChanged([harness.uri('package.json')]);
    assert.deepEqual(folders(), [`packages/b ${WHY}`]);
    harness.disk.write('package.json', manifest({ workspaces: ['packages/a'] }));
    await harness.session.filesChanged([harness.uri('package.json')]);
    assert.deepEqual(folders(), []);
  });
});

describe('a manifest', () => {
  test('with a mistake is read in part, and the line is named', async () => {
    const status = await statusOf('a/package.json', '{\n  "name": "a",\n  "version" "1.0.0"\n}\n');
    assert.match(status ?? '', /^a\/package\.json manifest partial \(Line 3: /);
  });

  for (const [name, text] of [
    ['empty', ''],
    ['blank', ' \n'],
    ['an array', '[]'],
    ['a string', '"a"'],
  ] as const) {
    test(`that is ${name} is unreadable`, async () => {
      const status = await statusOf('a/package.json', text);
      assert.equal(status, 'a/package.json manifest unreadable (It holds no JSON object.)');
    });
  }

  test('that the port refuses is unreadable, with its reason', async () => {
    const harness = openHarness({ 'package.json': manifest(), 'a/package.json': manifest() });
    harness.disk.refuse('a/package.json', 'is larger than 50 MB');
    await harness.session.loadFolder(ROOT);
    assert.ok(statusesOf(harness).includes('a/package.json manifest unreadable (It is larger than 50 MB.)'));
  });

  test('that the port fails over is unreadable, and the others are checked', async () => {
    const harness = openHarness({ 'package.json': manifest(), 'a/package.json': manifest() });
    harness.disk.breakReads('a/package.json');
    await harness.session.loadFolder(ROOT);
    assert.deepEqual(statusesOf(harness), [
      'a/package.json manifest unreadable (It cannot be read.)',
      'package.json manifest checked',
    ]);
  });
});

describe('a lockfile', () => {
  test('that can be read counts its entries', async () => {
    const packages = {
      '': {},
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b': { version: '1.0.0' },
    };
    const { session } = await loadHarness({
      'package.json': manifest(),
      'package-lock.json': manifest({ lockfileVersion: 3, packages }),
    });
    const status = session.snapshot().projects[0]!.statuses.find(({ kind }) => kind === 'package-lock');
    assert.deepEqual([status?.status, status?.entries], ['checked', { read: 2, total: 2 }]);
  });

  for (const [name, kind] of [
    ['yarn.lock', 'yarn'],
    ['pnpm-lock.yaml', 'pnpm'],
    ['bun.lock', 'bun'],
  ] as const) {
    test(`${name} tells the manager, whether or not it can be read, and says where it cannot`, async () => {
      const { session, uri } = await loadHarness({ 'package.json': manifest(), [name]: 'a\n' });
      const [project] = session.snapshot().projects;
      const status = project?.statuses.find((one) => one.uri === uri(name));
      assert.deepEqual([status?.kind, status?.status, status?.entries], [kind, 'unreadable', undefined]);
      assert.match(status?.reason ?? '', /^Line 1/);
      assert.equal(project?.project.manager.name, kind);
      assert.equal(project?.project.lockfile, undefined);
    });
  }

  test('bun.lockb is not even read, as no text is in it', async () => {
    const harness = await loadHarness({ 'package.json': manifest(), 'bun.lockb': '\0' });
    assert.ok(!harness.reads.includes('bun.lockb'));
    assert.match(statusesOf(harness)[0] ?? '', /bun\.lockb bun unsupported \(bun\.lockb is binary/);
  });

  test('that is no JSON is unreadable', async () => {
    assert.match((await statusOf('package-lock.json', 'nothing')) ?? '', /package-lock (unreadable|partial)/);
  });

  test('that is refused says why, to rules as well', async () => {
    const harness = openHarness({ 'package.json': manifest(), 'package-lock.json': EMPTY_LOCK });
    harness.disk.refuse('package-lock.json', 'is larger than 50 MB');
    await harness.session.loadFolder(ROOT);
    assert.ok(
      statusesOf(harness).includes('package-lock.json package-lock unreadable (It is larger than 50 MB.)'),
    );
    const { lockfiles, lockfile } = harness.session.snapshot().projects[0]!.project;
    assert.deepEqual(
      lockfiles.map(({ status, reason }) => [status, reason]),
      [['unreadable', 'is larger than 50 MB']],
    );
    assert.equal(lockfile, undefined);
  });
});

describe('a configuration file', () => {
  test('without an object is unreadable', async () => {
    const status = await statusOf('dependency-hygiene.json', '');
    assert.equal(status, 'dependency-hygiene.json configuration unreadable (It holds no JSON object.)');
  });

  test('with a mistake inside is checked, as that is a finding', async () => {
    const status = await statusOf('dependency-hygiene.json', '{ "unknown": 1 }');
    assert.equal(status, 'dependency-hygiene.json configuration checked');
  });
});
