import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace } from '../../../workspace.ts';

const RULE = 'lockfile-missing';
const MANIFEST = '-- package.json --\n{ "name": "shop", "dependencies": { "left": "^1.0.0" } }\n';
const LOCK = `-- package-lock.json --
{ "lockfileVersion": 3, "packages": { "": { "dependencies": { "left": "^1.0.0" } }, "node_modules/left": { "version": "1.0.0" } } }
`;
const MARKED = MANIFEST.replace(/\n$/, `\n${' '.repeat(18)}^^^^^^^^^^^^^^ lockfile-missing`);

const silent = (source: string) => expectMarks(source, { rules: [RULE] });

describe('lockfile-missing', () => {
  test('dependencies and no lockfile', () =>
    expectMarks(
      `${MARKED}: This project has dependencies and no lockfile, so every install may install other versions. Create one and commit it.\n`,
    ));

  test('an ignored lockfile, there or not', async () => {
    const ignored = '-- .gitignore --\nnode_modules/\n/package-lock.json\n';
    await expectMarks(
      `${MARKED}: package-lock.json is ignored by git, so every clone of this project may install other versions. Commit it.\n${ignored}${LOCK}`,
    );
    await expectMarks(
      `${MARKED}: This project has dependencies and no lockfile (and package-lock.json is ignored by git), so every install may install other versions. Create one and commit it.\n${ignored}`,
    );
    const [finding] = (await openWorkspace(MANIFEST + ignored + LOCK)).findings(RULE);
    assert.deepEqual(
      finding?.related.map(({ span }) => span),
      [{ start: 14, end: 32 }],
    );
  });

  test('a folder that a member of a workspace, or a resolution, names by its path is installed with that', () => {
    const folder = (name: string) =>
      `-- ${name}/package.json --\n{ "name": "${name}", "dependencies": { "left": "^1.0.0" } }\n`;
    const lock = `-- package-lock.json --\n{ "lockfileVersion": 3, "packages": { "": {} } }\n`;
    return silent(`-- package.json --
{ "name": "shop", "private": true, "workspaces": ["packages/*"], "resolutions": { "a/b": "file:./local" } }
-- packages/a/package.json --
{ "name": "a", "dependencies": { "ext": "file:../../ext" } }
${folder('ext')}${folder('local')}${lock}`);
  });

  test('a member of pnpm, which keeps a lockfile in each', async () => {
    const workspace = (shared: boolean, lock = '') =>
      `-- package.json --
{ "name": "shop", "private": true, "packageManager": "pnpm@10.34.8" }
-- pnpm-workspace.yaml --
packages: ['packages/*']
sharedWorkspaceLockfile: ${shared}
-- packages/a/package.json --
{ "name": "a", "packageManager": "pnpm@10.34.8", "dependencies": { "left": "^1.0.0" } }
-- packages/b/package.json --
{ "name": "b" }
-- pnpm-lock.yaml --
lockfileVersion: '9.0'
importers:
  .: {}
  packages/a:
    dependencies:
      left: { specifier: ^1.0.0, version: 1.0.0 }
  packages/b: {}
packages:
  left@1.0.0: { resolution: { integrity: sha512-a } }
snapshots:
  left@1.0.0: {}
${lock}`;
    const own = `-- packages/a/pnpm-lock.yaml --
lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      left: { specifier: ^1.0.0, version: 1.0.0 }
packages:
  left@1.0.0: { resolution: { integrity: sha512-a } }
snapshots:
  left@1.0.0: {}
`;
    const found = async (source: string) =>
      (await openWorkspace(source)).findings(RULE).map(({ uri, message }) => `${uri.slice(-23)} ${message}`);
    assert.deepEqual(await found(workspace(false)), [
      'packages/a/package.json This member has dependencies and no pnpm-lock.yaml, and sharedWorkspaceLockfile: false makes pnpm read no other, so every install may install other versions. Create one and commit it.',
    ]);
    assert.deepEqual(await found(workspace(true)), []);
    assert.deepEqual(await found(workspace(false, own)), []);
  });

  test('a setting that turns it off', () =>
    expectMarks(`${MANIFEST}${LOCK}-- .npmrc --
package-lock = false
               ^^^^^ lockfile-missing: package-lock=false keeps npm from writing and reading a lockfile, so every install may install other versions. Remove it.
`));

  test('an empty yarn.lock is there, and not damaged', async () => {
    for (const text of ['', '\n']) {
      const { findings, snapshot } = await openWorkspace(`${MANIFEST}-- yarn.lock --\n${text}`);
      assert.deepEqual([...findings(RULE), ...findings('lockfile-corrupt')], []);
      assert.equal(snapshot.projects[0]?.project.lockfiles[0]?.status, 'checked');
    }
    const { findings } = await openWorkspace(`${MANIFEST}-- package-lock.json --\n\n`);
    assert.equal(findings('lockfile-corrupt').length, 1);
  });

  test('near misses', async () => {
    await silent(MANIFEST + LOCK);
    await silent(`${MANIFEST}-- yarn.lock --\n# yarn lockfile v1\n`);
    await silent(`${MANIFEST}-- pnpm-lock.yaml --\nlockfileVersion: '9.0'\n`);
    await silent('-- package.json --\n{ "name": "empty", "dependencies": {} }\n');
    await silent(
      '-- package.json --\n{ "dependencies": { "a": "file:a", "b": "workspace:*" }, "peerDependencies": { "c": "1" } }\n',
    );
    await silent(`${MANIFEST}${LOCK}-- .gitignore --\n*.json\n!package-lock.json\n# package-lock.json\n`);
    await silent(`${MANIFEST}${LOCK}-- .npmrc --\npackage-lock=true\n`);
    await silent(`${MANIFEST}${LOCK}-- .npmrc --\npackage-lock=false\npackage-lock=true\n`);
    await silent(`-- package.json --
{ "name": "root", "workspaces": ["packages/*"] }
-- packages/create/package.json --
{ "name": "create" }
-- packages/create/template/package.json --
{ "dependencies": { "left": "1" } }
`);
    await silent(`-- package.json --
{ "name": "root", "workspaces": ["a"] }
-- a/package.json --
{ "name": "a", "dependencies": { "left": "1" } }
`);
  });

  test('a folder that a project around it depends on by its path', async () => {
    const source = (specifier: string) => `-- package.json --
{ "name": "root", "dependencies": { "a": "${specifier}" } }
-- libs/a/package.json --
{ "name": "a", "dependencies": { "left": "1" } }
`;
    const paths = ['file:libs/a', 'file:./libs/a/', 'link:libs/a', 'portal:./libs/../libs/a', './libs/a'];
    for (const specifier of paths) await silent(source(specifier));
    for (const specifier of ['file:libs', 'file:libs/b', 'file:/libs/a', 'file:libs/a.tgz', '1.0.0']) {
      const { findings } = await openWorkspace(source(specifier));
      assert.equal(findings(RULE).filter(({ uri }) => uri.includes('/libs/a/')).length, 1, specifier);
    }
  });

  test('what no workspace claims, beside the members, is a project of its own', () =>
    expectMarks(`-- package.json --
{ "name": "root", "workspaces": ["packages/*"] }
-- packages/a/package.json --
{ "name": "a" }
-- website/package.json --
{ "dependencies": { "left": "1" } }
  ^^^^^^^^^^^^^^ lockfile-missing
`));

  test('removes the setting', async () => {
    const after = await fixOf(
      `${MANIFEST}${LOCK}-- .npmrc crlf --\n# keep\npackage-lock=false\nfund=false\n`,
      RULE,
      /^Remove package-lock=false/,
    );
    assert.ok(after.endsWith('-- .npmrc crlf --\n# keep\nfund=false\n'));
  });

  test('removes the line of .gitignore, or excepts the lockfile from a wider one', async () => {
    const fix = (gitignore: string) =>
      fixOf(`${MANIFEST}${LOCK}-- .gitignore --\n${gitignore}`, RULE, /^Let git keep package-lock\.json/);
    assert.ok((await fix('# keep\npackage-lock.json\ndist\n')).endsWith('-- .gitignore --\n# keep\ndist\n'));
    assert.ok((await fix('*-lock.json\n')).endsWith('-- .gitignore --\n*-lock.json\n!/package-lock.json\n'));
    assert.ok(
      (await fix('/package-lock.json\n*-lock.json\n')).endsWith('*-lock.json\n!/package-lock.json\n'),
    );
  });

  test('gives a command that runs no scripts', async () => {
    const [finding] = (await openWorkspace(MANIFEST)).findings(RULE);
    const [fix] = finding!.fixes();
    assert.equal(fix?.command, 'npm install --package-lock-only --ignore-scripts');
    assert.equal(fix?.applicability, 'display-only');
  });
});

describe('a setting that turns the lockfile off', () => {
  const RULE = 'lockfile-missing';
  const manifest = (manager: string) =>
    `-- package.json --\n{ "packageManager": "${manager}", "dependencies": { "a": "^1.0.0" } }\n`;

  test('of pnpm in pnpm-workspace.yaml', async () => {
    const file = '-- pnpm-workspace.yaml --\npackages:\n  - packages/*\nlockfile: false # none\n';
    await expectMarks(
      `${manifest('pnpm@11.0.0')}${file}          ^^^^^ ${RULE}: lockfile: false keeps pnpm from writing and reading a lockfile, so every install may install other versions. Remove it.\n`,
    );
    assert.equal(
      await fixOf(manifest('pnpm@11.0.0') + file, RULE, /^Remove lockfile: false from pnpm-workspace\.yaml$/),
      `${manifest('pnpm@11.0.0')}-- pnpm-workspace.yaml --\npackages:\n  - packages/*\n`,
    );
  });

  test('of pnpm in .npmrc, which it reads up to version 10', async () => {
    const file = '-- .npmrc --\nlockfile=false\n         ^^^^^ lockfile-missing\n';
    await expectMarks(manifest('pnpm@10.0.0') + file);
    const workspace = await openWorkspace(manifest('pnpm@11.0.0') + file);
    assert.deepEqual(
      workspace.findings(RULE).map(({ uri }) => uri.slice(uri.lastIndexOf('/') + 1)),
      ['package.json'],
    );
  });

  test('of Bun in bunfig.toml', async () => {
    const file = '-- bunfig.toml --\n[install.lockfile]\nsave = false\n';
    await expectMarks(
      `${manifest('bun@1.4.5')}${file}       ^^^^^ ${RULE}: save = false keeps Bun from writing and reading a lockfile, so every install may install other versions. Remove it.\n`,
    );
    assert.equal(
      await fixOf(manifest('bun@1.4.5') + file, RULE, /^Remove save = false from bunfig\.toml$/),
      `${manifest('bun@1.4.5')}-- bunfig.toml --\n[install.lockfile]\n`,
    );
  });

  test('of another package manager means nothing', async () => {
    for (const file of [
      '-- pnpm-workspace.yaml --\nlockfile: false\n',
      '-- bunfig.toml --\n[install.lockfile]\nsave = false\n',
      '-- .npmrc --\nlockfile=false\n',
    ]) {
      const workspace = await openWorkspace(manifest('npm@11.0.0') + file);
      assert.deepEqual(
        workspace.findings(RULE).map(({ uri }) => uri.slice(uri.lastIndexOf('/') + 1)),
        ['package.json'],
      );
    }
  });
});

test('a project in a folder of tests has it as information', async () => {
  const files = `${MANIFEST}${LOCK}${['test/bundler/a', 'smoke-test', 'tools'].map((folder) => MANIFEST.replace('package.json', `${folder}/package.json`)).join('')}`;
  const found = (await openWorkspace(files)).findings(RULE);
  assert.deepEqual(
    found.map(({ severity }) => severity),
    ['information', 'information', 'warning'],
  );
});
