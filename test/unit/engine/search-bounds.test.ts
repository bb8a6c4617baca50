import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ROOT } from '../../workspace.ts';
import { manifest, openHarness } from './session-harness.ts';

describe('the folders that are open bound the search', () => {
  const files = {
    'package.json': manifest({ workspaces: ['packages/*'] }),
    'packages/a/package.json': manifest({ name: 'a' }),
    'packages/b/package.json': manifest({ name: 'b' }),
  };

  test('the root above the folder is found, with all its members', async () => {
    const { session, uri, projects } = openHarness(files);
    await session.loadFolder(uri('packages/a'));
    assert.deepEqual(Object.keys(projects()), ['']);
    assert.equal(projects()['']?.length, 3);
  });

  test('no root is looked for above them', async () => {
    const { session, uri, projects } = openHarness(files, { folders: ['packages/a'] });
    await session.loadFolder(uri('packages/a'));
    assert.deepEqual(projects(), { 'packages/a': ['packages/a/package.json'] });
  });

  test('of folders inside one another the outermost bounds', async () => {
    const { session, uri, projects } = openHarness(files, { folders: ['packages/a', ''] });
    await session.ensureProject(uri('packages/a/package.json'));
    assert.deepEqual(Object.keys(projects()), ['']);
  });

  test('a folder opened above makes a member of what was a root', async () => {
    const { session, uri, projects } = openHarness(files, { folders: ['packages/a'] });
    await session.ensureProject(uri('packages/a/package.json'));
    session.setFolders([uri('packages/a'), uri('')]);
    await session.ensureProject(uri('packages/a/package.json'));
    assert.deepEqual(Object.keys(projects()), ['']);
  });

  test('a folder that is closed takes its projects along', async () => {
    const { session, uri, projects } = openHarness(files, { folders: ['packages/a', 'packages/b'] });
    await session.loadFolder(uri('packages/a'));
    await session.loadFolder(uri('packages/b'));
    session.setFolders([uri('packages/b')]);
    assert.deepEqual(Object.keys(projects()), ['packages/b']);
  });

  test('a file outside every folder is looked at alone', async () => {
    const { session, uri, projects } = openHarness(files, { folders: [] });
    await session.ensureProject(uri('packages/a/package.json'));
    assert.deepEqual(Object.keys(projects()), ['packages/a']);
  });

  test('and until its last open file is closed', async () => {
    const { session, uri, projects } = openHarness(files, { folders: ['packages/b'] });
    const [first, second] = [uri('package.json'), uri('packages/a/package.json')];
    for (const file of [first, second]) {
      session.setOverlay(file, manifest());
      await session.ensureProject(file);
    }
    await session.ensureProject(uri('packages/b/package.json'));
    const roots = () => Object.keys(projects());
    const all = roots();
    assert.ok(all.includes('packages/a'), String(all));
    await session.removeOverlay(second);
    assert.deepEqual(
      roots(),
      all.filter((root) => root !== 'packages/a'),
    );
    await session.removeOverlay(first);
    assert.deepEqual(roots(), ['packages/b']);
    await session.ensureProject(second);
    assert.ok(roots().includes('packages/a'), 'it is loaded again when somebody asks');
  });

  test('the repository is the nearest folder with one, within the bound', async () => {
    const { session, uri } = openHarness({ ...files, '.git/HEAD': 'ref: refs/heads/main\n' });
    const project = await session.ensureProject(uri('packages/a/package.json'));
    assert.equal(project?.project.repository, ROOT);
    const bounded = openHarness({ ...files, '.git/HEAD': '' }, { folders: ['packages'] });
    const inside = await bounded.session.ensureProject(uri('packages/a/package.json'));
    assert.equal(inside?.project.repository, undefined);
  });
});

describe('what the repository around the opened folder keeps private', () => {
  const files = {
    '.git/HEAD': 'ref: refs/heads/main\n',
    'dependency-hygiene.json':
      '{ "privateScopes": ["@hidden"], "mirrors": ["https://mirror.example.test/"] }',
    'docs/example/package.json': manifest({ name: 'example' }),
  };
  const policyOf = async (more: Record<string, string>) => {
    const { session, uri } = openHarness({ ...files, ...more }, { folders: ['docs/example'] });
    const loaded = await session.ensureProject(uri('docs/example/package.json'));
    return loaded!.project.policy;
  };

  test('is private in the folder, and nothing else of it counts', async () => {
    for (const own of [{}, { 'docs/example/dependency-hygiene.json': '{}' }]) {
      const { privateScopes, mirrors } = await policyOf(own);
      assert.deepEqual(
        privateScopes.map(({ scope }) => scope),
        ['@hidden'],
      );
      assert.deepEqual(mirrors, []);
    }
  });

  test('ends with the repository', async () => {
    assert.deepEqual((await policyOf({ 'docs/.git/HEAD': '' })).privateScopes, []);
    const { '.git/HEAD': _, ...without } = files;
    const { session, uri } = openHarness(without, { folders: ['docs/example'] });
    const loaded = await session.ensureProject(uri('docs/example/package.json'));
    assert.deepEqual(loaded!.project.policy.privateScopes, []);
  });
});
