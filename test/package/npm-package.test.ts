import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { type Schema, Validator } from '@cfworker/json-schema';
import { makeProject, runCli } from '../cli/run-cli.ts';

const root = join(import.meta.dirname, '../..');

/** Packs into a new folder, and unpacks it there. */
function pack(): { readonly file: string; readonly folder: string; readonly names: readonly string[] } {
  const folder = makeProject({});
  const packed = spawnSync(process.execPath, ['server/tools/npm-package.ts', folder], {
    cwd: root,
    encoding: 'utf8',
  });
  assert.equal(packed.status, 0, packed.stderr);
  const file = join(folder, packed.stdout.trim());
  const listed = spawnSync('tar', ['xzvf', file], { cwd: folder, encoding: 'utf8' });
  assert.equal(listed.status, 0, listed.stderr);
  return { file, folder: join(folder, 'package'), names: listed.stdout.trim().split('\n').sort() };
}

describe('the packed command line', () => {
  const { file, folder, names } = pack();
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;

  test('has no dependencies but optional peers, no scripts, and is below 3 MB', () => {
    for (const field of ['dependencies', 'optionalDependencies', 'scripts'])
      assert.equal(manifest[field], undefined);
    const peers = Object.keys(manifest.peerDependencies ?? {});
    assert.deepEqual(
      manifest.peerDependenciesMeta,
      Object.fromEntries(peers.map((name) => [name, { optional: true }])),
    );
    assert.ok(statSync(file).size < 3_000_000);
  });

  test('holds nothing else', () => {
    const expected =
      /^package\/(?:package\.json|README\.md|CHANGELOG\.md|LICENSE|NOTICE|check-report\.(?:d\.ts|schema\.json)|dist\/(?:[\w-]+\.js|package\.json|popular-names\.txt|advisories\.bin))$/;
    assert.deepEqual(
      names.filter((name) => !expected.test(name)),
      [],
    );
    for (const name of ['client', 'vscode-languageclient', 'server-web'])
      assert.ok(!names.includes(`package/dist/${name}.js`), name);
  });

  test('has the same bytes each time', () => {
    assert.ok(readFileSync(pack().file).equals(readFileSync(file)));
  });

  test('runs from where it is', () => {
    const project = makeProject({ 'package.json': { name: 'shop', dependencies: { lodahs: '1.0.0' } } });
    const cli = join(folder, 'dist/cli.js');
    const ran = spawnSync(process.execPath, [cli, 'check', project, '--format', 'compact'], {
      encoding: 'utf8',
      env: { PATH: process.env.PATH, HOME: project },
    });
    assert.match(ran.stdout, /package\.json:4:\d+: \w+ .*\[typosquat-name\]/);
    const served = spawnSync(process.execPath, [cli, 'lsp', '--stdio'], { input: '', encoding: 'utf8' });
    assert.doesNotMatch(served.stderr, /Cannot find module/);
  });

  test('describes its JSON, in a schema and in types', () => {
    const schema = JSON.parse(readFileSync(join(folder, 'check-report.schema.json'), 'utf8')) as Schema;
    const project = makeProject({ 'package.json': { name: 'shop', dependencies: { lodahs: '1.0.0' } } });
    const report = JSON.parse(runCli(['check', project, '--format', 'json']).out) as object;
    const validator = new Validator(schema, '7', false);
    assert.deepEqual(validator.validate(report).errors, []);
    assert.equal(validator.validate({ ...report, summary: null }).valid, false);
    // What the code calls the report is what the package calls it.
    const source = join(folder, 'same.ts');
    writeFileSync(
      source,
      `import type { JsonReport } from '${join(root, 'server/src/core/show/report/check/json.ts')}';\n` +
        "import type { CheckReport } from './check-report.d.ts';\n" +
        'export const a = (report: JsonReport): CheckReport => report;\n',
    );
    const checked = spawnSync(
      join(root, 'node_modules/.bin/tsc'),
      [
        ...['--ignoreConfig', '--noEmit', '--strict', '--exactOptionalPropertyTypes', '--skipLibCheck'],
        '--noUncheckedIndexedAccess',
        ...['--target', 'esnext', '--module', 'nodenext', '--allowImportingTsExtensions', source],
      ],
      { encoding: 'utf8', cwd: folder },
    );
    assert.equal(checked.status, 0, checked.stdout);
  });
});
