import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, openWorkspace } from '../../../workspace.ts';

const RULE = 'install-script-unreviewed';
const HASH =
  'sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==';

describe('pnpm, whose lockfiles name them up to version 6', () => {
  const lock = `-- pnpm-lock.yaml --
lockfileVersion: '6.0'

dependencies:
  native:
    specifier: ^1.0.0
    version: 1.0.0

packages:

  /native@1.0.0:
    resolution: {integrity: ${HASH}}
    requiresBuild: true
    dependencies:
      inner: 2.0.0
    dev: false

  /inner@2.0.0:
    resolution: {integrity: ${HASH}}
    requiresBuild: true
    dev: false

  /other@3.0.0:
    resolution: {integrity: ${HASH}}
    cpu: [x64]
    os: [linux]
    requiresBuild: true
    dev: false
    optional: true

  /unknown@4.0.0:
    resolution: {integrity: ${HASH}}
    requiresBuild: true
    dev: false
    optional: true
`;
  const manifest = (more: object) =>
    `-- package.json --\n${JSON.stringify({ dependencies: { native: '^1.0.0' }, ...more }, undefined, 2)}\n`;
  const messages = async (more: object, files = '') =>
    (await openWorkspace(manifest(more) + files + lock)).findings(RULE).map(({ message }) => message);

  test('a direct dependency at its key, others at their entry', () =>
    expectMarks(`-- package.json --
{
  "dependencies": {
    "native": "^1.0.0"
    ^^^^^^^^ install-script-unreviewed: native 1.0.0 has an unreviewed install script, and pnpm up to 9 will run it. Approve or deny it in the settings of pnpm.
  }
}
${lock.replace(
  '  /inner@2.0.0:\n',
  '  /inner@2.0.0:\n  ^^^^^^^^^^^^ install-script-unreviewed: inner 2.0.0 has an unreviewed install script, and pnpm up to 9 will run it. Approve or deny it in the settings of pnpm.\n',
)}`));

  test('decisions in package.json count up to pnpm 10', async () => {
    const packageManager = 'pnpm@8.15.0';
    assert.equal((await messages({ packageManager })).length, 2);
    const never = { neverBuiltDependencies: ['native'] };
    assert.equal((await messages({ packageManager, pnpm: never })).length, 1);
    const only = { onlyBuiltDependencies: ['native'] };
    assert.deepEqual(await messages({ packageManager, pnpm: only }), []);
    assert.equal((await messages({ packageManager: 'pnpm@10.0.0', pnpm: only })).length, 1);
    assert.equal((await messages({ packageManager: 'pnpm@11.0.0', pnpm: only })).length, 2);
  });

  test('allowBuilds by name, by version, and denied', async () => {
    const left = async (lines: string) =>
      (
        await messages({ packageManager: 'pnpm@11.2.0' }, `-- pnpm-workspace.yaml --\nallowBuilds:\n${lines}`)
      ).map((message) => message.split(' ', 1)[0]);
    assert.deepEqual(await left('  native: true\n'), ['inner']);
    assert.deepEqual(await left('  native: false\n  inner@1.0.0 || 2.0.0: true\n'), []);
    assert.deepEqual(await left('  native@2.0.0: true\n  inner: set this to true or false\n'), [
      'native',
      'inner',
    ]);
  });
});

describe('Bun, whose newer lockfiles name them', () => {
  const lock = `-- bun.lock --
{
  "lockfileVersion": 1,
  "workspaces": {
    "": {
      "dependencies": {
        "native": "^1.0.0",
      },
    },
  },
  "packages": {
    "native": ["native@1.0.0", "", { "hasInstallScript": true }, "${HASH}"],
  }
}
`;
  const manifest = (trusted: string) =>
    `-- package.json --\n{ "dependencies": { "native": "^1.0.0" }${trusted} }\n`;
  const messages = async (trusted: string) =>
    (await openWorkspace(manifest(trusted) + lock)).findings(RULE).map(({ message }) => message);

  test('one that a list leaves out', async () => {
    assert.deepEqual(await messages(', "trustedDependencies": ["other"]'), [
      'native 1.0.0 has an unreviewed install script, and Bun will skip it. Add it to trustedDependencies if it may run.',
    ]);
    assert.deepEqual(await messages(', "trustedDependencies": ["native"]'), []);
  });

  test("silent where Bun's own list decides, which is not known here", async () => {
    assert.deepEqual(await messages(''), []);
  });
});

describe('npm before 11.16, which runs all scripts or none', () => {
  const entry = (name: string, version: string) =>
    `    "node_modules/${name}": { "version": "${version}", "resolved": "https://registry.public.example.test/${name}/-/${name}-${version}.tgz", "hasInstallScript": true }`;
  const lock = (...entries: readonly string[]) => `-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": { "dependencies": { "native": "^1.0.0", "other": "^2.0.0" } },
${entries.join(',\n')}
  }
}
`;
  const manifest = (marks: string) => `-- package.json --
{
  "packageManager": "npm@11.11.0",
  "dependencies": {${marks}
    "native": "^1.0.0",
    "other": "^2.0.0"
  }
}
`;

  test('one finding for several packages, with their entries', async () => {
    const text = manifest(`
  ^^^^^^^^^^^^^^ install-script-unreviewed: 2 packages have install scripts, and npm 11.11 will run them: native 1.0.0, other 2.0.0. npm reads allowScripts since 11.16: update npm, or install with ignore-scripts.`);
    await expectMarks(text + lock(entry('native', '1.0.0'), entry('other', '2.0.0')));
  });

  test('a single package at its key', async () => {
    const files = manifest('') + lock(entry('native', '1.0.0'));
    const [finding, ...more] = (await openWorkspace(files)).findings(RULE);
    assert.match(finding!.message, /^native 1\.0\.0 has an install script, and npm 11\.11 will run it\./);
    assert.deepEqual(more, []);
  });

  test('one for each package with a version that reads decisions', async () => {
    const files =
      manifest('').replace('11.11.0', '11.19.1') + lock(entry('native', '1.0.0'), entry('other', '2.0.0'));
    assert.equal((await openWorkspace(files)).findings(RULE).length, 2);
  });
});
