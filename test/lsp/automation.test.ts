import assert from 'node:assert/strict';
import { test } from 'node:test';
import { automationSystemOf } from '../../server/src/core/read/automation/automation.ts';
import { compileGlob } from '../../server/src/core/read/text/paths/glob.ts';
import { CHECKED_PATHS } from '../../server/src/lsp/messages.ts';
import { FOLDER, startClient } from './test-client.ts';

const MANIFEST = '{ "name": "shop" }\n';
const LOCKFILE = '{ "name": "shop", "lockfileVersion": 3, "packages": { "": { "name": "shop" } } }\n';
const WORKFLOW = 'on: push\njobs:\n  a:\n    steps:\n      - run: npm install\n';
const DOCKERFILE = 'FROM node:24\nCOPY . .\nRUN npm install\n';

test('a workflow and a Dockerfile are checked while they are edited, and have fixes', async () => {
  const files = { 'package.json': MANIFEST, 'package-lock.json': LOCKFILE };
  const client = await startClient({
    files: { ...files, '.github/workflows/ci.yml': WORKFLOW, Dockerfile: DOCKERFILE },
  });
  for (const name of ['.github/workflows/ci.yml', 'Dockerfile']) {
    const uri = `${FOLDER}/${name}`;
    await client.open(uri);
    const installs = async () => {
      const { items = [] } = await client.pull(uri);
      return items.filter(({ code }) => code === 'ci-unlocked-install');
    };
    const [finding] = await installs();
    assert.equal(client.slice(uri, finding!.range), 'npm install', name);
    const titles = (await client.actions(uri, finding!.range)).map(({ title }) => title);
    assert.ok(titles.includes('Use "npm ci"'), titles.join());
    const at = client.textOf(uri).indexOf('npm install');
    await client.edit(uri, at, at + 'npm install'.length, 'npm ci');
    assert.deepEqual(await installs(), [], name);
  }
  await client.close();
});

test('a new workflow belongs to the project that is loaded', async () => {
  const client = await startClient({ files: { 'package.json': MANIFEST, 'package-lock.json': LOCKFILE } });
  await client.open(`${FOLDER}/package.json`);
  await client.pull(`${FOLDER}/package.json`);
  const uri = `${FOLDER}/.github/workflows/new.yaml`;
  await client.open(uri, WORKFLOW);
  const { items = [] } = await client.pull(uri);
  assert.ok(items.some(({ code }) => code === 'ci-unlocked-install'));
  await client.close();
});

test('the editor sends the files that are read', () => {
  const globs = CHECKED_PATHS.map((path) => compileGlob(`**/${path}`, { dot: true })!);
  for (const path of [
    '.github/workflows/ci.yml',
    '.github/actions/setup/action.yaml',
    '.gitlab-ci.yml',
    '.circleci/config.yml',
    'azure-pipelines.yml',
    'Dockerfile',
    'web/Containerfile.dev',
    'web.dockerfile',
    'compose.yaml',
    'docker-compose.prod.yml',
    '.vscode/tasks.json',
    '.claude/settings.local.json',
    '.mcp.json',
    '.cursor/mcp.json',
    '.devcontainer/devcontainer.json',
    '.devcontainer/web/devcontainer.json',
    '.husky/pre-commit',
    'lefthook.yml',
  ]) {
    assert.ok(automationSystemOf(`${FOLDER}/${path}`), path);
    assert.ok(
      globs.some((glob) => glob.matches(path)),
      path,
    );
  }
  for (const path of [
    'ci.yml',
    '.github/dependabot.yml',
    'docs/Dockerfile.md/a',
    'Dockerfiles',
    'tasks.json',
  ])
    assert.equal(automationSystemOf(`${FOLDER}/${path}`), undefined, path);
});

test('a workflow above all packages is checked, one of a repository without packages is not', async () => {
  const uri = `${FOLDER}/.github/workflows/ci.yml`;
  const workflow = 'on: push\njobs:\n  a:\n    steps:\n      - uses: someone/action@v1\n';
  const codesWith = async (files: Readonly<Record<string, string>>) => {
    const client = await startClient({ files: { ...files, '.github/workflows/ci.yml': workflow } });
    await client.open(uri);
    const { items = [] } = await client.pull(uri);
    await client.open(`${FOLDER}/web/package.json`, MANIFEST);
    await client.pull(`${FOLDER}/web/package.json`);
    const { items: again = [] } = await client.pull(uri);
    await client.close();
    return [items.map(({ code }) => code), again.map(({ code }) => code)];
  };
  const found = [['ci-reference-unpinned'], ['ci-reference-unpinned']];
  assert.deepEqual(await codesWith({ 'web/package.json': MANIFEST }), found);
  assert.deepEqual((await codesWith({ 'setup.py': '' }))[0], []);
});
