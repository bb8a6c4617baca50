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
    'pnpm-workspace.yaml': 'packages:\n  - packages/*\n  - "!packages/old"\n',
    'pnpm-lock.yaml': 'lockfileVersion: "9.0"\n',
    'packages/a/package.json': manifest(),
    'packages/a/deep/er/package.json': manifest(),
    'packages/old/package.json': manifest(),
    'example/package.json': manifest(),
  };
  const own = 'pnpm-workspace.yaml';

  test('claims what its patterns match and none takes back', async () => {
    const { projects } = await loadHarness(files);
    assert.deepEqual(projects(), {
      '': ['package.json', 'packages/a/package.json', 'pnpm-lock.yaml', own],
      example: ['example/package.json'],
      'packages/a/deep/er': ['packages/a/deep/er/package.json'],
      'packages/old': ['packages/old/package.json'],
    });
  });

  test('is found from a member that is opened alone', async () => {
    const { session, uri, projects } = openHarness(files);
    await session.ensureProject(uri('packages/a/package.json'));
    assert.deepEqual(projects(), { '': ['package.json', 'packages/a/package.json', 'pnpm-lock.yaml', own] });
  });

  test('needs no package.json beside it', async () => {
    const { 'package.json': _, ...rest } = files;
    const { projects } = await loadHarness(rest);
    assert.deepEqual(projects()[''], ['packages/a/package.json', 'pnpm-lock.yaml', own]);
  });

  test('a member with a lockfile of its own is a root where pnpm writes one for each', async () => {
    const more = { ...files, 'packages/a/pnpm-lock.yaml': 'lockfileVersion: "9.0"\n' };
    assert.ok(!('packages/a' in (await loadHarness(more)).projects()));
    const settings = { ...more, [own]: `${files[own]}sharedWorkspaceLockfile: false\n` };
    assert.deepEqual((await loadHarness(settings)).projects()['packages/a'], [
      'packages/a/package.json',
      'packages/a/pnpm-lock.yaml',
    ]);
    const npmrc = { ...more, '.npmrc': 'shared-workspace-lockfile=false\n' };
    assert.ok('packages/a' in (await loadHarness(npmrc)).projects());
  });

  test('without `packages` has settings and no members', async () => {
    const { projects } = await loadHarness({ ...files, [own]: 'minimumReleaseAge: 1440\n' });
    assert.deepEqual(projects()[''], ['package.json', 'pnpm-lock.yaml', own]);
  });

  test('whose text is broken claims all below it, so that no member is taken for a root', async () => {
    const { projects, session, uri } = await loadHarness({ ...files, [own]: 'packages\n  - a\n' });
    assert.deepEqual(Object.keys(projects()), ['']);
    const status = session.snapshot().projects[0]!.statuses.find((item) => item.uri === uri(own));
    assert.deepEqual([status?.kind, status?.status], ['pnpm-workspace', 'partial']);
    assert.match(status?.reason ?? '', /^line \d+: /i);
  });

  test('is named among the files, as checked', async () => {
    const { session, uri } = await loadHarness(files);
    const { statuses } = session.snapshot().projects[0]!;
    const status = statuses.find((item) => item.uri === uri(own));
    assert.deepEqual([status?.kind, status?.status], ['pnpm-workspace', 'checked']);
  });

  test('an edit of its patterns moves members', async () => {
    const { session, uri, projects } = await loadHarness(files);
    session.setOverlay(uri(own), 'packages:\n  - packages/old\n');
    await session.ensureProject(uri('packages/old/package.json'));
    assert.deepEqual(projects()[''], ['package.json', 'packages/old/package.json', 'pnpm-lock.yaml', own]);
  });
});

describe('workspaces of Yarn inside one another', () => {
  const files = {
    'package.json': manifest({ workspaces: ['packages/*'] }),
    'packages/a/package.json': manifest({ workspaces: ['inner/*'] }),
    'packages/a/inner/b/package.json': manifest({ name: 'b' }),
  };

  test('all belong to the outermost root', async () => {
    for (const yarn of [
      { '.yarnrc.yml': 'nodeLinker: node-modules\n' },
      { 'package.json': manifest({ workspaces: ['packages/*'], packageManager: 'yarn@4.18.1' }) },
    ]) {
      const walked = await loadHarness({ ...files, ...yarn });
      assert.deepEqual(Object.keys(walked.projects()), ['']);
      const { session, uri, projects } = openHarness({ ...files, ...yarn });
      await session.ensureProject(uri('packages/a/inner/b/package.json'));
      assert.deepEqual(Object.keys(projects()), ['']);
      assert.equal(session.snapshot().projects[0]!.project.members.size, 3);
    }
  });

  test('npm and Yarn 1 know none', async () => {
    assert.deepEqual(Object.keys((await loadHarness(files)).projects()), ['', 'packages/a/inner/b']);
    const classic = {
      ...files,
      'package.json': manifest({ workspaces: ['packages/*'], packageManager: 'yarn@1.22.22' }),
    };
    assert.deepEqual(Object.keys((await loadHarness(classic)).projects()), ['', 'packages/a/inner/b']);
  });
});

describe('configuration of Yarn and Bun', () => {
  test('that of every folder up to the top is read, the nearest first', async () => {
    const { session, uri } = await loadHarness({
      'yarn.lock': '',
      'shop/package.json': manifest(),
      'shop/yarn.lock': '',
      'shop/.yarnrc.yml': 'enableScripts: false\n',
      '.yarnrc.yml': 'npmScopes: {}\n',
      '.yarnrc': 'registry "https://npm.example.test/"\n',
    });
    const shop = session.snapshot().projects.find(({ project }) => project.root === uri('shop'))!;
    assert.deepEqual(
      shop.project.yarnrcs.map((file) => [file.uri, file.dialect]),
      [
        [uri('shop/.yarnrc.yml'), 'berry'],
        [uri('.yarnrc.yml'), 'berry'],
        [uri('.yarnrc'), 'classic'],
      ],
    );
    const kinds = shop.statuses.map(({ uri: file, kind, status }) => [file, kind, status]);
    assert.ok(kinds.some((item) => item.join(' ') === `${uri('.yarnrc')} yarnrc checked`));
    assert.ok(shop.files.has(uri('shop/.yarnrc.yml')));
  });

  test('is not looked for where another package manager is in use', async () => {
    const { session, uri } = await loadHarness({
      'shop/package.json': manifest({ packageManager: 'npm@11.0.0' }),
      '.yarnrc.yml': 'npmScopes: {}\n',
    });
    const { project, statuses } = session.snapshot().projects[0]!;
    assert.deepEqual(project.yarnrcs, []);
    assert.ok(!statuses.some((status) => status.uri === uri('.yarnrc.yml')));
  });

  test('a bunfig.toml is a file of the project', async () => {
    const { session, uri } = await loadHarness({
      'package.json': manifest(),
      'bunfig.toml': '[install]\nexact = true\nregistry = "x\n',
    });
    const { project, statuses, files } = session.snapshot().projects[0]!;
    assert.equal(project.manager.name, 'bun');
    assert.equal(project.bunfig, files.get(uri('bunfig.toml')));
    const status = statuses.find((item) => item.uri === uri('bunfig.toml'));
    assert.deepEqual(
      [status?.kind, status?.status, status?.reason?.slice(0, 7)],
      ['bunfig', 'partial', 'Line 3:'],
    );
  });

  test('edits of them change the project', async () => {
    const { session, uri } = await loadHarness({
      'package.json': manifest({ packageManager: 'pnpm@11.0.0' }),
      'pnpm-workspace.yaml': 'catalog:\n  react: ^18.0.0\n',
    });
    const project = () => session.snapshot().projects[0]!.project;
    const before = project();
    assert.equal(before.catalogs.get('', 'react')?.declared, '^18.0.0');
    session.setOverlay(uri('pnpm-workspace.yaml'), '# above\ncatalog:\n  react: ^18.0.0\n');
    assert.equal(project().catalogs, before.catalogs, 'what it says is the same');
    assert.notDeepEqual(project().catalogPlaces, before.catalogPlaces, 'where it says it is not');
    session.setOverlay(uri('pnpm-workspace.yaml'), 'catalog:\n  react: ^19.0.0\n');
    assert.equal(project().catalogs.get('default', 'react')?.declared, '^19.0.0');
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
    assert.deepEqual(
      [...new Set(configurations.map((status) => status.uri))],
      [
        // The private names of the others still count.
        uri('a/dependency-hygiene.json'),
        uri('config/other.json'),
        uri('dependency-hygiene.json'),
      ],
    );
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
