import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ROOT } from '../../workspace.ts';
import { EMPTY_LOCK, loadHarness, manifest, openHarness } from './session-harness.ts';

async function rootsOf(files: Record<string, string>): Promise<string[]> {
  return Object.keys((await loadHarness(files)).projects());
}

describe('what is never entered', () => {
  for (const path of ['node_modules/x', '.git/x', '.yarn/cache/x', '.hg/x', 'a/node_modules/@s/x']) {
    test(path, async () => {
      assert.deepEqual(await rootsOf({ [`${path}/package.json`]: manifest() }), []);
      const { session, uri } = openHarness({ [`${path}/package.json`]: manifest() });
      assert.equal(await session.ensureProject(uri(`${path}/package.json`)), undefined);
    });
  }

  test('a folder of packages that is itself opened is walked', async () => {
    const { session, uri, projects } = openHarness(
      { 'node_modules/x/package.json': manifest(), 'node_modules/x/node_modules/y/package.json': manifest() },
      { folders: ['node_modules/x'] },
    );
    await session.loadFolder(uri('node_modules/x'));
    assert.deepEqual(Object.keys(projects()), ['node_modules/x']);
  });

  test('.yarn and other caches are', async () => {
    const files = { '.yarn/plugins/package.json': manifest(), 'cache/package.json': manifest() };
    assert.deepEqual(await rootsOf(files), ['.yarn/plugins', 'cache']);
  });
});

describe('.gitignore', () => {
  const packages = (...paths: string[]) =>
    Object.fromEntries(paths.map((path) => [`${path}/package.json`, manifest()]));

  const cases: readonly [string, Record<string, string>, readonly string[]][] = [
    ['a directory pattern', { '.gitignore': 'dist/\n', ...packages('dist', 'a/dist', 'a') }, ['a']],
    ['one bound to its folder', { '.gitignore': '/dist\n', ...packages('dist', 'a/dist') }, ['a/dist']],
    ['a negated one', { '.gitignore': '/*\n!/kept\n', ...packages('kept', 'gone') }, ['kept']],
    [
      'no way back below an ignored folder',
      { '.gitignore': 'out/\n!out/kept/\n', ...packages('out/kept') },
      [],
    ],
    ['in a nested folder', { 'a/.gitignore': 'b\n', ...packages('a/b', 'b') }, ['b']],
    [
      'the inner one has the last word',
      { '.gitignore': 'gen/\n', 'a/.gitignore': '!gen/\n', ...packages('gen', 'a/gen') },
      ['a/gen'],
    ],
    ['comments and blank lines', { '.gitignore': '# a\n\n   \n', ...packages('a') }, ['a']],
    ['Windows line ends', { '.gitignore': 'dist/\r\nout/\r\n', ...packages('dist', 'out', 'a') }, ['a']],
    ['a manifest by its own name', { '.gitignore': 'a/package.json\n', ...packages('a', 'b') }, ['b']],
  ];
  for (const [name, files, roots] of cases) {
    test(name, async () => assert.deepEqual(await rootsOf(files), roots));
  }

  test('an .npmrc that git ignores still says where packages come from', async () => {
    const { session } = await loadHarness({
      '.gitignore': '.npmrc\n',
      '.npmrc': '@acme:registry=https://npm.acme.example.test/\n',
      'package.json': manifest(),
    });
    const { npmConfig } = session.snapshot().projects[0]!.project;
    assert.equal(npmConfig.registryFor('@acme/a').url, 'https://npm.acme.example.test/');
  });

  test('so does a lockfile beside a manifest, but alone it makes no root', async () => {
    const { projects } = await loadHarness({
      '.gitignore': 'package-lock.json\n',
      'a/package.json': manifest(),
      'a/package-lock.json': EMPTY_LOCK,
      'b/package-lock.json': EMPTY_LOCK,
    });
    assert.deepEqual(projects(), { a: ['a/package-lock.json', 'a/package.json'] });
  });

  test('holds for files that an editor opens', async () => {
    const { session, uri, projects } = openHarness({ '.gitignore': 'dist/\n', ...packages('dist/a', 'b') });
    assert.equal(await session.ensureProject(uri('dist/a/package.json')), undefined);
    assert.notEqual(await session.ensureProject(uri('b/package.json')), undefined);
    assert.deepEqual(Object.keys(projects()), ['b']);
  });

  test('not for a folder that is asked for by name', async () => {
    const files = { '.gitignore': 'dist/\ntmp/\n', ...packages('dist/a', 'dist/a/tmp', 'dist/b') };
    const { session, uri, projects } = openHarness(files);
    await session.loadFolder(uri('dist/a'));
    // `tmp/` is in the same file as `dist/`, which has no effect here.
    assert.deepEqual(Object.keys(projects()), ['dist/a', 'dist/a/tmp']);
  });

  test('a folder asked for by name inside an ignored one still obeys its own', async () => {
    const { session, uri, projects } = openHarness({
      '.gitignore': 'dist/\n',
      'dist/a/.gitignore': 'tmp/\n',
      ...packages('dist/a', 'dist/a/tmp'),
    });
    await session.loadFolder(uri('dist/a'));
    assert.deepEqual(Object.keys(projects()), ['dist/a']);
  });

  test('a root above such a folder gets it as a member', async () => {
    const { session, uri, projects } = openHarness({
      '.gitignore': 'dist/\n',
      'package.json': manifest({ workspaces: ['dist/*', 'b'] }),
      ...packages('dist/a', 'b'),
    });
    await session.loadFolder(uri('dist/a'));
    assert.deepEqual(projects(), { '': ['b/package.json', 'dist/a/package.json', 'package.json'] });
  });
});

describe('exclude globs of dependency-hygiene.json', () => {
  const exclude = (...globs: string[]) => ({ 'dependency-hygiene.json': manifest({ exclude: globs }) });

  test('a whole folder is not even listed', async () => {
    const { lists, projects } = await loadHarness({
      ...exclude('test/fixtures/**'),
      'test/fixtures/package.json': manifest(),
      'test/fixtures/a/package.json': manifest(),
      'test/package.json': manifest(),
    });
    assert.deepEqual(Object.keys(projects()), ['test']);
    assert.ok(!lists.some((path) => path.startsWith('test/fixtures')));
  });

  const cases: readonly [string, readonly string[]][] = [
    ['a', ['b', 'b/a']],
    ['./a/', ['b', 'b/a']],
    ['**/a', ['b']],
    ['**/a/package.json', ['b']],
    ['{a,b}/**', []],
    ['[ab]', []],
    ['!a', ['a', 'b', 'b/a']],
  ];
  for (const [glob, roots] of cases) {
    test(`${glob} leaves ${roots.join(', ') || 'nothing'}`, async () => {
      const files = {
        'a/package.json': manifest(),
        'b/package.json': manifest(),
        'b/a/package.json': manifest(),
      };
      assert.deepEqual(await rootsOf({ ...exclude(glob), ...files }), roots);
    });
  }

  test('a .gitignore takes nothing back from them', async () => {
    const files = { ...exclude('a/**'), 'a/package.json': manifest(), '.gitignore': '!a/\n' };
    assert.deepEqual(await rootsOf(files), []);
  });

  test('are relative to their own file, and add up', async () => {
    const roots = await rootsOf({
      ...exclude('x'),
      'x/package.json': manifest(),
      'a/dependency-hygiene.json': manifest({ exclude: ['y'] }),
      'a/x/package.json': manifest(),
      'a/y/package.json': manifest(),
    });
    assert.deepEqual(roots, ['a/x']);
  });

  test('an excluded member is none, an excluded file is not opened', async () => {
    const { session, uri, projects } = openHarness({
      ...exclude('packages/b'),
      'package.json': manifest({ workspaces: ['packages/*'] }),
      'packages/a/package.json': manifest(),
      'packages/b/package.json': manifest(),
    });
    assert.equal(await session.ensureProject(uri('packages/b/package.json')), undefined);
    await session.ensureProject(uri('packages/a/package.json'));
    assert.deepEqual(projects()[''], ['dependency-hygiene.json', 'package.json', 'packages/a/package.json']);
  });

  test('those of a file named on the command line count from the folder that is checked', async () => {
    const { projects } = await loadHarness(
      {
        ...exclude('a'),
        'config/ci.json': manifest({ exclude: ['b'] }),
        'a/package.json': manifest(),
        'b/package.json': manifest(),
      },
      { settings: { policyFile: `${ROOT}/config/ci.json` } },
    );
    assert.deepEqual(Object.keys(projects()), ['a']);
  });
});
