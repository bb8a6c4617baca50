import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { makeProject, runCli } from './run-cli.ts';

describe('known vulnerabilities', () => {
  const minimist = '{ "version": "0.0.8" }';
  const lockOf = (dev: boolean) =>
    JSON.stringify({
      lockfileVersion: 3,
      packages: {
        '': dev
          ? { dependencies: { left: '1.0.0' }, devDependencies: { mkdirp: '^0.5.1' } }
          : { dependencies: { mkdirp: '^0.5.1', minimist: '0.0.8' } },
        'node_modules/mkdirp': { version: '0.5.1', dev, dependencies: { minimist: '0.0.8' } },
        'node_modules/minimist': { ...(JSON.parse(minimist) as object), dev },
      },
    });
  const manifestOf = (dev: boolean) =>
    dev
      ? '{ "dependencies": { "left": "1.0.0" }, "devDependencies": { "mkdirp": "^0.5.1" } }'
      : '{ "dependencies": { "mkdirp": "^0.5.1", "minimist": "0.0.8" } }';
  const checked = (...args: string[]) => {
    const { out } = runCli(['check', ...args, '--offline', '--format', 'json']);
    const { findings } = JSON.parse(out) as {
      findings: { rule: string; path: string; severity: string; related: { path: string }[] }[];
    };
    return findings.filter(({ rule }) => rule === 'vulnerable-dependency');
  };

  test('are one finding for a version: at the manifest that declares it, with its lockfile entry beside', () => {
    const project = makeProject({ 'package.json': manifestOf(false), 'package-lock.json': lockOf(false) });
    const found = checked(project);
    assert.deepEqual(
      found.map(({ path, severity }) => `${path} ${severity}`),
      ['package.json error'],
    );
    assert.ok(found[0]!.related.some(({ path }) => path === 'package-lock.json'));
  });

  test('are milder where only development pulls them in, and milder still in a fixture', () => {
    const files = { 'package.json': manifestOf(true), 'package-lock.json': lockOf(true) };
    const inFixture = Object.fromEntries(
      Object.entries(files).map(([path, text]) => [`test/fixtures/app/${path}`, text]),
    );
    const project = makeProject({ 'package.json': '{}', ...inFixture });
    const severities = (...args: string[]) => checked(...args).map(({ path, severity }) => [path, severity]);
    assert.deepEqual(severities(project), [['test/fixtures/app/package-lock.json', 'information']]);
    assert.deepEqual(severities(`${project}/test/fixtures/app`), [['package-lock.json', 'warning']]);
  });

  test('a fixture that cannot be read is not checked, and no failure', () => {
    const damaged = { 'package.json': '{ "name": "a", ', 'package-lock.json': '{ "lockfileVersion": 3, ' };
    const inFixture = Object.fromEntries(
      Object.entries(damaged).map(([path, text]) => [`examples/app/${path}`, text]),
    );
    const project = makeProject({ 'package.json': '{}', ...inFixture });
    const { code, out } = runCli(['check', project, '--offline']);
    assert.equal(code, 0, out);
    assert.match(out, /Not checked:[\s\S]*examples\/app\/package/);
    assert.equal(runCli(['check', `${project}/examples/app`, '--offline']).code, 2);
  });

  const toldIn = (files: Readonly<Record<string, string>>) => {
    const { out } = runCli(['check', makeProject(files), '--offline', '--format', 'json']);
    const { findings } = JSON.parse(out) as {
      findings: {
        rule: string;
        severity: string;
        message: string;
        data: { used: string };
      }[];
    };
    return findings.flatMap(({ rule, severity, message, data: { used } }) =>
      rule === 'vulnerable-dependency' ? [[severity, message.slice(0, message.indexOf(' has')), used]] : [],
    );
  };
  const npmLock = (root: object, packages: object, flags: object = {}) =>
    JSON.stringify({
      lockfileVersion: 3,
      packages: {
        '': root,
        ...Object.fromEntries(
          Object.entries(packages).map(([name, rest]) => [
            `node_modules/${name}`,
            { ...(rest as object), ...flags },
          ]),
        ),
      },
    });
  const webpack = { version: '5.104.1', dependencies: { minimist: '0.0.8' } };

  test('are milder where only a development tool pulls them in, and the message says why', () => {
    const root = { dependencies: { webpack: '5.104.1', minimist: '1.2.8' } };
    const packages = {
      webpack,
      minimist: { version: '1.2.8' },
      'webpack/node_modules/minimist': { version: '0.0.8' },
    };
    assert.deepEqual(
      toldIn({ 'package.json': JSON.stringify(root), 'package-lock.json': npmLock(root, packages) }),
      [['warning', 'minimist 0.0.8 (development)', 'development-tools']],
    );
  });

  test('of what ships are errors also as development dependencies alone, and then nothing says otherwise', () => {
    const root = { devDependencies: { webpack: '5.104.1', lodash: '4.17.10', eslint: '9.0.0' } };
    const packages = {
      webpack: { version: '5.104.1', dependencies: { minimist: '0.0.8' } },
      minimist: { version: '0.0.8' },
      eslint: { version: '9.0.0' },
      lodash: { version: '4.17.10' },
    };
    const files = {
      'package.json': JSON.stringify(root),
      'package-lock.json': npmLock(root, packages, { dev: true }),
    };
    assert.deepEqual(toldIn(files), [
      ['warning', 'minimist 0.0.8 (development)', 'development-tools'],
      ['error', 'lodash 4.17.10', 'production'],
    ]);
  });

  test('of a published library count its development dependencies as such, with a lockfile and without', () => {
    const devDependencies = { lodash: '4.17.10', mkdirp: '0.5.1' };
    const packages = {
      lodash: { version: '4.17.10' },
      minimist: { version: '0.0.8' },
      mkdirp: { version: '0.5.1', dependencies: { minimist: '0.0.8' } },
    };
    const usedIn = (more: object, files: Readonly<Record<string, string>>) =>
      toldIn({ 'package.json': JSON.stringify({ name: 'lib', ...more, devDependencies }), ...files }).map(
        ([, , used]) => used,
      );
    const lock = { 'package-lock.json': npmLock({ devDependencies }, packages, { dev: true }) };
    for (const more of [
      { files: ['dist'] },
      { exports: './dist/index.js' },
      { publishConfig: { access: 'public' } },
    ]) {
      assert.deepEqual(usedIn(more, lock), ['development', 'development'], Object.keys(more)[0]);
      assert.deepEqual(usedIn(more, {}), ['development'], 'without a lockfile');
      assert.deepEqual(usedIn({ ...more, private: true }, lock), ['production', 'production']);
    }
    assert.deepEqual(usedIn({}, lock), ['production', 'production']);
  });

  test('of a development tool that is declared are told in its manifest, locked or not', () => {
    const manifest = '{ "dependencies": { "uglify-js": "2.4.21" } }';
    const lock = npmLock(JSON.parse(manifest) as object, { 'uglify-js': { version: '2.4.21' } });
    for (const files of [{ 'package-lock.json': lock }, {}]) {
      const [found] = toldIn({ 'package.json': manifest, ...files });
      assert.deepEqual(found?.slice(1), ['uglify-js 2.4.21 (development tool)', 'development-tools']);
    }
  });

  test('are rated by the root manifest where a lockfile does not say what is for development', () => {
    const manifest = '{ "dependencies": { "left": "1.0.0" }, "devDependencies": { "mkdirp": "0.5.1" } }';
    const classic = `# yarn lockfile v1

left@1.0.0:
  version "1.0.0"

minimist@0.0.8:
  version "0.0.8"

mkdirp@0.5.1:
  version "0.5.1"
  dependencies:
    minimist "0.0.8"
`;
    const berry = `__metadata:
  version: 8

"left@npm:1.0.0":
  version: 1.0.0
  resolution: "left@npm:1.0.0"

"minimist@npm:0.0.8":
  version: 0.0.8
  resolution: "minimist@npm:0.0.8"

"mkdirp@npm:0.5.1":
  version: 0.5.1
  resolution: "mkdirp@npm:0.5.1"
  dependencies:
    minimist: "npm:0.0.8"

"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
  dependencies:
    left: "npm:1.0.0"
    mkdirp: "npm:0.5.1"
`;
    for (const lock of [classic, berry]) {
      assert.deepEqual(
        toldIn({ 'package.json': manifest.replace('{', '{ "name": "shop",'), 'yarn.lock': lock }),
        [['warning', 'minimist 0.0.8 (development)', 'development']],
      );
    }
  });

  test('and malware is an error also below a development tool', () => {
    const root = { dependencies: { gulp: '4.0.0' } };
    const packages = {
      gulp: { version: '4.0.0', dependencies: { 'flatmap-stream': '0.1.1' } },
      'flatmap-stream': { version: '0.1.1' },
    };
    const { out } = runCli([
      'check',
      makeProject({ 'package.json': JSON.stringify(root), 'package-lock.json': npmLock(root, packages) }),
      ...['--offline', '--format', 'json'],
    ]);
    const { findings } = JSON.parse(out) as {
      findings: { rule: string; severity: string; message: string }[];
    };
    const [malware] = findings.filter(({ rule }) => rule === 'malicious-version');
    assert.equal(malware?.severity, 'error');
    assert.doesNotMatch(malware.message, /development/);
  });
});
