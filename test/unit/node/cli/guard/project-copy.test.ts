import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { managerOfProgram } from '../../../../../server/src/core/read/manager/managers.ts';
import {
  copyProject,
  type NoCopy,
  type ProjectCopy,
} from '../../../../../server/src/node/cli/guard/project-copy.ts';
import { makeProject } from '../../../../cli/run-cli.ts';

const MANIFEST = { name: 'shop', version: '1.0.0', private: true };
type Files = Parameters<typeof makeProject>[0];

async function copy(
  program: string,
  files: Files,
  { at = '', place = 'project' }: { at?: string; place?: 'project' | 'once' | 'global' } = {},
): Promise<ProjectCopy | NoCopy> {
  const project = makeProject({ '.git/HEAD': '', ...files });
  const folder = makeProject({});
  return copyProject({ place }, managerOfProgram(program)!, { directory: join(project, at), folder });
}

async function copied(...given: Parameters<typeof copy>): Promise<ProjectCopy> {
  const made = await copy(...given);
  assert.ok('root' in made, JSON.stringify(made));
  return made;
}

const text = ({ root }: ProjectCopy, path: string) => readFileSync(join(root, path), 'utf8');

describe('the copy of a project', () => {
  test('has manifests of members, lockfile and configuration, readable by this user alone, and no packages', async () => {
    const made = await copied(
      'npm',
      {
        'app/package.json': { ...MANIFEST, workspaces: ['packages/*'] },
        'app/package-lock.json': { name: 'shop', lockfileVersion: 3, packages: {} },
        'app/.npmrc': 'fund=false\n',
        'app/packages/a/package.json': { name: 'a', version: '1.0.0', dependencies: { b: 'file:../../b' } },
        'app/b/package.json': { name: 'b', version: '1.0.0' },
        'app/packages/a/index.js': '',
        'app/node_modules/c/package.json': { name: 'c', version: '1.0.0' },
      },
      { at: 'app/packages/a' },
    );
    assert.equal(made.root, join(made.top, 'app'));
    assert.equal(made.directory, join(made.root, 'packages/a'));
    for (const path of [
      'package.json',
      'package-lock.json',
      '.npmrc',
      'packages/a/package.json',
      'b/package.json',
    ])
      assert.equal(statSync(join(made.root, path)).mode & 0o077, 0, path);
    for (const path of ['packages/a/index.js', 'node_modules'])
      assert.ok(!existsSync(join(made.root, path)), path);
  });

  test('variables stay as they are written, and settings that start programs are left out', async () => {
    const variable = '$' + '{NPM_TOKEN}';
    const made = await copied('npm', {
      'package.json': MANIFEST,
      '.npmrc': [
        'registry=https://r.example.test/',
        'git=./git.sh',
        `//r.example.test/:_authToken=${variable}`,
        '//r.example.test/:tokenHelper=/tmp/x',
        'script-shell = ./sh',
        '$' + '{KEY}=x',
        'package-lock=false',
        'min-release-age=3',
      ].join('\n'),
    });
    assert.deepEqual(text(made, '.npmrc').split('\n').filter(Boolean), [
      'registry=https://r.example.test/',
      `//r.example.test/:_authToken=${variable}`,
      'min-release-age=3',
    ]);
    assert.equal(made.withheld.length, 5);
  });

  test('a package that runs once gets the configuration, and a global one nothing', async () => {
    const files = { 'package.json': { ...MANIFEST, dependencies: { a: '1' } }, '.npmrc': 'fund=false\n' };
    const once = await copied('npx', files, { place: 'once' });
    assert.equal(text(once, 'package.json'), '{ "private": true }\n');
    assert.equal(text(once, '.npmrc'), 'fund=false\n');
    const global = await copied('npm', files, { place: 'global' });
    assert.ok(!existsSync(join(global.root, '.npmrc')));
  });

  test('code that has to run to resolve is a reason, and hooks are named', async () => {
    const reasonOf = async (...given: Parameters<typeof copy>) => {
      const made = await copy(...given);
      return 'reason' in made ? made.reason : undefined;
    };
    const own = { 'package.json': MANIFEST };
    const plugins = 'plugins:\n  - path: ./p.cjs\n    spec: p\n';
    assert.match(
      (await reasonOf('yarn', { ...own, '.yarnrc.yml': plugins }))!,
      /^plugins.* in \.yarnrc\.yml/,
    );
    const dependencies = 'configDependencies:\n  a: 1.0.0+sha512-x\n';
    assert.match(
      (await reasonOf('pnpm', { ...own, 'pnpm-workspace.yaml': dependencies }))!,
      /^configDependencies/,
    );
    const scanner = '[install.security]\nscanner = "a"\n';
    assert.match((await reasonOf('bun', { ...own, 'bunfig.toml': scanner }))!, /^install\.security\.scanner/);
    assert.match(
      (await reasonOf('pnpm', { ...own, 'pnpm-workspace.yaml': 'packages: [\n' }))!,
      /^pnpm-workspace\.yaml /,
    );
    assert.equal(
      await reasonOf('yarn', { ...own, '.yarnrc.yml': 'yarnPath: .yarn/releases/yarn-4.9.0.cjs\n' }),
      undefined,
    );
    assert.deepEqual((await copied('pnpm', { ...own, '.pnpmfile.cjs': '' })).hooks, ['.pnpmfile.cjs']);
    assert.ok(
      !existsSync(join((await copied('pnpm', { ...own, '.pnpmfile.cjs': '' })).root, '.pnpmfile.cjs')),
    );
  });

  test('a folder without a project gets an empty manifest, so that none above it is written', async () => {
    const folder = makeProject({});
    mkdirSync(join(folder, 'new'));
    const made = await copyProject({ place: 'project' }, managerOfProgram('npm')!, {
      directory: join(folder, 'new'),
      folder: makeProject({}),
    });
    assert.ok('root' in made && text(made, 'package.json') === '{ "private": true }\n');
  });
});
