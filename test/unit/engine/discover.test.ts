import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ROOT } from '../../workspace.ts';
import { EMPTY_LOCK, loadHarness, manifest, openHarness } from './session-harness.ts';

describe('each manifest belongs to the nearest root that claims it', () => {
  test('members and what is none', async () => {
    const { projects } = await loadHarness({
      'package.json': manifest({ workspaces: ['packages/*', '!packages/out'] }),
      'packages/a/package.json': manifest({ name: 'a' }),
      'packages/out/package.json': manifest({ name: 'out' }),
      'packages/a/deep/package.json': manifest({ name: 'deep' }),
      'tools/package.json': manifest({ name: 'tools' }),
    });
    assert.deepEqual(projects(), {
      '': ['package.json', 'packages/a/package.json'],
      'packages/a/deep': ['packages/a/deep/package.json'],
      'packages/out': ['packages/out/package.json'],
      tools: ['tools/package.json'],
    });
  });

  test('the object form', async () => {
    const { projects } = await loadHarness({
      'package.json': manifest({ workspaces: { packages: ['a'], nohoist: ['b'] } }),
      'a/package.json': manifest(),
      'b/package.json': manifest(),
    });
    assert.deepEqual(Object.keys(projects()), ['', 'b']);
  });

  test('an independent root inside another, with members of its own', async () => {
    const { projects } = await loadHarness({
      'package.json': manifest({ workspaces: ['packages/*'] }),
      'packages/a/package.json': manifest(),
      'examples/shop/package.json': manifest({ workspaces: ['packages/*'] }),
      'examples/shop/packages/a/package.json': manifest(),
    });
    assert.deepEqual(projects(), {
      '': ['package.json', 'packages/a/package.json'],
      'examples/shop': ['examples/shop/package.json', 'examples/shop/packages/a/package.json'],
    });
  });

  test('a member makes no root of itself by workspaces of its own', async () => {
    const { projects } = await loadHarness({
      'package.json': manifest({ workspaces: ['packages/**'] }),
      'packages/a/package.json': manifest({ workspaces: ['*'] }),
      'packages/a/b/package.json': manifest(),
    });
    assert.deepEqual(projects(), {
      '': ['package.json', 'packages/a/b/package.json', 'packages/a/package.json'],
    });
  });

  test('nothing is a member through a folder that claims only itself', async () => {
    const { projects } = await loadHarness({
      'package.json': manifest({ workspaces: ['.', './', ''] }),
      'a/package.json': manifest(),
    });
    assert.deepEqual(Object.keys(projects()), ['', 'a']);
  });
});

describe('lockfiles', () => {
  test('of a member belongs to the root that claims it, and is not the one that is read', async () => {
    const { session, projects } = await loadHarness({
      'package.json': manifest({ workspaces: ['a'] }),
      'package-lock.json': EMPTY_LOCK,
      'a/package.json': manifest(),
      'a/package-lock.json': EMPTY_LOCK,
    });
    assert.deepEqual(projects(), {
      '': ['a/package-lock.json', 'a/package.json', 'package-lock.json', 'package.json'],
    });
    const [only] = session.snapshot().projects;
    assert.equal(only?.project.lockfile?.uri, `${ROOT}/package-lock.json`);
    assert.deepEqual(
      only?.project.lockfiles.map(({ uri }) => uri),
      [`${ROOT}/package-lock.json`],
    );
  });

  test('without a manifest it makes a root', async () => {
    const { session, projects } = await loadHarness({ 'old/package-lock.json': EMPTY_LOCK });
    assert.deepEqual(projects(), { old: ['old/package-lock.json'] });
    const { project } = session.snapshot().projects[0]!;
    assert.equal(project.rootManifest, undefined);
    assert.equal(project.lockfile?.status, 'checked');
  });

  test('npm-shrinkwrap.json wins over package-lock.json', async () => {
    const { session } = await loadHarness({
      'package.json': manifest(),
      'package-lock.json': EMPTY_LOCK,
      'npm-shrinkwrap.json': EMPTY_LOCK,
    });
    const { project } = session.snapshot().projects[0]!;
    assert.equal(project.lockfile?.format, 'npm-shrinkwrap');
    assert.equal(project.lockfiles.length, 2);
  });

  test("another manager's is not the project's", async () => {
    const { session } = await loadHarness({
      'package.json': manifest({ packageManager: 'yarn@4.0.0' }),
      'package-lock.json': EMPTY_LOCK,
    });
    assert.equal(session.snapshot().projects[0]!.project.lockfile, undefined);
  });
});

describe('pnpm-workspace.yaml', () => {
  const files = {
    'package.json': manifest(),
    'pnpm-workspace.yaml': 'packages:\n  - packages/*\n',
    'pnpm-lock.yaml': 'lockfileVersion: "9.0"\n',
    'packages/a/package.json': manifest(),
    'packages/a/deep/er/package.json': manifest(),
  };

  test('claims every manifest below it', async () => {
    const { projects } = await loadHarness(files);
    assert.deepEqual(Object.keys(projects()), ['']);
  });

  test('but for folders with a lockfile of their own', async () => {
    const { projects } = await loadHarness({
      ...files,
      'example/package.json': manifest(),
      'example/package-lock.json': EMPTY_LOCK,
    });
    assert.deepEqual(Object.keys(projects()), ['', 'example']);
  });

  test('is named among the files, as not supported', async () => {
    const { session } = await loadHarness(files);
    const { statuses } = session.snapshot().projects[0]!;
    const status = statuses.find(({ uri }) => uri === `${ROOT}/pnpm-workspace.yaml`);
    assert.equal(status?.status, 'unsupported');
  });
});

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

  test('the repository is the nearest folder with one, within the bound', async () => {
    const { session, uri } = openHarness({ ...files, '.git/HEAD': 'ref: refs/heads/main\n' });
    const project = await session.ensureProject(uri('packages/a/package.json'));
    assert.equal(project?.project.repository, ROOT);
    const bounded = openHarness({ ...files, '.git/HEAD': '' }, { folders: ['packages'] });
    const inside = await bounded.session.ensureProject(uri('packages/a/package.json'));
    assert.equal(inside?.project.repository, undefined);
  });
});

describe('the configuration file', () => {
  const policy = (name: string) => manifest({ allowNames: [name] });
  const files = {
    'dependency-hygiene.json': policy('outer'),
    'a/package.json': manifest(),
    'a/dependency-hygiene.json': policy('inner'),
    'b/package.json': manifest(),
    'config/other.json': policy('other'),
  };

  test('the nearest one counts', async () => {
    const { session } = await loadHarness(files);
    const names = session.snapshot().projects.map(({ project }) => project.policy.allowNames[0]?.value);
    assert.deepEqual(names, ['inner', 'outer']);
  });

  test('one named on the command line is used instead of all of them', async () => {
    const { session, projects, uri } = await loadHarness(files, {
      settings: { policyFile: `${ROOT}/config/other.json` },
    });
    const names = session.snapshot().projects.map(({ project }) => project.policy.allowNames[0]?.value);
    assert.deepEqual(names, ['other', 'other']);
    assert.deepEqual(projects().a, ['a/package.json', 'config/other.json']);
    const configurations = session
      .snapshot()
      .projects.flatMap(({ statuses }) => statuses)
      .filter(({ kind }) => kind === 'configuration');
    assert.deepEqual([...new Set(configurations.map((status) => status.uri))], [uri('config/other.json')]);
  });

  test('naming another one later takes effect', async () => {
    const { session, uri } = await loadHarness(files);
    session.configure({ ...settingsOf(), policyFile: uri('config/other.json') });
    const project = await session.ensureProject(uri('a/package.json'));
    assert.equal(project?.project.policy.allowNames[0]?.value, 'other');
  });
});

function settingsOf() {
  return { online: false, trusted: false, severities: new Map() };
}
