import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkJson, makeProject, runCli } from './run-cli.ts';

const MANIFEST = { name: 'shop', private: true, dependencies: {} };
const WORKFLOW = `on: push
jobs:
  a:
    runs-on: ubuntu-24.04
    permissions: {}
    steps:
      - uses: someone/action@v1
      - run: curl https://example.test/install.sh | bash
      - run: npm install
        working-directory: web
`;
const FILES = {
  'web/package.json': MANIFEST,
  'api/package.json': { ...MANIFEST, name: 'api' },
  '.github/workflows/ci.yml': WORKFLOW,
  Dockerfile: 'FROM node:14\n',
};

const of = (directory: string, ...args: readonly string[]) =>
  checkJson(directory, ...args)
    .findings.filter(({ path }) => !path.endsWith('package.json'))
    .map(({ path, rule }) => `${path} ${rule}`)
    .sort();

describe('the top of a repository without a package.json', () => {
  test('has its workflows and Dockerfiles checked, once', () => {
    assert.deepEqual(of(makeProject(FILES)), [
      '.github/workflows/ci.yml ci-reference-unpinned',
      '.github/workflows/ci.yml ci-unpinned-exec',
      'Dockerfile ci-reference-unpinned',
    ]);
  });

  test('lists unreadable ones as not checked', () => {
    const { coverage } = checkJson(makeProject({ ...FILES, '.github/workflows/bad.yml': 'on: [\n' }));
    assert.ok(coverage.gaps.some(({ path }) => path === '.github/workflows/bad.yml'));
  });

  test('follows the policy of the repository', () => {
    const policy = {
      rules: { 'ci-unpinned-exec': 'off' },
      overrides: [{ paths: ['.github'], rules: { 'ci-reference-unpinned': 'off' } }],
    };
    const excluding = { exclude: ['.github/**'] };
    const directory = makeProject({ ...FILES, 'dependency-hygiene.json': policy });
    assert.deepEqual(of(directory), ['Dockerfile ci-reference-unpinned']);
    assert.deepEqual(of(makeProject({ ...FILES, 'dependency-hygiene.json': excluding })), [
      'Dockerfile ci-reference-unpinned',
    ]);
  });

  test('is no project: commands for one name those below it', () => {
    const directory = makeProject(FILES);
    for (const command of ['audit', 'scripts']) {
      const { code, error } = runCli([command, directory]);
      assert.equal(code, 2, command);
      assert.match(error, /has no package\.json; give the directory of a project below it, such as api, web/);
    }
    const { out } = runCli(['check', directory]);
    assert.doesNotMatch(out, /nested/);
  });

  test('without any package below it has nothing to check', () => {
    const directory = makeProject({ '.github/workflows/ci.yml': WORKFLOW });
    assert.match(runCli(['check', directory]).error, /no package\.json/);
  });

  test('is not read for a folder below it', () => {
    const directory = makeProject({ ...FILES, '.git/HEAD': 'ref: refs/heads/main\n' });
    assert.deepEqual(of(`${directory}/web`), []);
    assert.equal(of(directory).length, 3);
  });
});
