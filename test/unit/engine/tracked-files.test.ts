import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, test } from 'node:test';
import { relativeUri } from '../../../server/src/core/read/text/paths/uri.ts';
import { createSession } from '../../../server/src/engine/create-session.ts';
import { DEFAULT_SETTINGS } from '../../../server/src/engine/settings.ts';
import { createDiskFiles, uriOfPath } from '../../../server/src/node/disk-files.ts';
import { createGit } from '../../../server/src/node/git/git-reader.ts';
import { testPorts } from '../../workspace.ts';
import { EMPTY_LOCK, manifest } from './session-harness.ts';

const base = realpathSync(mkdtempSync(join(tmpdir(), 'dephygiene-tracked-')));
after(() => rmSync(base, { recursive: true, force: true }));

const environment = { PATH: process.env.PATH, HOME: base, GIT_CONFIG_NOSYSTEM: '1' };
const git = (directory: string, ...args: readonly string[]) =>
  execFileSync('git', args, { cwd: directory, env: environment, stdio: 'pipe' });

function write(directory: string, files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(directory, path, '..'), { recursive: true });
    writeFileSync(join(directory, path), text);
  }
}

/** Creates a repository that tracks the first files and not the others. */
function repository(
  name: string,
  tracked: Readonly<Record<string, string>>,
  others: Readonly<Record<string, string>> = {},
): string {
  const directory = join(base, name);
  mkdirSync(directory, { recursive: true });
  git(directory, 'init', '--quiet');
  write(directory, tracked);
  git(directory, 'add', '--all', '--force');
  write(directory, others);
  return directory;
}

function sessionAt(directory: string, PATH = process.env.PATH) {
  const root = uriOfPath(directory);
  const reader = createGit({
    environment: { ...environment, PATH },
    platform: process.platform,
    untrusted: () => [root],
  });
  const session = createSession({
    ...testPorts(new Map(), { git: reader }),
    files: createDiskFiles(() => [root]),
  });
  session.configure(DEFAULT_SETTINGS);
  session.setFolders([root]);
  return { session, root };
}

/** Returns the paths of the manifests and lockfiles that are found. */
async function foundIn(directory: string, PATH?: string): Promise<readonly string[]> {
  const { session, root } = sessionAt(directory, PATH);
  await session.loadFolder(root);
  const uris = session.snapshot().projects.flatMap(({ files }) => [...files.keys()]);
  return uris.map((uri) => relativeUri(root, uri)).sort();
}

const API = { 'api/package.json': manifest(), 'api/package-lock.json': EMPTY_LOCK };

describe('a file that git tracks counts whatever .gitignore says', () => {
  const hidings: readonly (readonly [string, Record<string, string>])[] = [
    ['a folder', { '.gitignore': 'api/\n' }],
    ['everything', { '.gitignore': '*\n' }],
    ['the manifest by its name', { '.gitignore': 'package.json\n' }],
    ['a .gitignore inside', { 'api/.gitignore': '*\n' }],
    ['a double star', { '.gitignore': '**/api/**\n' }],
  ];
  for (const [name, ignores] of hidings) {
    test(name, async () => {
      const directory = repository(name.replaceAll(' ', '-'), { ...API, ...ignores });
      assert.deepEqual(await foundIn(directory), ['api/package-lock.json', 'api/package.json']);
    });
  }

  test('in a folder whose other files are ignored', async () => {
    const directory = repository(
      'mixed',
      { ...API, '.gitignore': 'api/\nout/\n' },
      {
        'api/built/package.json': manifest(),
        'out/package.json': manifest(),
      },
    );
    assert.deepEqual(await foundIn(directory), ['api/package-lock.json', 'api/package.json']);
  });

  test('where it is opened in an editor', async () => {
    const directory = repository(
      'opened',
      { ...API, '.gitignore': 'api/\nout\n' },
      {
        'out/package.json': manifest(),
      },
    );
    const { session } = sessionAt(directory);
    const ensure = (path: string) => session.ensureProject(uriOfPath(join(directory, path)));
    assert.notEqual(await ensure('api/package.json'), undefined);
    assert.equal(await ensure('out/package.json'), undefined);
  });

  test('in a submodule', async () => {
    const directory = repository('outer', { '.gitignore': 'api/\n' });
    repository('outer/api', { 'package.json': manifest() });
    git(directory, 'update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},api`);
    assert.deepEqual(await foundIn(directory), ['api/package.json']);
  });

  test('where a folder below the repository is opened', async () => {
    const directory = repository('below', { 'a/api/package.json': manifest(), 'a/.gitignore': 'api\n' });
    assert.deepEqual(await foundIn(join(directory, 'a')), ['api/package.json']);
  });
});

test('case counts where git says that it does', async () => {
  const directory = repository('cased', { '.gitignore': 'API/\n' }, { 'api/package.json': manifest() });
  git(directory, 'config', 'core.ignorecase', 'false');
  assert.deepEqual(await foundIn(directory), ['api/package.json']);
  git(directory, 'config', 'core.ignorecase', 'true');
  assert.deepEqual(await foundIn(directory), []);
});

test('without git, or without a repository, .gitignore decides', async () => {
  const directory = repository('gitless', { ...API, '.gitignore': 'api/\n' });
  assert.deepEqual(await foundIn(directory, ''), []);
  const { session, root } = sessionAt(directory, '');
  await session.loadFolder(root);
  assert.match([...session.gitFailures().values()].join(), /^git was not found on the PATH$/);

  const plain = join(base, 'plain');
  write(plain, { ...API, '.gitignore': 'api/\n' });
  assert.deepEqual(await foundIn(plain), []);
  const other = sessionAt(plain);
  await other.session.loadFolder(other.root);
  assert.equal(other.session.gitFailures().size, 0);
});
