import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { lockfileOf, makeProject, runCli } from './run-cli.ts';

const SHOP = {
  'package.json': { name: 'shop', version: '1.0.0', license: 'MIT', dependencies: { minimist: '1.2.5' } },
  'package-lock.json': lockfileOf({ minimist: '1.2.5' }),
};

function sbomJson(directory: string, ...args: readonly string[]) {
  const { code, out, error } = runCli(['sbom', directory, ...args]);
  assert.equal(code, 0, error);
  return JSON.parse(out);
}

describe('sbom', () => {
  test('prints the same bytes from any folder, at any time', () => {
    for (const format of ['cyclonedx', 'spdx']) {
      const [first, second] = [makeProject(SHOP), makeProject(SHOP)].map(
        (directory) => runCli(['sbom', directory, '--format', format, '--vex']).out,
      );
      assert.equal(first, second);
      assert.notEqual(first, '');
    }
  });

  test('has the time and an id only if asked for them, and the time of SOURCE_DATE_EPOCH', () => {
    const directory = makeProject(SHOP);
    const { metadata, serialNumber } = sbomJson(directory, '--timestamp', '--serial-number');
    assert.match(metadata.timestamp, /^20\d\d-/);
    assert.match(serialNumber, /^urn:uuid:/);
    const env = { SOURCE_DATE_EPOCH: '86400' };
    assert.match(runCli(['sbom', directory], { env }).out, /"timestamp": "1970-01-02T00:00:00\.000Z"/);
    assert.match(
      runCli(['sbom', directory, '--format', 'spdx'], { env }).out,
      /"created": "1970-01-02T00:00:00Z"/,
    );
    const wrong = runCli(['sbom', directory], { env: { SOURCE_DATE_EPOCH: 'now' } });
    assert.deepEqual([wrong.code, wrong.out], [2, '']);
  });

  test('takes licenses from the manifest and from installed packages of the locked version', () => {
    const directory = makeProject({
      ...SHOP,
      'node_modules/minimist/package.json': {
        name: 'minimist',
        version: '1.2.5',
        licenses: [{ type: 'ISC' }],
      },
    });
    const { metadata, components } = sbomJson(directory);
    assert.equal(metadata.component.licenses[0].license.id, 'MIT');
    assert.equal(components[0].licenses[0].license.id, 'ISC');
    const other = makeProject({
      ...SHOP,
      'node_modules/minimist/package.json': { name: 'minimist', version: '1.2.6', license: 'ISC' },
    });
    assert.equal(sbomJson(other).components[0].licenses, undefined);
  });

  test('lists known vulnerabilities with the reasons of ignores', () => {
    const ignore = {
      ...{ rule: 'vulnerable-dependency', id: 'GHSA-xvch-5gv4-984h' },
      ...{ reason: 'Arguments are our own.', expires: '2999-01-01' },
    };
    const directory = makeProject({ ...SHOP, 'dependency-hygiene.json': { ignores: [ignore] } });
    const { vulnerabilities } = sbomJson(directory, '--vex');
    const [found] = vulnerabilities.filter(({ id }: { id: string }) => id === ignore.id);
    assert.deepEqual(found.analysis, { response: ['will_not_fix'], detail: ignore.reason });
    assert.deepEqual(found.affects, [{ ref: 'pkg:npm/minimist@1.2.5' }]);
    assert.equal(sbomJson(directory).vulnerabilities, undefined);
    const plain = sbomJson(makeProject(SHOP), '--vex');
    assert.deepEqual(
      plain.vulnerabilities.map(({ analysis }: { analysis: unknown }) => analysis),
      plain.vulnerabilities.map(() => ({ state: 'in_triage' })),
    );
  });

  test('says in the document that the lockfile was read only partly, and exits with 2', () => {
    const packages = { '': { name: 'shop' }, 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': 5 };
    const directory = makeProject({ ...SHOP, 'package-lock.json': { lockfileVersion: 3, packages } });
    const { code, out, error } = runCli(['sbom', directory]);
    assert.equal(code, 2);
    assert.equal(JSON.parse(out).compositions[0].aggregate, 'incomplete');
    assert.match(error, /^dephygiene: package-lock\.json was /);
  });

  test('has no secret of a URL, in either format and in a file', () => {
    const token = `ghp_${'a1B2'.repeat(9)}`;
    const lock = JSON.stringify({
      lockfileVersion: 3,
      packages: {
        '': { name: 'shop', dependencies: { a: '1.0.0', b: '1.0.0', c: '1.0.0' } },
        'node_modules/a': {
          version: '1.0.0',
          resolved: `https://bot:${token}@registry.example.test/a/-/a-1.0.0.tgz`,
        },
        'node_modules/b': { version: '1.0.0', resolved: `https://files.example.test/b.tgz?token=${token}` },
        'node_modules/c': {
          version: '1.0.0',
          resolved: `git+https://${token}@git.example.test/c/c.git#${'1'.repeat(40)}`,
        },
      },
    });
    const directory = makeProject({ 'package.json': { name: 'shop' }, 'package-lock.json': lock });
    for (const format of ['cyclonedx', 'spdx']) {
      const file = join(directory, `out.${format}.json`);
      assert.equal(runCli(['sbom', directory, '--format', format, '--output', file]).code, 0);
      const text = readFileSync(file, 'utf8');
      assert.ok(!text.includes(token), text);
      assert.equal(runCli(['sbom', directory, '--format', format]).out, text);
      assert.match(text, /"https:\/\/registry\.example\.test\/a\/-\/a-1\.0\.0\.tgz"/);
    }
  });

  test('needs a lockfile, and a file that can be written', () => {
    const bare = runCli(['sbom', makeProject({ 'package.json': {} })]);
    assert.deepEqual([bare.code, bare.out], [2, '']);
    assert.match(bare.error, /no lockfile found/);
    const directory = makeProject(SHOP);
    const unwritable = runCli(['sbom', directory, '--output', join(directory, 'none/bom.json')]);
    assert.equal(unwritable.code, 2);
    assert.match(unwritable.error, /^dephygiene: --output [^\n]+\n$/);
    assert.match(runCli(['sbom', directory, '--omit', 'prod']).error, /use one of dev/);
  });

  test('is written again by check --fix once the lockfile changed, with the same bytes', () => {
    const rules = { 'dependency-hygiene.json': { rules: { 'sbom-stale': 'warning' } } };
    const before = runCli(['sbom', makeProject({ ...SHOP, ...rules })]).out;
    const manifest = { ...SHOP['package.json'], dependencies: { minimist: '1.2.8' } };
    const now = {
      'package.json': manifest,
      'package-lock.json': lockfileOf({ minimist: '1.2.8' }),
      ...rules,
    };
    const directory = makeProject({ ...now, 'bom.json': before });
    assert.match(runCli(['check', directory, '--offline']).out, /minimist 1\.2\.5 in bom\.json is outdated/);
    runCli(['check', directory, '--offline', '--fix']);
    assert.equal(readFileSync(join(directory, 'bom.json'), 'utf8'), runCli(['sbom', makeProject(now)]).out);
    assert.doesNotMatch(runCli(['check', directory, '--offline']).out, /sbom-stale/);
  });
});
