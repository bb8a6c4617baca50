import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createAbortSource } from '../../../server/src/engine/registry/abort-source.ts';
import { EMPTY_LOCK, loadHarness, manifest, openHarness } from './session-harness.ts';

const FILES = {
  'package.json': manifest({ workspaces: ['packages/*'] }),
  'package-lock.json': EMPTY_LOCK,
  'packages/a/package.json': manifest({ name: 'a' }),
  'packages/b/package.json': manifest({ name: 'b' }),
};

function countsOf(paths: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const path of paths) counts[path] = (counts[path] ?? 0) + 1;
  return counts;
}

describe('asking for a project', () => {
  test('at the same time, by whatever file, loads it once', async () => {
    const { session, uri, reads, lists } = openHarness(FILES);
    const asked = [...Object.keys(FILES), ...Object.keys(FILES)].map((path) =>
      session.ensureProject(uri(path)),
    );
    const projects = await Promise.all(asked);
    assert.equal(new Set(projects.map((project) => project?.project.root)).size, 1);
    assert.ok(Object.values(countsOf(reads)).every((count) => count === 1));
    assert.equal(countsOf(lists)['packages/a'], 1);
  });

  test('again reads and lists nothing, and is no new revision', async () => {
    const { session, uri, reads, lists } = openHarness({
      ...FILES,
      'notes.txt': 'x',
      'packages/a/.npmrc': '',
    });
    const files = ['package.json', 'notes.txt', 'packages/a/.npmrc', 'none/package.json', '.npmrc'];
    for (const path of files) await session.ensureProject(uri(path));
    const { revision } = session;
    reads.length = 0;
    lists.length = 0;
    for (const path of files) await session.ensureProject(uri(path));
    assert.deepEqual([reads, lists, session.revision], [[], [], revision]);
  });

  test('of a file that no project is made of gives none', async () => {
    const { session, uri } = openHarness({ ...FILES, 'notes.txt': 'x' });
    assert.equal(await session.ensureProject(uri('notes.txt')), undefined);
    assert.equal(await session.ensureProject(uri('packages/a/.npmrc')), undefined);
  });

  test('of a file alone says what it would say among others', async () => {
    const { session, uri } = openHarness({ ...FILES, '.npmrc': 'audit=true\n' });
    const project = await session.ensureProject(uri('.npmrc'));
    assert.equal(project?.project.root, uri(''));
    assert.ok(project?.files.has(uri('packages/b/package.json')));
  });
});

describe('while files are being read', () => {
  test('one that changes is read once more', async () => {
    const { session, uri, disk, hold } = openHarness(FILES);
    const held = hold();
    const asked = session.ensureProject(uri('package.json'));
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    disk.write('package.json', manifest({ name: 'newer', workspaces: ['packages/*'] }));
    const reported = session.filesChanged([uri('package.json')]);
    held.release();
    await Promise.all([asked, reported]);
    assert.equal(session.snapshot().projects[0]?.project.rootManifest?.name?.value, 'newer');
  });

  test('one that is opened counts as open', async () => {
    const { session, uri, hold } = openHarness(FILES);
    const held = hold();
    const asked = session.ensureProject(uri('packages/a/package.json'));
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    session.setOverlay(uri('packages/a/package.json'), manifest({ name: 'open' }));
    held.release();
    await asked;
    assert.ok(session.snapshot().projects[0]?.project.memberNames.has('open'));
  });

  test('a folder may be checked, and what changes meanwhile is not lost', async () => {
    const last = 'zoo/deep/deeper/.gitignore';
    const { session, uri, disk, reads, hold, projects } = openHarness({ ...FILES, [last]: '' });
    await session.ensureProject(uri('package.json'));
    const held = hold(last);
    const loaded = session.loadFolder(uri(''));
    while (!reads.includes(last)) await Promise.resolve();
    disk.write('packages/c/package.json', manifest({ name: 'c' }));
    await session.filesChanged([uri('packages/c/package.json')]);
    assert.equal(projects()['']?.length, 5);
    held.release();
    await loaded;
    assert.equal(projects()['']?.length, 5);
  });

  test('folders may be closed', async () => {
    const { session, uri, hold, projects } = openHarness(FILES);
    const held = hold();
    const asked = session.ensureProject(uri('package.json'));
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    session.setFolders([uri('packages/a')]);
    held.release();
    await asked;
    // The root is searched for again, as for a file outside all folders.
    assert.deepEqual(Object.keys(projects()), ['']);
    assert.equal(session.snapshot().projects[0]?.project.members.size, 3);
  });

  test('so may they where the whole folder is checked', async () => {
    const { session, uri, hold, projects } = openHarness(FILES);
    const held = hold();
    const loaded = session.loadFolder(uri(''));
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    session.setFolders([uri('packages/a')]);
    held.release();
    await loaded;
    assert.deepEqual(projects(), {});
  });

  test('or opened, and the root is the one above', async () => {
    const { session, uri, hold, projects } = openHarness(FILES, { folders: ['packages/a'] });
    const held = hold();
    const asked = session.ensureProject(uri('packages/a/package.json'));
    for (let turn = 0; turn < 20; turn++) await Promise.resolve();
    session.setFolders([uri('packages/a'), uri('')]);
    held.release();
    await asked;
    assert.deepEqual(Object.keys(projects()), ['']);
  });
});

describe('a whole folder', () => {
  test('is read again from the disk each time it is checked', async () => {
    const { session, uri, disk, projects } = await loadHarness(FILES);
    disk.write('packages/a/package.json', manifest({ name: 'renamed' }));
    disk.remove('packages/b/package.json');
    await session.loadFolder(uri(''));
    assert.deepEqual([...session.snapshot().projects[0]!.project.memberNames], ['renamed']);
    assert.deepEqual(Object.keys(projects()), ['']);
  });

  test('whose check is cancelled leaves what was loaded', async () => {
    const { session, uri, projects } = await loadHarness(FILES);
    const before = projects();
    const source = createAbortSource();
    const counts: number[] = [];
    const progress = {
      report(_: string, done: number) {
        counts.push(done);
        source.abort();
      },
    };
    await session.loadFolder(uri(''), progress, source.signal);
    assert.deepEqual([projects(), counts], [before, [1]]);
  });

  test('reports how many folders were looked into', async () => {
    const { session, uri } = openHarness(FILES);
    const counts: number[] = [];
    await session.loadFolder(uri(''), { report: (_, done) => counts.push(done) });
    assert.deepEqual(counts, [1, 2, 3, 4]);
  });

  test('that does not exist has no projects', async () => {
    const { session, uri, projects } = openHarness(FILES);
    await session.loadFolder(uri('none'));
    assert.deepEqual(projects(), {});
  });
});
