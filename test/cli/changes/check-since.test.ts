import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { checkJson, lockfileOf, MIRROR, runCli } from '../run-cli.ts';
import { commit, type Files, repository } from './changed-code.ts';

const withDependencies = (dependencies: Readonly<Record<string, string>>): Files => ({
  'package.json': { name: 'shop', packageManager: 'npm@11.19.1', dependencies },
  'package-lock.json': lockfileOf(dependencies),
});
const BASE: Files = {
  ...withDependencies({ reactt: '1.0.0', 'is-odd': '3.0.0' }),
  'dependency-hygiene.json': MIRROR,
};
const CHANGE = withDependencies({ reactt: '1.0.0', 'is-odd': '3.0.1', expresss: '1.0.0' });

describe('check --since', () => {
  test('lists the packages that the change brings, and only their findings', () => {
    const directory = repository(BASE);
    commit(directory, CHANGE);
    const all = checkJson(directory).findings.map(({ package: name }) => name);
    assert.ok(all.includes('reactt'));
    const { findings, baseline, changes, code } = checkJson(directory, '--since', 'HEAD~1');
    assert.deepEqual(
      findings.filter(({ rule }) => rule === 'typosquat-name').map(({ package: name }) => name),
      ['expresss'],
    );
    assert.ok(findings.every(({ package: name }) => name !== 'reactt'));
    assert.equal(baseline?.since, 'HEAD~1');
    const [lockfile] = changes as readonly {
      readonly added: readonly { name: string }[];
      readonly changed: readonly { name: string }[];
    }[];
    assert.deepEqual(
      [lockfile!.added.map(({ name }) => name), lockfile!.changed.map(({ name }) => name)],
      [['expresss'], ['is-odd']],
    );
    assert.equal(code, findings.some(({ severity }) => severity === 'error') ? 1 : 0);
    const { out } = runCli(['check', directory, '--since', 'HEAD~1']);
    assert.match(out, /^package-lock\.json: [\s\S]*^ +\+ expresss +1\.0\.0/m);
    assert.match(out, /^Since HEAD~1: \d+ known findings? left out/m);
  });

  test('has nothing where nothing changed, and exits with 0', () => {
    const directory = repository(BASE);
    const { findings, code } = checkJson(directory, '--since', 'HEAD', '--fail-on', 'information');
    assert.deepEqual([findings, code], [[], 0]);
  });

  test('knows files of CI services, hooks and editors, and passes over pictures beside them', () => {
    const program = { mcpServers: { tool: { command: 'npx', args: ['-y', 'some-tool@latest'] } } };
    const directory = repository({
      ...BASE,
      '.mcp.json': program,
      '.cursor/mcp.json': program,
      '.husky/pre-commit': 'npx some-tool@latest\n',
      'lefthook.yml': 'pre-commit:\n  commands:\n    a:\n      run: npx some-tool@latest\n',
      '.circleci/config.yml':
        'version: 2.1\njobs:\n  build:\n    docker:\n      - image: cimg/node:22.0\n    steps:\n      - run: npm install\n',
      'azure-pipelines.yml': 'steps:\n  - script: npm install\n',
      '.github/picture.png': '\u0089PNG\r\n\u0000\u0000',
    });
    const known = checkJson(directory).findings.map(({ path }) => path);
    for (const path of [
      '.mcp.json',
      '.husky/pre-commit',
      'lefthook.yml',
      '.circleci/config.yml',
      'azure-pipelines.yml',
    ])
      assert.ok(known.includes(path), path);
    const { findings, code } = checkJson(directory, '--since', 'HEAD', '--fail-on', 'information');
    assert.deepEqual([findings, code], [[], 0]);
  });

  test('knows a folder of the repository, and one that is new', () => {
    const below = (files: Files): Files =>
      Object.fromEntries(Object.entries(files).map(([path, content]) => [`web/${path}`, content]));
    const directory = repository({ ...below(BASE), 'readme.md': 'a\n' });
    commit(directory, below(CHANGE));
    const names = (since: string) =>
      checkJson(`${directory}/web`, '--since', since)
        .findings.filter(({ rule }) => rule === 'typosquat-name')
        .map(({ package: name }) => name);
    assert.deepEqual(names('HEAD~1'), ['expresss']);
  });

  test('needs a commit that git knows', () => {
    const { code, error } = runCli(['check', repository(BASE), '--since', 'nowhere']);
    assert.equal(code, 2);
    assert.match(error, /^dephygiene: --(?:since|base) nowhere cannot be used: /);
  });
});
