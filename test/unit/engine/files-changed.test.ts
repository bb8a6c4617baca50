import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ROOT } from '../../workspace.ts';
import { EMPTY_LOCK, type Harness, loadHarness, manifest, openHarness } from './session-harness.ts';

const FILES = {
  'package.json': manifest({ workspaces: ['packages/*'] }),
  'package-lock.json': EMPTY_LOCK,
  'packages/a/package.json': manifest({ name: 'a' }),
};

/** Writes (or removes) files and notifies the session. */
async function change(harness: Harness, files: Record<string, string | undefined>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    if (text === undefined) harness.disk.remove(path);
    else harness.disk.write(path, text);
  }
  await harness.session.filesChanged(Object.keys(files).map((path) => harness.uri(path)));
}

describe('manifests', () => {
  test('a new member', async () => {
    const harness = await loadHarness(FILES);
    await change(harness, { 'packages/b/package.json': manifest({ name: 'b' }) });
    assert.deepEqual([...harness.session.snapshot().projects[0]!.project.memberNames].sort(), ['a', 'b']);
  });

  test('a deleted member', async () => {
    const harness = await loadHarness(FILES);
    await change(harness, { 'packages/a/package.json': undefined });
    assert.deepEqual(harness.projects(), { '': ['package-lock.json', 'package.json'] });
  });

  test('a deleted folder, of which nobody names the files', async () => {
    const harness = await loadHarness(FILES);
    harness.disk.remove('packages/a/package.json');
    await harness.session.filesChanged([harness.uri('packages')]);
    assert.deepEqual(harness.projects(), { '': ['package-lock.json', 'package.json'] });
  });

  test('a moved folder, of which nobody names the files', async () => {
    const harness = await loadHarness({ ...FILES, 'tools/own/package.json': manifest({ name: 'own' }) });
    for (const path of ['packages/a/package.json', 'tools/own/package.json']) harness.disk.remove(path);
    harness.disk.write('packages/z/package.json', manifest({ name: 'a' }));
    harness.disk.write('kit/deep/own/package.json', manifest({ name: 'own' }));
    harness.disk.write('kit/node_modules/x/package.json', manifest());
    const uris = (...paths: string[]) => paths.map((path) => harness.uri(path));
    await harness.session.filesChanged(uris('packages/a', 'tools'), uris('packages/z', 'kit'));
    assert.deepEqual(harness.projects(), {
      '': ['package-lock.json', 'package.json', 'packages/z/package.json'],
      'kit/deep/own': ['kit/deep/own/package.json'],
    });
  });

  describe('a deleted folder with a file that the editor still has open', () => {
    const OWN = 'tools/own/package.json';
    const deleted = async (text = manifest({ name: 'own' })) => {
      const harness = await loadHarness({ ...FILES, [OWN]: manifest({ name: 'own' }) });
      harness.session.setOverlay(harness.uri(OWN), text);
      harness.disk.remove(OWN);
      await harness.session.filesChanged([harness.uri('tools')]);
      return harness;
    };
    const isLoaded = (harness: Harness) => 'tools/own' in harness.projects();

    test('is no project any more', async () => assert.ok(!isLoaded(await deleted())));

    test('is one again with the file, or with an edit', async () => {
      const [restored, edited] = [await deleted(), await deleted()];
      await change(restored, { [OWN]: manifest({ name: 'own' }) });
      assert.ok(isLoaded(restored));
      edited.session.setOverlay(edited.uri(OWN), manifest({ name: 'other' }));
      await edited.session.ensureProject(edited.uri(OWN));
      assert.ok(isLoaded(edited));
    });

    test('stays one if the text was edited', async () => {
      assert.ok(isLoaded(await deleted(manifest({ name: 'other' }))));
    });
  });

  test('a folder that comes back', async () => {
    const harness = await loadHarness(FILES);
    harness.disk.remove('packages/a/package.json');
    await harness.session.filesChanged([harness.uri('packages')]);
    harness.disk.write('packages/a/package.json', manifest({ name: 'a', version: '2.0.0' }));
    await harness.session.filesChanged([], [harness.uri('packages')]);
    assert.deepEqual(Object.keys(harness.projects()), ['']);
    assert.ok(harness.projects()['']?.includes('packages/a/package.json'));
  });

  test('a new folder where nothing is followed changes nothing', async () => {
    const harness = openHarness({ 'one/package.json': manifest(), 'two/package.json': manifest() });
    await harness.session.ensureProject(harness.uri('one/package.json'));
    harness.lists.length = 0;
    await harness.session.filesChanged([], [harness.uri('two')]);
    assert.deepEqual([Object.keys(harness.projects()), harness.lists], [['one'], []]);
  });

  test('a deleted root leaves its members to themselves', async () => {
    const harness = await loadHarness(FILES);
    await change(harness, { 'package.json': undefined, 'package-lock.json': undefined });
    assert.deepEqual(harness.projects(), { 'packages/a': ['packages/a/package.json'] });
  });

  test('a new root above takes them in', async () => {
    const { 'package.json': root, ...rest } = FILES;
    const harness = await loadHarness(rest);
    assert.deepEqual(Object.keys(harness.projects()), ['', 'packages/a']);
    await change(harness, { 'package.json': root });
    assert.deepEqual(harness.projects(), { '': Object.keys(FILES).sort() });
  });

  test('a project of its own, in a folder that was checked as a whole', async () => {
    const harness = await loadHarness(FILES);
    await change(harness, { 'new/package.json': manifest() });
    assert.deepEqual(Object.keys(harness.projects()), ['', 'new']);
  });

  test('the workspaces of the root', async () => {
    const harness = await loadHarness({ ...FILES, 'apps/b/package.json': manifest({ name: 'b' }) });
    await change(harness, { 'package.json': manifest({ workspaces: ['apps/*'] }) });
    assert.deepEqual(harness.projects(), {
      '': ['apps/b/package.json', 'package-lock.json', 'package.json'],
      'packages/a': ['packages/a/package.json'],
    });
  });

  test('one that is ignored or installed changes nothing', async () => {
    const harness = await loadHarness({ ...FILES, '.gitignore': 'dist/\n' });
    harness.lists.length = 0;
    let reported = 0;
    harness.session.onDidChange(() => reported++);
    await change(harness, {
      'dist/package.json': manifest(),
      'node_modules/x/package.json': manifest(),
      'src/index.ts': 'x',
    });
    assert.deepEqual([Object.keys(harness.projects()), harness.lists, reported], [[''], [], 0]);
  });

  test('outside of what is loaded it is only read when it is opened', async () => {
    const harness = openHarness({ 'a/package.json': manifest() });
    await harness.session.ensureProject(harness.uri('a/package.json'));
    await harness.session.ensureProject(harness.uri('b/package.json'));
    await change(harness, { 'b/package.json': manifest() });
    assert.deepEqual(Object.keys(harness.projects()), ['a']);
    await harness.session.ensureProject(harness.uri('b/package.json'));
    assert.deepEqual(Object.keys(harness.projects()), ['a', 'b']);
  });
});

describe('content', () => {
  test('of a lockfile is read again, and no folder listed', async () => {
    const harness = await loadHarness(FILES);
    harness.lists.length = 0;
    const packages = { '': {}, 'node_modules/x': { version: '1.0.0' } };
    await change(harness, { 'package-lock.json': manifest({ lockfileVersion: 3, packages }) });
    assert.equal(harness.session.snapshot().projects[0]!.project.lockfile?.entries.length, 1);
    assert.deepEqual(harness.lists, []);
  });

  test('that is as before is no change', async () => {
    const harness = await loadHarness(FILES);
    let reported = 0;
    harness.session.onDidChange(() => reported++);
    const { revision } = harness.session;
    await change(harness, FILES);
    assert.deepEqual([reported, harness.session.revision], [0, revision]);
    await change(harness, { 'package.json': manifest({ workspaces: ['packages/*'], name: 'x' }) });
    assert.equal(reported, 1);
  });

  test('nothing is missing while it is read', async () => {
    const harness = await loadHarness(FILES);
    const held = harness.hold();
    const done = change(harness, { 'packages/a/package.json': manifest({ name: 'new' }) });
    for (let turn = 0; turn < 20; turn++) {
      await Promise.resolve();
      assert.deepEqual([...harness.session.snapshot().projects[0]!.project.memberNames], ['a']);
    }
    held.release();
    await done;
    assert.deepEqual([...harness.session.snapshot().projects[0]!.project.memberNames], ['new']);
  });

  test('nor while members are looked for', async () => {
    const harness = await loadHarness(FILES);
    const held = harness.hold();
    const done = change(harness, { 'packages/b/package.json': manifest({ name: 'b' }) });
    for (let turn = 0; turn < 20; turn++) {
      await Promise.resolve();
      assert.deepEqual(Object.keys(harness.projects()), ['']);
    }
    held.release();
    await done;
  });
});

describe('configuration', () => {
  const registry = (harness: Harness) =>
    harness.session.snapshot().projects[0]!.project.npmConfig.registryFor('@acme/a').url;

  test('an .npmrc is created, changed and deleted', async () => {
    const harness = await loadHarness(FILES);
    const first = registry(harness);
    await change(harness, { '.npmrc': '@acme:registry=https://one.example.test/\n' });
    assert.equal(registry(harness), 'https://one.example.test/');
    await change(harness, { '.npmrc': '@acme:registry=https://two.example.test/\n' });
    assert.equal(registry(harness), 'https://two.example.test/');
    await change(harness, { '.npmrc': undefined });
    assert.equal(registry(harness), first);
  });

  test("the user's own .npmrc", async () => {
    const texts = { current: '@acme:registry=https://one.example.test/\n' };
    const user = 'file:///home/user/.npmrc';
    const { session } = openHarness(
      {},
      {
        ports: {
          userNpmrc: user,
          files: {
            read: async (uri) =>
              uri === user
                ? { type: 'text', text: texts.current }
                : uri === `${ROOT}/package.json`
                  ? { type: 'text', text: '{}' }
                  : { type: 'missing' },
            list: async () => [{ name: 'package.json', type: 'file' }],
          },
        },
      },
    );
    await session.loadFolder(ROOT);
    const url = () => session.snapshot().projects[0]!.project.npmConfig.registryFor('@acme/a').url;
    assert.equal(url(), 'https://one.example.test/');
    texts.current = '@acme:registry=https://two.example.test/\n';
    await session.filesChanged([user]);
    assert.equal(url(), 'https://two.example.test/');
  });

  test('a .gitignore, a pnpm-workspace.yaml and another manager change what belongs where', async () => {
    const harness = await loadHarness({ ...FILES, 'tools/package.json': manifest() });
    await change(harness, { '.gitignore': 'tools/\n' });
    assert.deepEqual(Object.keys(harness.projects()), ['']);
    await change(harness, { '.gitignore': undefined });
    assert.deepEqual(Object.keys(harness.projects()), ['', 'tools']);
    await change(harness, { 'pnpm-workspace.yaml': 'packages: []\n' });
    assert.deepEqual(Object.keys(harness.projects()), ['', 'tools']);
    await change(harness, { 'pnpm-workspace.yaml': 'packages: [tools]\n' });
    assert.deepEqual(Object.keys(harness.projects()), ['']);
    await change(harness, { 'pnpm-workspace.yaml': undefined, 'package-lock.json': undefined });
    assert.deepEqual(Object.keys(harness.projects()), ['', 'tools']);
    await change(harness, { '.yarnrc.yml': '' });
    assert.equal(harness.session.snapshot().projects[0]!.project.manager.name, 'yarn');
    await change(harness, { '.yarnrc.yml': undefined });
    assert.equal(harness.session.snapshot().projects[0]!.project.manager.name, 'npm');
  });

  test('a nearer configuration file appears and disappears', async () => {
    const harness = await loadHarness({
      ...FILES,
      'dependency-hygiene.json': manifest({ allowNames: ['outer'] }),
      'tools/package.json': manifest(),
    });
    const name = () => harness.session.snapshot().projects[1]!.project.policy.allowNames[0]?.value;
    await change(harness, { 'tools/dependency-hygiene.json': manifest({ allowNames: ['inner'] }) });
    assert.equal(name(), 'inner');
    await change(harness, { 'tools/dependency-hygiene.json': undefined });
    assert.equal(name(), 'outer');
  });
});

describe('the top of a repository without packages', () => {
  const WORKFLOW = '.github/workflows/ci.yml';
  const checked = (harness: Harness) =>
    harness.session
      .snapshot()
      .checked.flatMap(({ files }) => [...files.keys()])
      .filter((uri) => uri.endsWith('.yml'))
      .map((uri) => uri.slice(harness.uri('').length));

  test('keeps its workflows while packages come and go', async () => {
    const harness = await loadHarness({
      'a/package.json': manifest(),
      [WORKFLOW]: 'on: push\n',
      '.npmrc': '',
    });
    assert.deepEqual(harness.projects(), { a: ['a/package.json'] });
    assert.equal(checked(harness).length, 1);
    await change(harness, { 'b/package.json': manifest(), '.github/workflows/b.yml': 'on: push\n' });
    assert.deepEqual(Object.keys(harness.projects()), ['a', 'b']);
    assert.equal(checked(harness).length, 2);
    await change(harness, { 'package.json': manifest() });
    assert.deepEqual(Object.keys(harness.projects()), ['', 'a', 'b']);
    assert.equal(checked(harness).length, 2);
    await change(harness, { 'package.json': undefined });
    assert.deepEqual(Object.keys(harness.projects()), ['a', 'b']);
  });
});
