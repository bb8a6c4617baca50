import assert from 'node:assert/strict';
import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { makeProject, runCli } from './run-cli.ts';

const SHOP = {
  'package.json': {
    name: 'shop',
    private: true,
    scripts: { lint: 'eslint .', build: 'tsc' },
    dependencies: { 'left-pad': '^1.3.0', react: '^19.0.0', nock: '^14.0.0' },
    devDependencies: { eslint: '^9.0.0', typescript: '^5.9.0', 'eslint-config-airbnb': '^19.0.0' },
  },
  '.eslintrc.json': { extends: ['airbnb'] },
  'src/index.ts': "import React from 'react';\nimport { z } from 'zod';\n",
  'test/index.test.ts': "import nock from 'nock';\n",
};

describe('dephygiene unused', () => {
  test('lists what is unused, missing and in the wrong section', () => {
    const { code, out, error } = runCli(['unused', makeProject(SHOP), '--json']);
    assert.equal(error, '');
    assert.equal(code, 1);
    const report = JSON.parse(out);
    assert.deepEqual(
      report.findings.map(({ kind, package: name, line, seen }: Record<string, unknown>) => [
        ...[kind, name, line, seen],
      ]),
      [
        ['missing', 'zod', 8, { path: 'src/index.ts', line: 2 }],
        ['unused', 'left-pad', 9, undefined],
        ['development-only', 'nock', 11, { path: 'test/index.test.ts', line: 1 }],
      ],
    );
    assert.deepEqual(report.manifests, [
      { path: 'package.json', code: 2, configuration: 1, arePeersKnown: false },
    ]);
    assert.equal(report.coverage.state, 'checked');
  });

  test('prints findings by manifest, with what was searched', () => {
    const { code, out } = runCli(['unused', makeProject(SHOP)]);
    assert.equal(code, 1);
    assert.match(out, /^package\.json\n(?: .*\n)* +9 {2}left-pad: unused$/m);
    assert.match(out, /1 unused, 1 not declared, 1 in the wrong section: searched 2 source files/);
  });

  test('searches a linked folder once, where it is', () => {
    const root = makeProject({
      'package.json': { name: 'shop', private: true, workspaces: ['src'] },
      'src/package.json': { name: 'code', private: true, dependencies: { acme: '^1.0.0' } },
      'src/tests/a.js': "require('acme');\n",
    });
    symlinkSync('src/tests', join(root, 'tests'));
    const { code, out, error } = runCli(['unused', root]);
    assert.deepEqual({ code, error }, { code: 0, error: '' }, out);
    assert.match(out, /searched 1 source file/);
  });

  test('says where the peers of other packages are unknown', () => {
    const manifest = { name: 'shop', dependencies: { zod: '^4.0.0', 'left-pad': '^1.3.0' } };
    const files = (lockfile: string, text: string) => ({
      'package.json': manifest,
      'src/a.js': "import 'zod';\n",
      [lockfile]: text,
    });
    const locked = ['zod@^4.0.0', 'left-pad@^1.3.0'].map(
      (key) => `${key}:\n  version "${key.split('^')[1]}"\n  resolved "https://r.example.test/a.tgz#0"\n`,
    );
    const classic = makeProject(files('yarn.lock', `# yarn lockfile v1\n\n${locked.join('\n')}`));
    const { code, out } = runCli(['unused', classic]);
    assert.equal(code, 1, out);
    assert.match(out, /^Unknown: whether other packages need what is unused in package\.json as a peer\.$/m);
    const report = JSON.parse(runCli(['unused', classic, '--json']).out);
    assert.equal(report.manifests[0].arePeersKnown, false);
    assert.match(report.findings[0].message, /\. Remove it unless another package needs it as a peer, /);

    const entry = { version: '1.3.0', resolved: 'https://r.example.test/a.tgz' };
    const packages = {
      ...{ '': manifest, 'node_modules/zod': { ...entry, version: '4.0.0' } },
      'node_modules/left-pad': entry,
    };
    const npm = { name: 'shop', lockfileVersion: 3, packages };
    const known = runCli(['unused', makeProject(files('package-lock.json', JSON.stringify(npm)))]);
    assert.match(known.out, /left-pad: unused/);
    assert.doesNotMatch(known.out, /Unknown/);
  });

  test('a project without source files is not called clean', () => {
    const { code, out } = runCli([
      'unused',
      makeProject({ 'package.json': '{ "dependencies": { "a": "1.0.0" } }\n' }),
    ]);
    assert.equal(code, 2);
    assert.match(out, /Not checked: package\.json: no source file was found\./);
  });

  test('searches large files, and says which are no text', () => {
    const manifest = '{ "dependencies": { "a": "1.0.0" } }\n';
    const large = `require('a'); x = '${'A'.repeat(2_000_000)}';\n`;
    const found = runCli(['unused', makeProject({ 'package.json': manifest, 'large.js': large })]);
    assert.equal(found.code, 0, found.out);
    const other = { 'package.json': manifest, 'one.js': '1;\n', 'other.js': 'q\u0000' };
    const { code, out } = runCli(['unused', makeProject(other)]);
    assert.equal(code, 2);
    assert.match(out, /^Incomplete: .*[\s\S]*Not checked: package\.json: other\.js/);
  });

  test('finds the same as check with the rules enabled, and check says nothing of it by default', () => {
    const directory = makeProject(SHOP);
    const rules = (args: readonly string[]) =>
      JSON.parse(runCli(['check', directory, '--format', 'json', ...args]).out)
        .findings.map(({ rule }: { rule: string }) => rule)
        .filter((rule: string) => /unused|missing-dependency/.test(rule));
    assert.deepEqual(rules([]), []);
    writeFileSync(join(directory, 'dependency-hygiene.json'), '{ "preset": "all" }');
    assert.deepEqual(rules([]).sort(), ['missing-dependency', 'unused-dependency', 'unused-dependency']);
  });

  test('exits with 0 if all is used, and with 2 for a file that cannot be read', () => {
    const directory = makeProject({
      'package.json': {
        name: 'shop',
        private: true,
        dependencies: { react: '^19.0.0', 'left-pad': '^1.3.0' },
      },
      'index.js': "require('react'); require('left-pad');",
    });
    assert.equal(runCli(['unused', directory]).code, 0);
    rmSync(join(directory, 'package.json'));
    const gone = runCli(['unused', directory]);
    assert.equal(gone.code, 2);
    assert.match(gone.error, /no package\.json was found/);
  });
});
