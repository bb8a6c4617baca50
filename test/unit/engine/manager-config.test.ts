import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { joinUri } from '../../../server/src/core/read/text/paths/uri.ts';
import { createSession } from '../../../server/src/engine/create-session.ts';
import { DEFAULT_SETTINGS } from '../../../server/src/engine/settings.ts';
import { memoryFiles, ROOT, testPorts } from '../../workspace.ts';
import { loadHarness, manifest } from './session-harness.ts';

const URL = 'https://npm.acme.example.test/';
const HOME = 'file:///home/user';

/** Returns the only project of files in the workspace, given additional files in the home directory. */
async function projectOf(files: Record<string, string>, home: Record<string, string> = {}, trusted = true) {
  const texts = new Map([
    ...Object.entries(files).map(([path, text]): [string, string] => [joinUri(ROOT, path), text]),
    ...Object.entries(home).map(([path, text]): [string, string] => [joinUri(HOME, path), text]),
  ]);
  const session = createSession({ ...testPorts(new Map()), files: memoryFiles(texts), home: HOME });
  session.configure({ ...DEFAULT_SETTINGS, trusted });
  session.setFolders([ROOT]);
  await session.loadFolder(ROOT);
  return session.snapshot().projects[0]!;
}

describe("the user's own configuration", () => {
  test('of Yarn comes last, and counts in a folder that is not trusted', async () => {
    const files = {
      'package.json': manifest({ packageManager: 'yarn@4.18.1' }),
      '.yarnrc.yml': 'enableScripts: false\n',
    };
    const home = { '.yarnrc.yml': `npmScopes:\n  acme:\n    npmRegistryServer: ${URL}\n`, '.yarnrc': '' };
    const { project, statuses, files: checked } = await projectOf(files, home, false);
    assert.deepEqual(
      project.yarnrcs.map(({ level, dialect }) => `${level} ${dialect}`),
      ['project berry', 'user berry', 'user classic'],
    );
    const { url, trusted } = project.npmConfig.registryFor('@acme/ui');
    assert.deepEqual([url, trusted], [URL, true]);
    const uri = joinUri(HOME, '.yarnrc.yml');
    assert.equal(statuses.find((status) => status.uri === uri)?.status, 'checked');
    assert.ok(!checked.has(uri), "it is not the project's to mend");
  });

  test('of Yarn tells which Yarn it is where nothing else does, so that no private scope is lost', async () => {
    const files = { 'package.json': manifest({ packageManager: 'yarn' }) };
    const home = { '.yarnrc.yml': `npmScopes:\n  acme:\n    npmRegistryServer: ${URL}\n` };
    const { project } = await projectOf(files, home);
    assert.equal(project.manager.generation, 'berry');
    assert.equal(project.npmConfig.registryFor('@acme/ui').url, URL);
  });

  test('of Bun counts where its own file says nothing', async () => {
    const files = {
      'package.json': manifest({ packageManager: 'bun@1.4.5' }),
      'bunfig.toml': '[install]\nexact = true\n',
    };
    const { project } = await projectOf(files, { '.bunfig.toml': `[install]\nregistry = "${URL}"\n` });
    assert.equal(project.npmConfig.registryFor('left').url, URL);
  });

  test('is not read where npm is in use', async () => {
    const { project, statuses } = await projectOf(
      { 'package.json': manifest({ packageManager: 'npm@11.0.0' }) },
      { '.yarnrc.yml': `npmRegistryServer: ${URL}\n`, '.bunfig.toml': '' },
    );
    assert.deepEqual(project.yarnrcs, []);
    assert.ok(!statuses.some(({ uri }) => uri.startsWith(HOME)));
  });
});

describe('the version of the package manager', () => {
  const managerOf = async (files: Record<string, string>) => {
    const { name, version, versionFrom, generation: yarn } = (await projectOf(files)).project.manager;
    return [name, version, versionFrom, yarn];
  };

  test('in yarnPath', async () => {
    const files = { 'package.json': manifest(), '.yarnrc.yml': 'yarnPath: .yarn/releases/yarn-4.18.0.cjs\n' };
    assert.deepEqual(await managerOf(files), ['yarn', '4.18.0', 'yarnPath', 'berry']);
    const moved = {
      'package.json': manifest(),
      'yarn.lock': '__metadata:\n  version: 5\n',
      '.yarnrc': 'yarn-path ".yarn/releases/yarn-3.0.2.cjs"\n',
    };
    assert.deepEqual(await managerOf(moved), ['yarn', '3.0.2', 'yarnPath', 'berry']);
  });

  test("in pnpm's lockfile", async () => {
    const lock = `---
lockfileVersion: '9.0'

importers:

  .:
    packageManagerDependencies:
      pnpm:
        specifier: 12.0.0
        version: 12.0.0

packages:

  pnpm@12.0.0:
    resolution: {integrity: sha512-AAAA}

snapshots:

  pnpm@12.0.0: {}

---
lockfileVersion: '9.0'

importers:

  .: {}
`;
    const files = { 'package.json': manifest(), 'pnpm-lock.yaml': lock };
    assert.deepEqual(await managerOf(files), ['pnpm', '12.0.0', 'lockfile', undefined]);
  });

  test('the lockfile tells which Yarn wrote it', async () => {
    const classic = { 'package.json': manifest(), 'yarn.lock': '# yarn lockfile v1\n' };
    assert.deepEqual(await managerOf(classic), ['yarn', undefined, undefined, 'classic']);
    const berry = {
      'package.json': manifest(),
      'yarn.lock': '__metadata:\n  version: 8\n  cacheKey: 10c0\n',
    };
    assert.deepEqual(await managerOf(berry), ['yarn', undefined, undefined, 'berry']);
  });
});

describe('names that nobody else is to hear', () => {
  test('a name that a catalog takes from elsewhere is one', async () => {
    const { project } = await projectOf({
      'package.json': manifest({
        packageManager: 'pnpm@11.0.0',
        dependencies: { own: 'catalog:', other: 'catalog:' },
      }),
      'pnpm-workspace.yaml':
        'catalog:\n  own: git+https://git.example.test/own.git\n  other: ^1.0.0\noverrides:\n  deep: link:../deep\n',
    });
    assert.deepEqual([...project.exoticNames].sort(), ['deep', 'own']);
  });
});

describe('an edit', () => {
  test('above an override changes nothing that others read', async () => {
    const text = (name: string) => manifest({ name, workspaces: ['m'], overrides: { a: '1.0.0' } });
    const { session, uri } = await loadHarness({
      'package.json': text('x'),
      'm/package.json': manifest({ name: 'm' }),
    });
    const before = session.snapshot().projects[0]!.project;
    session.setOverlay(uri('package.json'), text('longer'));
    const after = session.snapshot().projects[0]!.project;
    assert.equal(after.overrides, before.overrides);
    assert.notDeepEqual(after.overridePlaces, before.overridePlaces);
    session.setOverlay(uri('package.json'), text('longer').replace('1.0.0', '1.0.1'));
    assert.notEqual(session.snapshot().projects[0]!.project.overrides, before.overrides);
  });

  test('of a YAML file that was never read before takes effect', async () => {
    const { session, uri } = await loadHarness({
      'package.json': manifest({ packageManager: 'pnpm@11.0.0' }),
    });
    session.setOverlay(uri('pnpm-workspace.yaml'), 'catalog:\n  a: ^1.0.0\n');
    await session.ensureProject(uri('pnpm-workspace.yaml'));
    const { project, statuses } = session.snapshot().projects[0]!;
    assert.equal(project.catalogs.get('', 'a')?.declared, '^1.0.0');
    assert.equal(statuses.find((status) => status.uri === uri('pnpm-workspace.yaml'))?.status, 'checked');
  });
});
