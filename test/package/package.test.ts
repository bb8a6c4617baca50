import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, test } from 'node:test';
import { openPromise } from 'yauzl';
import { packedPage } from '../../server/tools/package/packed-page.ts';
import { makeProject } from '../cli/run-cli.ts';

const root = join(import.meta.dirname, '../..');

const REPOSITORY = 'https://git.example.test/acme/dependency-hygiene';

describe('bundles', () => {
  /** In bytes, with some margin, so that growth is noticed without getting in the way. */
  const LIMITS = {
    'client.js': 60_000,
    'vscode-languageclient.js': 440_000,
    'client-web.cjs': 450_000,
    'server-web.js': 3_100_000,
    'server.js': 2_000,
    'server-main.js': 340_000,
    'core.js': 1_390_000,
    'undici.js': 750_000,
    'config-readers.js': 180_000,
    'reached-programs.js': 30_000,
    'undici-http.js': 780_000,
    'started-files.js': 45_000,
    'make-sbom.js': 190_000,
    'pictures.js': 30_000,
    'advisories.bin': 2_500_000,
    'sigstore.js': 230_000,
    'verify.js': 30_000,
    'inspect.js': 150_000,
    'scan-package.js': 126_000,
    'database.js': 235_000,
    'database-worker.js': 4_000,
    'cli-report.js': 50_000,
    'cli-serve-assistant.js': 310_000,
    'cli-incident.js': 82_000,
    'cli-inventory.js': 20_000,
    'hyparquet-writer.js': 70_000,
    'dependency-usage.js': 60_000,
    'compile-cache.js': 2_000,
    'cli-main.js': 10_000,
    'command.js': 95_000,
    'explained-rule.js': 143_000,
    'monitor-observe.js': 16_000,
    'monitor-preload.js': 1_000,
    'cli-monitor.js': 15_000,
    'cli.js': 1_000,
  };

  for (const [name, limit] of Object.entries(LIMITS)) {
    test(`dist/${name} is below ${limit / 1000} kB`, () => {
      assert.ok(statSync(join(root, 'dist', name)).size < limit);
    });
  }
});

describe('the packed extension', () => {
  const file = join(makeProject({}), 'packed.vsix');
  const packed = spawnSync(process.execPath, ['server/tools/package.ts', file], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, REPOSITORY_URL: `${REPOSITORY}/` },
  });
  const names = packed.status === 0 ? zipNames(readFileSync(file)) : [];

  test('says where the links of its README lead', () => {
    assert.ok(packed.stdout.includes(`links of the README: ${REPOSITORY}\n`), packed.stdout);
  });

  test('has the README whose links were checked', async () => {
    const page = packedPage(readFileSync(join(root, 'README.md'), 'utf8'), REPOSITORY);
    assert.equal(await textInZip(file, 'extension/readme.md'), page);
  });

  test('holds what it needs', () => {
    assert.equal(packed.status, 0, packed.stderr + packed.stdout);
    for (const name of [
      'package.json',
      'package.nls.json',
      'package.nls.de.json',
      'l10n/bundle.l10n.de.json',
      'readme.md',
      'dist/client.js',
      'dist/vscode-languageclient.js',
      'dist/client-web.cjs',
      'dist/server-web.js',
      'dist/server.js',
      'dist/server-main.js',
      'dist/core.js',
      'dist/undici-http.js',
      'dist/undici.js',
      'dist/config-readers.js',
      'dist/reached-programs.js',
      'dist/started-files.js',
      'dist/dependency-usage.js',
      'dist/make-sbom.js',
      'dist/pictures.js',
      'dist/sigstore.js',
      'dist/verify.js',
      'dist/inspect.js',
      'dist/scan-package.js',
      'dist/explained-rule.js',
      'dist/database.js',
      'dist/database-worker.js',
      'dist/cli-report.js',
      'dist/answer-assistant.js',
      'dist/cli-serve-assistant.js',
      'dist/cli-incident.js',
      'dist/compile-cache.js',
      'dist/cli-monitor.js',
      'dist/monitor-observe.js',
      'dist/monitor-preload.js',
      'dist/cli.js',
      'dist/cli-main.js',
      'dist/command.js',
      'dist/package.json',
      'dist/popular-names.txt',
      'dist/advisories.bin',
      'syntaxes/npmrc.tmLanguage.json',
      'syntaxes/yarn-lock.tmLanguage.json',
      'server/docs/rules/typosquat-name.md',
      'server/schema/dependency-hygiene.schema.json',
    ]) {
      assert.ok(names.includes(`extension/${name}`), name);
    }
  });

  test('holds no test, source, fixture or picture that it does not show', () => {
    const expected =
      /^(?:extension\.vsixmanifest|\[Content_Types\]\.xml|extension\/(?:package(?:\.nls(?:\.de)?)?\.json|l10n\/bundle\.l10n\.de\.json|[\w.-]+\.(?:md|txt)|LICENSE|NOTICE|media\/(?:icon|squiggles-light|(?:squiggles|hover|light-bulb)-dark)\.png|media\/[\w-]+\.svg|syntaxes\/[\w.-]+\.json|dist\/(?:\w[\w-]*\.js|client-web\.cjs|package\.json|popular-names\.txt|advisories\.bin)|server\/docs\/(?:rules\/[\w-]+|settings)\.md|server\/schema\/[\w.-]+\.json))$/;
    assert.deepEqual(
      names.filter((name) => !expected.test(name)),
      [],
    );
  });

  // The worker of the browser has the code of the server once more, in one file.
  test('is below 4.4 MB', () => {
    assert.ok(statSync(file).size < 4_400_000);
  });
});

/** Returns the names in a zip file's central directory (APPNOTE 4.3.12). */
function zipNames(zip: Buffer): readonly string[] {
  const end = zip.lastIndexOf('PK\u0005\u0006', undefined, 'latin1');
  let at = zip.readUInt32LE(end + 16);
  const names: string[] = [];
  while (zip.readUInt32LE(at) === 0x02014b50) {
    const length = zip.readUInt16LE(at + 28);
    names.push(zip.toString('utf8', at + 46, at + 46 + length));
    at += 46 + length + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return names;
}

async function textInZip(file: string, name: string): Promise<string | undefined> {
  const zip = await openPromise(file);
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName !== name) continue;
    return text(await zip.openReadStreamPromise(entry));
  }
}
