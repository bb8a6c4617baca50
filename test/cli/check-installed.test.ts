import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { makeProject, runCli } from './run-cli.ts';

const LOCKFILE = JSON.stringify({
  ...{ name: 'shop', lockfileVersion: 3 },
  packages: {
    '': { name: 'shop', dependencies: { left: '^1.0.0' } },
    'node_modules/left': { version: '1.0.1' },
  },
});
const PROJECT = {
  'package.json': '{ "name": "shop", "private": true, "dependencies": { "left": "^1.0.0" } }\n',
  'package-lock.json': LOCKFILE,
};
const INSTALLED = { 'node_modules/left/package.json': '{ "name": "left", "version": "1.0.0" }' };
const rule = (severity: string) => JSON.stringify({ rules: { 'installed-mismatch': severity } });

describe('check --installed', () => {
  test('reports in every preset, and not where the rule is switched off', () => {
    for (const preset of ['security', 'recommended', 'all']) {
      const policy = JSON.stringify({ preset });
      const { out } = runCli([
        'check',
        '--installed',
        makeProject({ ...PROJECT, ...INSTALLED, 'dependency-hygiene.json': policy }),
      ]);
      assert.match(out, /left 1\.0\.0 is installed instead of\s+1\.0\.1/, preset);
      assert.match(out, /installed\s+packages/, preset);
    }
    const off = makeProject({ ...PROJECT, ...INSTALLED, 'dependency-hygiene.json': rule('off') });
    assert.doesNotMatch(runCli(['check', '--installed', off]).out, /installed/);
  });

  test('says on top if nothing is installed', () => {
    assert.match(runCli(['check', '--installed', makeProject(PROJECT)]).out, /nothing\s+is\s+installed/);
    assert.doesNotMatch(runCli(['check', makeProject(PROJECT)]).out, /nothing\s+is\s+installed/);
  });

  test('names the packages that are patched, as their files were not compared', () => {
    const manifest = '{ "name": "@s/left", "version": "1.0.1" }';
    const lockfile = LOCKFILE.replaceAll('"left"', '"@s/left"').replaceAll(
      'node_modules/left',
      'node_modules/@s/left',
    );
    const project = makeProject({
      'package.json': '{ "name": "shop", "private": true, "dependencies": { "@s/left": "^1.0.0" } }\n',
      'package-lock.json': lockfile,
      'node_modules/@s/left/package.json': manifest,
      'patches/@s+left+1.0.1.patch': '',
    });
    const { coverage } = JSON.parse(runCli(['check', '--installed', '--json', project]).out) as {
      readonly coverage: { readonly gaps: readonly { reason: string; packages?: readonly string[] }[] };
    };
    const patched = coverage.gaps.filter(({ reason }) => reason === 'patched');
    assert.deepEqual(
      patched.map(({ packages }) => packages),
      [['@s/left']],
    );
  });
});
