import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  expectMarks,
  fixOf,
  openWorkspace,
  ROOT,
  TEST_REGISTRY,
  type WorkspaceOptions,
} from '../../../workspace.ts';

const RULE = 'install-script-unreviewed';

interface Given {
  readonly manifest?: object;
  readonly entry?: object;
  readonly more?: object;
  readonly npmrc?: string;
}

/** Returns a project whose only dependency, native 1.0.0, has an install script. */
function project({ manifest = {}, entry = {}, more = {}, npmrc }: Given = {}): string {
  const packages = {
    '': { dependencies: { native: '^1.0.0' } },
    'node_modules/native': {
      version: '1.0.0',
      resolved: `${TEST_REGISTRY}native/-/native-1.0.0.tgz`,
      hasInstallScript: true,
      ...entry,
    },
    ...more,
  };
  return `-- package.json --
${JSON.stringify({ name: 'shop', dependencies: { native: '^1.0.0' }, ...manifest }, null, 2)}
-- package-lock.json --
${JSON.stringify({ lockfileVersion: 3, packages }, null, 2)}
${npmrc === undefined ? '' : `-- .npmrc --\n${npmrc}\n`}`;
}

const findings = async (given: Given = {}, options: WorkspaceOptions = {}) =>
  (await openWorkspace(project(given), options)).findings(RULE);
const messages = async (given: Given = {}) => (await findings(given)).map(({ message }) => message);

describe('install-script-unreviewed', () => {
  test('copies of a version are one finding, of the manifest if it declares one', async () => {
    const locked = (name: string, version: string) => ({
      version,
      resolved: `${TEST_REGISTRY}${name}/-/${name}-${version}.tgz`,
      hasInstallScript: true,
    });
    const more = {
      'node_modules/a/node_modules/native': locked('native', '1.0.0'),
      'node_modules/a/node_modules/other': locked('other', '1.0.0'),
      'node_modules/b/node_modules/other': locked('other', '1.0.0'),
      'node_modules/c/node_modules/other': locked('other', '2.0.0'),
    };
    const found = await findings({ more });
    assert.deepEqual(
      found.map(({ message, related }) => [message.split(' has ')[0], related.length]).sort(),
      [
        ['native 1.0.0', 1],
        ['other 1.0.0', 1],
        ['other 2.0.0', 0],
      ],
    );
  });

  test('a direct dependency at its key, others at their lockfile entry, no one twice', () =>
    expectMarks(`-- package.json --
{
  "dependencies": {
    "native": "^1.0.0",
    ^^^^^^^^ install-script-unreviewed: native 1.0.0 has an unreviewed install script, and npm up to 11 will run it. Approve or deny it in allowScripts.
    "plain": "^1.0.0"
  }
}
-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": { "dependencies": { "native": "^1.0.0", "plain": "^1.0.0" } },
    "node_modules/native": { "version": "1.0.0", "resolved": "${TEST_REGISTRY}native/-/native-1.0.0.tgz", "hasInstallScript": true },
    "node_modules/plain": { "version": "1.0.0" },
    "node_modules/plain/node_modules/native": { "version": "0.9.0", "resolved": "${TEST_REGISTRY}native/-/native-0.9.0.tgz", "hasInstallScript": true },
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ install-script-unreviewed
    "node_modules/deep": { "version": "2.0.0", "resolved": "${TEST_REGISTRY}deep/-/deep-2.0.0.tgz", "hasInstallScript": true }
    ^^^^^^^^^^^^^^^^^^^ install-script-unreviewed
  }
}
`));

  test('near misses', async () => {
    assert.deepEqual(await messages({ manifest: { allowScripts: { 'native@1.0.0': true } } }), []);
    assert.deepEqual(await messages({ manifest: { allowScripts: { native: false } } }), []);
    assert.deepEqual(await messages({ manifest: { allowScripts: { 'native@0.9.0 || 1.0.0': true } } }), []);
    assert.deepEqual(await messages({ npmrc: 'allow-scripts=native' }), []);
    assert.deepEqual(await messages({ entry: { hasInstallScript: undefined } }), []);
    assert.deepEqual(await messages({ entry: { optional: true, os: ['darwin'] } }), []);
    assert.deepEqual(await messages({ manifest: { packageManager: 'pnpm@12.21.0' } }), []);
    const bundled = {
      'node_modules/native': { version: '1.0.0', bundleDependencies: ['addon'] },
      'node_modules/native/node_modules/addon': { version: '1.0.0', hasInstallScript: true, inBundle: true },
    };
    assert.deepEqual(await messages({ more: bundled }), []);
    const member = {
      'node_modules/native': { resolved: 'native', link: true },
      native: { version: '1.0.0', hasInstallScript: true },
    };
    assert.deepEqual(await messages({ manifest: { workspaces: ['native'] }, more: member }), []);
  });

  test('a decision about another version is none', async () => {
    for (const key of ['native@0.9.0', 'native@^1.0.0', 'native@latest', 'nativ']) {
      assert.equal((await messages({ manifest: { allowScripts: { [key]: true } } })).length, 1, key);
    }
  });

  test('says what this npm will do', async () => {
    const said = async (given: Given) =>
      /, and (.*). Approve or deny it in allowScripts\.$/.exec((await messages(given))[0] ?? '')?.[1];
    assert.equal(await said({}), 'npm up to 11 will run it');
    assert.equal(
      await said({ manifest: { packageManager: 'npm@11.19.1' } }),
      'npm 11.19 will run it with a notice',
    );
    assert.equal(await said({ manifest: { packageManager: 'npm@12.2.0' } }), 'npm 12 will skip it');
    assert.equal(
      await said({ npmrc: 'strict-allow-scripts=true' }),
      'strict-allow-scripts makes the install fail',
    );
    assert.equal(await said({ npmrc: 'ignore-scripts' }), 'only ignore-scripts keeps it from running');
    assert.equal((await findings({ npmrc: 'ignore-scripts' }))[0]?.severity, 'hint');
    assert.equal((await findings({ npmrc: 'ignore-scripts=false' }))[0]?.severity, 'warning');
  });

  test('approves the exact version in the root manifest', async () => {
    const after = await fixOf(
      project(),
      RULE,
      /^Approve the script of native 1\.0\.0: add "native@1\.0\.0": true to allowScripts$/,
    );
    assert.deepEqual(manifestOf(after).allowScripts, { 'native@1.0.0': true });
  });

  test('moves an approval of a version that is no longer locked', async () => {
    const given = { manifest: { allowScripts: { 'a@1.0.0': true, 'native@0.9.0': true, z: false } } };
    const after = await fixOf(project(given), RULE, /^Approve/);
    assert.deepEqual(Object.entries(manifestOf(after).allowScripts), [
      ['a@1.0.0', true],
      ['native@1.0.0', true],
      ['z', false],
    ]);
  });

  test('denies by name', async () => {
    const after = await fixOf(
      project(),
      RULE,
      /^Deny the scripts of native: add "native": false to allowScripts$/,
    );
    assert.deepEqual(manifestOf(after).allowScripts, { native: false });
  });

  test('approves by name where the lockfile proves no version, and says why', async () => {
    const given = { entry: { resolved: undefined }, manifest: { allowScripts: { 'native@1.0.0': true } } };
    assert.deepEqual(await messages(given), [
      'native 1.0.0 has an install script, and npm up to 11 will run it. The approval of native@1.0.0 has no effect, as the lockfile records no registry URL for it. Approve it by name, or deny it.',
    ]);
    const title =
      /^Approve the script of every version of native, as the lockfile records no registry URL for native 1\.0\.0: add "native": true to allowScripts$/;
    const after = await fixOf(project(given), RULE, title);
    assert.equal(manifestOf(after).allowScripts.native, true);
  });

  test("a member's dependency is decided in the root, and its text is kept", async () => {
    const source = `-- package.json crlf --
{
    "workspaces": ["a"],
    "scripts": {
        "b": "x"   }
}
-- a/package.json --
{ "name": "a", "dependencies": { "native": "1" } }
                                 ^^^^^^^^ install-script-unreviewed
-- package-lock.json --
{ "lockfileVersion": 3, "packages": {
  "": { "workspaces": ["a"] }, "a": { "dependencies": { "native": "1" } }, "node_modules/a": { "resolved": "a", "link": true },
  "node_modules/native": { "version": "1.0.0", "resolved": "${TEST_REGISTRY}native/-/native-1.0.0.tgz", "hasInstallScript": true } } }
`;
    await expectMarks(source);
    const after = await fixOf(source.replace(/\n *\^.*/, ''), RULE, /^Approve/);
    assert.ok(
      after.includes(
        '        "b": "x"   },\n    "allowScripts": {\n        "native@1.0.0": true\n    }\n}\n',
      ),
      after,
    );
  });

  test('is said once where several manifests have the dependency, at the root where that is one of them', async () => {
    const member = (name: string) => ({ name, dependencies: { native: '1' } });
    const source = (root: object) => `-- package.json --
${JSON.stringify({ workspaces: ['a', 'b'], ...root })}
-- a/package.json --
${JSON.stringify(member('a'))}
-- b/package.json --
${JSON.stringify(member('b'))}
-- package-lock.json --
${JSON.stringify({
  lockfileVersion: 3,
  packages: {
    '': { workspaces: ['a', 'b'], ...root },
    a: member('a'),
    b: member('b'),
    'node_modules/a': { resolved: 'a', link: true },
    'node_modules/b': { resolved: 'b', link: true },
    'node_modules/native': {
      version: '1.0.0',
      resolved: `${TEST_REGISTRY}native/-/native-1.0.0.tgz`,
      hasInstallScript: true,
    },
  },
})}
`;
    const places = async (root: object) =>
      (await openWorkspace(source(root))).findings(RULE).map(({ uri }) => uri.slice(ROOT.length));
    assert.deepEqual(await places({}), ['/a/package.json']);
    assert.deepEqual(await places({ dependencies: { native: '1' } }), ['/package.json']);
    const left = source({ dependencies: { other: '1' } }).replace('"workspaces":["a","b"],', '');
    assert.deepEqual((await openWorkspace(left)).findings(RULE).length, 1);
  });

  test('an alias is decided by the name of what it installs', async () => {
    const given: Given = {
      entry: { name: 'real', resolved: `${TEST_REGISTRY}real/-/real-1.0.0.tgz` },
      manifest: { dependencies: { native: 'npm:real@^1.0.0' } },
    };
    const after = await fixOf(project(given), RULE, /^Approve the script of real 1\.0\.0/);
    assert.deepEqual(manifestOf(after).allowScripts, { 'real@1.0.0': true });
  });

  test('a git dependency is decided by its repository and commit', async () => {
    const sha = '0123456789abcdef0123456789abcdef01234567';
    const given: Given = {
      entry: { resolved: `git+ssh://git@github.com/acme/native.git#${sha}` },
      manifest: { dependencies: { native: `github:acme/native#${sha}` } },
    };
    const after = await fixOf(project(given), RULE, /^Approve/);
    assert.deepEqual(manifestOf(after).allowScripts, { [`github:acme/native#${sha}`]: true });
  });
});

function manifestOf(workspace: string) {
  return JSON.parse(workspace.split('-- package.json --\n')[1]!.split('\n-- ')[0]!);
}

describe('a script that appeared since the base', () => {
  const titles = async (base: string) => {
    const [finding] = await findings({}, { base });
    return finding!.fixes().map(({ title }) => title.split(' ')[0]);
  };
  const lock = (packages: object) => JSON.stringify({ lockfileVersion: 3, packages });

  test('is to be denied first, an older one to be approved', async () => {
    assert.deepEqual(await titles(lock({ '': {} })), ['Deny', 'Approve']);
    const plain = { version: '0.9.0', resolved: `${TEST_REGISTRY}native/-/native-0.9.0.tgz` };
    assert.deepEqual(await titles(lock({ 'node_modules/native': plain })), ['Deny', 'Approve']);
    const before = { ...plain, hasInstallScript: true };
    assert.deepEqual(await titles(lock({ 'node_modules/native': before })), ['Approve', 'Deny']);
  });

  test('is not known where nothing of the base is', async () =>
    assert.deepEqual(await titles('{'), ['Approve', 'Deny']));
});
