import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { findingsOf } from '../../workspace.ts';
import { EMPTY_LOCK, loadHarness, manifest, openHarness } from './session-harness.ts';

const SQUAT = manifest({ dependencies: { lodahs: '1.0.0' } });

describe('an open text', () => {
  test('counts at once, and the disk again when it is closed', async () => {
    const { session, uri } = await loadHarness({ 'package.json': manifest() });
    const squats = () =>
      findingsOf(session.snapshot()).filter(({ rule }) => rule === 'typosquat-name').length;
    assert.equal(squats(), 0);
    session.setOverlay(uri('package.json'), SQUAT);
    assert.equal(squats(), 1);
    await session.removeOverlay(uri('package.json'));
    assert.equal(squats(), 0);
  });

  test('is what the disk has after it was saved and closed', async () => {
    const { session, uri, disk } = await loadHarness({ 'package.json': manifest() });
    session.setOverlay(uri('package.json'), SQUAT);
    disk.write('package.json', SQUAT);
    await session.removeOverlay(uri('package.json'));
    assert.equal(session.snapshot().textOf(uri('package.json')), SQUAT);
  });

  test('stays until the disk was read, so that nothing is missing in between', async () => {
    const { session, uri, hold } = await loadHarness({ 'package.json': manifest() });
    session.setOverlay(uri('package.json'), SQUAT);
    const held = hold();
    const removed = session.removeOverlay(uri('package.json'));
    assert.equal(session.snapshot().textOf(uri('package.json')), SQUAT);
    held.release();
    await removed;
    assert.equal(session.snapshot().textOf(uri('package.json')), manifest());
  });

  test('that is opened again before the disk was read stays open', async () => {
    const { session, uri, hold } = await loadHarness({ 'package.json': manifest() });
    session.setOverlay(uri('package.json'), SQUAT);
    const held = hold();
    const removed = session.removeOverlay(uri('package.json'));
    session.setOverlay(uri('package.json'), SQUAT);
    held.release();
    await removed;
    assert.equal(session.snapshot().textOf(uri('package.json')), SQUAT);
  });

  test('hides changes on the disk, which are there when it is closed', async () => {
    const { session, uri, disk } = await loadHarness({ 'package.json': manifest() });
    session.setOverlay(uri('package.json'), SQUAT);
    disk.write('package.json', manifest({ name: 'new' }));
    let reported = 0;
    session.onDidChange(() => reported++);
    await session.filesChanged([uri('package.json')]);
    assert.equal(session.snapshot().textOf(uri('package.json')), SQUAT);
    assert.equal(reported, 0, 'nothing that counts changed');
    await session.removeOverlay(uri('package.json'));
    assert.equal(session.snapshot().textOf(uri('package.json')), manifest({ name: 'new' }));
  });

  test('of a document that was never opened is closed without effect', async () => {
    const { session, uri, projects } = await loadHarness({ 'package.json': manifest() });
    await session.removeOverlay(uri('package.json'));
    await session.removeOverlay(uri('other/package.json'));
    assert.deepEqual(Object.keys(projects()), ['']);
  });
});

describe('a file that was never saved', () => {
  const files = {
    'package.json': manifest({ workspaces: ['packages/*'] }),
    'packages/a/package.json': manifest({ name: 'a' }),
  };

  test('is a member where the root claims it, and none any more when it is closed', async () => {
    const { session, uri, projects } = openHarness(files);
    await session.ensureProject(uri('package.json'));
    session.setOverlay(uri('packages/b/package.json'), manifest({ name: 'b' }));
    const project = await session.ensureProject(uri('packages/b/package.json'));
    assert.equal(project?.project.members.get(uri('packages/b/package.json'))?.name, 'b');
    assert.deepEqual(Object.keys(projects()), ['']);
    await session.removeOverlay(uri('packages/b/package.json'));
    assert.deepEqual(projects(), { '': ['package.json', 'packages/a/package.json'] });
  });

  test('is a project of its own elsewhere, and gone when it is closed', async () => {
    const { session, uri, projects } = openHarness(files);
    session.setOverlay(uri('else/package.json'), SQUAT);
    const project = await session.ensureProject(uri('else/package.json'));
    assert.equal(project?.project.root, uri('else'));
    assert.ok(session.snapshot().diagnose(uri('else/package.json')).findings.length > 0);
    await session.removeOverlay(uri('else/package.json'));
    assert.deepEqual(projects(), {});
  });

  test('may be a lockfile', async () => {
    const { session, uri } = await loadHarness({ 'package.json': manifest() });
    session.setOverlay(uri('package-lock.json'), EMPTY_LOCK);
    const project = await session.ensureProject(uri('package-lock.json'));
    assert.equal(project?.project.lockfile?.uri, uri('package-lock.json'));
    await session.removeOverlay(uri('package-lock.json'));
    assert.equal(session.snapshot().projects[0]?.project.lockfile, undefined);
    assert.deepEqual(session.snapshot().projects[0]?.project.lockfiles, []);
  });

  test('may be an .npmrc, also where it is created and opened before its folder is looked at again', async () => {
    const { session, uri, disk } = await loadHarness({ 'package.json': manifest() });
    const registryOf = async () => {
      const owner = await session.ensureProject(uri('package.json'));
      return owner?.project.npmConfig.project?.uri;
    };
    disk.write('.npmrc', '');
    session.setOverlay(uri('.npmrc'), '');
    await session.ensureProject(uri('.npmrc'));
    session.setOverlay(uri('.npmrc'), '@acme:registry=https://npm.acme.example.test/\n');
    await session.filesChanged([uri('.npmrc')]);
    assert.equal(await registryOf(), uri('.npmrc'));
    disk.remove('.npmrc');
    await session.removeOverlay(uri('.npmrc'));
    assert.equal(await registryOf(), undefined);
  });

  test('is found by the check of the whole folder', async () => {
    const { session, uri, projects } = openHarness({});
    session.setOverlay(uri('deep/er/package.json'), manifest());
    await session.loadFolder(uri(''));
    assert.deepEqual(projects(), { 'deep/er': ['deep/er/package.json'] });
  });

  test('is saved later', async () => {
    const { session, uri, projects, disk } = openHarness(files);
    session.setOverlay(uri('packages/b/package.json'), manifest({ name: 'b' }));
    await session.ensureProject(uri('packages/b/package.json'));
    disk.write('packages/b/package.json', manifest({ name: 'b' }));
    await session.filesChanged([uri('packages/b/package.json')]);
    await session.removeOverlay(uri('packages/b/package.json'));
    assert.equal(projects()['']?.length, 3);
  });
});

describe('workspaces edited in an open root', () => {
  const files = {
    'package.json': manifest({ workspaces: ['packages/*'] }),
    'packages/a/package.json': manifest({ name: 'a' }),
    'apps/b/package.json': manifest({ name: 'b' }),
  };
  const both = manifest({ workspaces: ['packages/*', 'apps/*'] });

  test('a manifest becomes a member and ceases to be one, unsaved', async () => {
    const { session, uri, projects } = await loadHarness(files);
    assert.deepEqual(Object.keys(projects()), ['', 'apps/b']);
    session.setOverlay(uri('package.json'), both);
    await session.ensureProject(uri('package.json'));
    assert.deepEqual(Object.keys(projects()), ['']);
    session.setOverlay(uri('package.json'), manifest({ workspaces: [] }));
    await session.ensureProject(uri('package.json'));
    assert.deepEqual(Object.keys(projects()), ['', 'apps/b', 'packages/a']);
  });

  test('also where only the root was opened', async () => {
    const { session, uri, projects } = openHarness(files);
    session.setOverlay(uri('package.json'), files['package.json']);
    await session.ensureProject(uri('package.json'));
    assert.deepEqual(projects(), { '': ['package.json', 'packages/a/package.json'] });
    session.setOverlay(uri('package.json'), both);
    await session.ensureProject(uri('package.json'));
    assert.equal(projects()['']?.length, 3);
  });

  test('closing it without saving takes that back', async () => {
    const { session, uri, projects } = await loadHarness(files);
    session.setOverlay(uri('package.json'), both);
    await session.ensureProject(uri('package.json'));
    await session.removeOverlay(uri('package.json'));
    assert.deepEqual(Object.keys(projects()), ['', 'apps/b']);
  });

  test('folders are listed only when the patterns are others than before', async () => {
    const { session, uri, lists } = await loadHarness(files);
    const type = async (text: string) => {
      lists.length = 0;
      session.setOverlay(uri('package.json'), text);
      await session.ensureProject(uri('package.json'));
      return lists.length;
    };
    assert.equal(await type(manifest({ name: 'r', workspaces: ['packages/*'] })), 0);
    assert.equal((await type(manifest({ name: 'ro', workspaces: ['./packages/*'] }))) > 0, true);
    assert.equal(await type(manifest({ name: 'roo', workspaces: ['./packages/*'] })), 0);
  });

  test('a burst of changes is looked at once', async () => {
    const { session, uri, lists, projects } = await loadHarness(files);
    lists.length = 0;
    for (const typed of ['a', 'ap', 'app', 'apps', 'apps/', 'apps/*']) {
      session.setOverlay(uri('package.json'), manifest({ workspaces: ['packages/*', typed] }));
    }
    await Promise.all([
      session.ensureProject(uri('package.json')),
      session.ensureProject(uri('packages/a/package.json')),
    ]);
    assert.deepEqual(Object.keys(projects()), ['']);
    assert.equal(lists.filter((path) => path === 'apps').length, 1);
  });

  test('a half-typed root loses its members only if its workspaces can not be read', async () => {
    const { session, uri, projects } = await loadHarness(files);
    const text = manifest({ workspaces: ['packages/*'], name: 'root' });
    for (let length = text.length; length > text.indexOf('"name"'); length--) {
      session.setOverlay(uri('package.json'), text.slice(0, length));
      await session.ensureProject(uri('package.json'));
      assert.equal(projects()['']?.length, 2, `cut after ${length}`);
    }
  });
});

describe('an unsaved edit of what decides which paths count', () => {
  const files = {
    'dependency-hygiene.json': manifest(),
    'a/package.json': manifest(),
    'b/package.json': manifest(),
  };

  test('changes the rules at once, the paths when it is saved', async () => {
    const { session, uri, projects, disk } = await loadHarness(files);
    const text = manifest({ exclude: ['b'], allowNames: ['x'] });
    session.setOverlay(uri('dependency-hygiene.json'), text);
    await session.ensureProject(uri('dependency-hygiene.json'));
    assert.deepEqual(Object.keys(projects()), ['a', 'b']);
    assert.equal(session.snapshot().projects[0]?.project.policy.allowNames.length, 1);
    disk.write('dependency-hygiene.json', text);
    await session.filesChanged([uri('dependency-hygiene.json')]);
    assert.deepEqual(Object.keys(projects()), ['a']);
    await session.removeOverlay(uri('dependency-hygiene.json'));
    assert.deepEqual(Object.keys(projects()), ['a']);
  });

  test('or when it is closed, where nobody watches', async () => {
    const { session, uri, projects, disk } = await loadHarness(files);
    session.setOverlay(uri('dependency-hygiene.json'), manifest({ exclude: ['b'] }));
    disk.write('dependency-hygiene.json', manifest({ exclude: ['b'] }));
    await session.removeOverlay(uri('dependency-hygiene.json'));
    assert.deepEqual(Object.keys(projects()), ['a']);
  });
});
