import assert from 'node:assert/strict';
import { readdirSync, readFileSync, renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { makeProject, runCli } from './run-cli.ts';

const OTHER = 'https://registry.example.test';

interface Locked {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

function project(
  dependencies: Readonly<Record<string, string>>,
  packages: Readonly<Record<string, Locked>>,
  more: Readonly<Record<string, string | object>> = {},
): string {
  const root = { name: 'shop', dependencies };
  const locked = Object.entries(packages).map(([name, one]) => [
    `node_modules/${name}`,
    { ...one, resolved: `${OTHER}/${name}/-/${name}-${one.version}.tgz`, integrity: 'sha512-x' },
  ]);
  return makeProject({
    'package.json': root,
    'package-lock.json': {
      name: 'shop',
      lockfileVersion: 3,
      packages: { '': root, ...Object.fromEntries(locked) },
    },
    ...more,
  });
}

const LODASH = () => project({ lodash: '4.17.15' }, { lodash: { version: '4.17.15' } });
const QS = () =>
  project(
    { carrier: '1.0.0' },
    { carrier: { version: '1.0.0', dependencies: { qs: '~6.5.2' } }, qs: { version: '6.5.2' } },
  );
const MINIMIST = () =>
  project(
    { mkdirp: '^0.5.1' },
    {
      mkdirp: { version: '0.5.1', dependencies: { minimist: '0.0.8' } },
      minimist: { version: '0.0.8' },
    },
  );
const RUSH_LOCK = `lockfileVersion: '9.0'

importers:

  .: {}

  ../../../apps/shop:
    dependencies:
      carrier:
        specifier: 1.0.0
        version: 1.0.0

packages:

  carrier@1.0.0:
    resolution: {integrity: sha512-x}

  qs@6.5.2:
    resolution: {integrity: sha512-x}

snapshots:

  carrier@1.0.0:
    dependencies:
      qs: 6.5.2

  qs@6.5.2: {}
`;
const manifestOf = (folder: string) => readFileSync(join(folder, 'package.json'), 'utf8');

describe('dephygiene audit fix', () => {
  test('writes what the light bulb would, and prints the command to run', () => {
    const folder = LODASH();
    const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8');
    const { code, out, error } = runCli(['audit', 'fix', folder]);
    assert.deepEqual([code, error], [0, '']);
    assert.match(out, /^Fix \d+ vulnerabilities: lodash → 4\.\d+\.\d+ /);
    assert.match(
      out,
      /\nWrote package\.json\.\nThen run: npm install --package-lock-only --ignore-scripts\n/,
    );
    const { lodash } = JSON.parse(manifestOf(folder)).dependencies;
    assert.match(lodash, /^4\.1[78]\.\d+$/);
    assert.notEqual(lodash, '4.17.15');
    assert.equal(readFileSync(join(folder, 'package-lock.json'), 'utf8'), lock);
  });

  test('writes nothing more until the lockfile follows', () => {
    for (const folder of [LODASH(), QS()]) {
      runCli(['audit', 'fix', folder]);
      const after = manifestOf(folder);
      const { code, out } = runCli(['audit', 'fix', folder]);
      assert.match(out, /\nNothing to write\.\nRun: npm install --package-lock-only/);
      assert.deepEqual([code, manifestOf(folder)], [0, after]);
    }
  });

  test('writes an override where no range helps', () => {
    const folder = QS();
    assert.equal(runCli(['audit', 'fix', folder]).code, 0);
    assert.match(JSON.parse(manifestOf(folder)).overrides.qs, /^\^6\./);
  });

  test('names the package of which only the lockfile has to change', () => {
    const folder = project(
      { carrier: '1.0.0' },
      { carrier: { version: '1.0.0', dependencies: { qs: '^6.5.2' } }, qs: { version: '6.5.2' } },
    );
    const { out } = runCli(['audit', 'fix', folder]);
    assert.match(out, /^Fix \d+ vulnerabilities: qs 6\.5\.2 → 6\.\d+\.\d+ \(lockfile only\)\n/);
  });

  test('a copy that stays in a tarball is left, in the text, in JSON, in the exit code, and below the command of check', () => {
    const root = { name: 'shop', dependencies: { carrier: '1.0.0', tap: '16.3.10' } };
    const entry = (name: string, version: string) => ({
      ...{ version, resolved: `${OTHER}/${name}/-/${name}-${version}.tgz`, integrity: 'sha512-x' },
    });
    const folder = makeProject({
      'package.json': root,
      'package-lock.json': {
        name: 'shop',
        lockfileVersion: 3,
        packages: {
          '': root,
          'node_modules/carrier': { ...entry('carrier', '1.0.0'), dependencies: { lodash: '^4.17.15' } },
          'node_modules/lodash': entry('lodash', '4.17.15'),
          'node_modules/tap': {
            ...entry('tap', '16.3.10'),
            ...{ dependencies: { lodash: '^4.17.15' }, bundleDependencies: ['lodash'] },
          },
          'node_modules/tap/node_modules/lodash': { version: '4.17.15', inBundle: true },
        },
      },
    });
    const { code, out } = runCli(['audit', 'fix', '--offline', folder]);
    assert.match(out, /^Fix \d+ vulnerabilities: lodash 4\.17\.15 → 4\.\d+\.\d+ \(lockfile only\)\n/);
    assert.match(
      out,
      /\nNot fixed: lodash 4\.17\.15: Bundled in tap 16\.3\.10\. Only a newer tap can fix it\.\n/,
    );
    assert.equal(code, 1);
    const { left } = JSON.parse(runCli(['audit', 'fix', '--offline', '--json', folder]).out);
    const bundledIn = [{ package: 'tap', version: '16.3.10' }];
    assert.deepEqual(left, [
      {
        ...{ package: 'lodash', version: '4.17.15', reason: 'bundled', title: null },
        ...{ advisories: [], fixedIn: null },
        bundledIn,
      },
    ]);
    const check = runCli(['check', '--offline', folder]).out;
    assert.match(
      check,
      /Run: npm update lodash --ignore-scripts\n\s+\|\s+\(leaves lodash 4\.17\.15 in the tarball of tap\)/,
    );
  });

  test('says where a version is fixed that Bun cannot override by itself, and what pulls it in', () => {
    const bun = (version: string) =>
      makeProject({
        'package.json': {
          name: 'shop',
          packageManager: `bun@${version}`,
          dependencies: { carrier: '1.0.0', other: '1.0.0' },
        },
        'bun.lock': `{
  "lockfileVersion": 1,
  "workspaces": { "": { "name": "shop", "dependencies": { "carrier": "1.0.0", "other": "1.0.0" } } },
  "packages": {
    "carrier": ["carrier@1.0.0", "", { "dependencies": { "middle": "1.0.0" } }, "sha512-x"],
    "middle": ["middle@1.0.0", "", { "dependencies": { "qs": "6.5.2" } }, "sha512-x"],
    "other": ["other@1.0.0", "", { "dependencies": { "qs": "7.0.0" } }, "sha512-x"],
    "qs": ["qs@6.5.2", "", {}, "sha512-x"],
    "other/qs": ["qs@7.0.0", "", {}, "sha512-x"],
  }
}
`,
      });
    const { code, out } = runCli(['audit', 'fix', '--offline', bun('1.3.5')]);
    assert.match(
      out.replace(/\s+/g, ' '),
      /^Not fixed: qs 6\.5\.2: fixed in 6\.\d+\.\d+, but Bun before 1\.4 cannot override one version of it\. Update carrier\. /,
    );
    assert.equal(code, 1);
    const { left } = JSON.parse(runCli(['audit', 'fix', '--offline', '--json', bun('1.3.5')]).out);
    const own = left.find((one: { readonly version: string }) => one.version === '6.5.2');
    assert.deepEqual([own.reason, own.title], ['override', null]);
    assert.match(own.fixedIn, /^6\./);
    assert.doesNotMatch(runCli(['audit', 'fix', '--offline', bun('1.4.0')]).out, /Not fixed: qs 6/);
  });

  test('says in which package a version is bundled that no override reaches', () => {
    const root = { name: 'shop', dependencies: { carrier: '1.0.0' } };
    const folder = makeProject({
      'package.json': root,
      'package-lock.json': {
        name: 'shop',
        lockfileVersion: 3,
        packages: {
          '': root,
          'node_modules/carrier': {
            ...{ version: '1.0.0', resolved: `${OTHER}/carrier/-/carrier-1.0.0.tgz`, integrity: 'sha512-x' },
            ...{ dependencies: { qs: '~6.5.2' }, bundleDependencies: ['qs'] },
          },
          'node_modules/carrier/node_modules/qs': { version: '6.5.2', inBundle: true },
        },
      },
    });
    const { code, out } = runCli(['audit', 'fix', folder]);
    assert.match(
      out,
      /^Not fixed: qs 6\.5\.2: Bundled in carrier 1\.0\.0\. Only a newer carrier can fix it\.\n/,
    );
    assert.equal(code, 1);
    const { left } = JSON.parse(runCli(['audit', 'fix', folder, '--json']).out);
    assert.deepEqual([left.length, left[0].reason], [1, 'bundled']);
    const reported = runCli(['check', folder]).out.replaceAll(/\s+/g, ' ');
    assert.match(reported, /Bundled in carrier 1\.0\.0\. Only a newer carrier can fix it\./);
    assert.doesNotMatch(reported, /override qs/);
  });

  test('writes nothing in a project of Rush, and says where its overrides belong', () => {
    const folder = makeProject({ 'pnpm-lock.yaml': RUSH_LOCK });
    const { code, out } = runCli(['audit', 'fix', folder]);
    assert.match(
      out,
      /override qs with \^6\.\d+\.\d+ in "globalOverrides" of\s+common\/config\/rush\/pnpm-config\.json/,
    );
    const rush =
      /Rush project:\s+set\s+overrides\s+in\s+common\/config\/rush\/pnpm-config\.json and\s+run\s+rush\s+update\./;
    assert.match(out, rush);
    assert.deepEqual([code, readdirSync(folder)], [1, ['pnpm-lock.yaml']]);
    const app = LODASH();
    const below = makeProject({
      ...{ 'rush.json': {}, 'app/package.json': manifestOf(app) },
      'app/package-lock.json': readFileSync(join(app, 'package-lock.json'), 'utf8'),
    });
    const before = manifestOf(join(below, 'app'));
    const inside = runCli(['audit', 'fix', join(below, 'app')]);
    assert.match(inside.out, rush);
    assert.deepEqual([inside.code, manifestOf(join(below, 'app'))], [1, before]);
  });

  test('a dry run changes nothing', () => {
    const folder = LODASH();
    const before = manifestOf(folder);
    const { code, out } = runCli(['audit', 'fix', folder, '--dry-run']);
    assert.match(out, /\nWould write package\.json\.\n/);
    assert.deepEqual([code, manifestOf(folder)], [0, before]);
  });

  test('a dry run refuses what the real run refuses, in the same words', () => {
    const folder = LODASH();
    renameSync(join(folder, 'package.json'), join(folder, 'real.json'));
    symlinkSync('real.json', join(folder, 'package.json'));
    const before = manifestOf(folder);
    const dry = runCli(['audit', 'fix', folder, '--dry-run']);
    assert.deepEqual([dry.code, dry.out, manifestOf(folder)], [2, '', before]);
    assert.match(dry.error, /^dephygiene: package\.json is a symbolic link; nothing was written\.\n$/);
    assert.deepEqual(runCli(['audit', 'fix', folder]), dry);
  });

  test('other major versions only with --force, and exits with 1 for what is left', () => {
    const folder = MINIMIST();
    const before = manifestOf(folder);
    const { code, out } = runCli(['audit', 'fix', folder]);
    assert.match(out, /^Not fixed: minimist 0\.0\.8: needs another major version\. Use --force: Override/);
    assert.deepEqual([code, manifestOf(folder)], [1, before]);
    const forced = runCli(['audit', 'fix', folder, '--force']);
    assert.equal(forced.code, 0, forced.out);
    assert.match(JSON.parse(manifestOf(folder)).overrides.minimist, /^\^\d/);
  });

  test('--json says the same as data', () => {
    const { code, out, error } = runCli(['audit', 'fix', LODASH(), '--json', '--dry-run']);
    const { version, dryRun, fixes, left, files, command, coverage } = JSON.parse(out);
    assert.deepEqual([code, error, version, dryRun, left, files], [0, '', 1, true, [], ['package.json']]);
    assert.equal(command, 'npm install --package-lock-only --ignore-scripts');
    assert.deepEqual(
      fixes.map((fix: Record<string, unknown>) => [fix.kind, fix.package, fix.from, fix.major]),
      [['direct', 'lodash', '4.17.15', false]],
    );
    assert.ok(fixes[0].clears.length > 0 && coverage.gaps.length > 0);
  });

  test('refuses files with conflict markers and links, and writes nothing', () => {
    const conflicted = LODASH();
    const text = `<<<<<<< ours\n${manifestOf(conflicted)}=======\n{}\n>>>>>>> theirs\n`;
    writeFileSync(join(conflicted, 'package.json'), text);
    const refused = runCli(['audit', 'fix', conflicted]);
    assert.equal(refused.code, 2);
    assert.match(refused.error, /^dephygiene: nothing was written/);
    assert.equal(manifestOf(conflicted), text);

    const outside = makeProject({ 'real.json': { name: 'shop', dependencies: { lodash: '4.17.15' } } });
    const linked = makeProject({
      'package-lock.json': readFileSync(join(LODASH(), 'package-lock.json'), 'utf8'),
    });
    symlinkSync(join(outside, 'real.json'), join(linked, 'package.json'));
    assert.notEqual(runCli(['audit', 'fix', linked]).code, 0);
    assert.match(readFileSync(join(outside, 'real.json'), 'utf8'), /4\.17\.15/);
  });

  test('without a lockfile nothing is called clean', () => {
    const bare = makeProject({ 'package.json': { dependencies: { lodash: '4.17.15' } } });
    const { code, out, error } = runCli(['audit', 'fix', bare]);
    assert.deepEqual([code, out], [2, '']);
    assert.match(error, /^dephygiene: no lockfile found; [^\n]+\n$/);
  });

  test('nothing to fix is said, and wrong use is one line', () => {
    const clean = project({ 'left-pad': '1.3.0' }, { 'left-pad': { version: '1.3.0' } });
    const { code, out } = runCli(['audit', 'fix', clean]);
    assert.equal(code, 0);
    assert.match(out, /^No known vulnerabilities to fix/);
    for (const args of [
      ['audit', clean, 'fix'],
      ['audit', 'fix', 'no-such-folder'],
      ['audit', 'fix', '--level', 'high'],
      ['verify', 'signatures'],
      ['audit', 'signature'],
    ]) {
      const wrong = runCli(args, { cwd: clean });
      assert.equal(wrong.code, 2, args.join(' '));
      assert.match(wrong.error, /^dephygiene: [^\n]+\n$/, args.join(' '));
    }
    assert.match(runCli(['audit', 'fix', '--help']).out, /dephygiene audit fix \[dir\]/);
  });
});
