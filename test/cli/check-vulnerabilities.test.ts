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
});
