import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { zipOf } from '../unit/node/database/zip-of.ts';
import { checkJson, makeProject, runCli } from './run-cli.ts';

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

/** A project of Yarn with a patched package, of which both archives are in the project. */
function patchedProject(): { readonly root: string; readonly zip: string; readonly archive: Buffer } {
  const patch = 'left@patch:left@npm%3A1.0.0#./left.patch';
  const bound = `${patch}::version=1.0.0&hash=1a2b3c&locator=shop%40workspace%3A.`;
  const archiveOf = (code: string) =>
    zipOf({
      'node_modules/left/package.json': '{"name":"left","version":"1.0.0"}',
      'node_modules/left/index.js': code,
    });
  const digestOf = (bytes: Buffer) => createHash('sha512').update(bytes).digest('hex');
  const archive = archiveOf('patched();\n');
  const original = archiveOf('original();\n');
  const zip = `.yarn/cache/left-patch-0123456789-${digestOf(archive).slice(0, 10)}.zip`;
  const root = makeProject({
    'package.json': `{ "name": "shop", "private": true, "dependencies": { "left": "${patch.slice(5)}" } }\n`,
    'yarn.lock': `__metadata:
  version: 8
  cacheKey: 10c0

"left@npm:1.0.0":
  version: 1.0.0
  resolution: "left@npm:1.0.0"
  checksum: 10c0/${digestOf(original)}
  languageName: node
  linkType: hard

"${patch}::locator=shop%40workspace%3A.":
  version: 1.0.0
  resolution: "${bound}"
  checksum: 10c0/${digestOf(archive)}
  languageName: node
  linkType: hard

"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
  dependencies:
    left: "${patch.slice(5)}"
  languageName: unknown
  linkType: soft
`,
    '.yarnrc.yml': 'enableGlobalCache: false\n',
    '.pnp.data.json': {
      packageRegistryData: [
        ['left', [[bound.slice(5), { packageLocation: `./${zip}/node_modules/left/`, linkType: 'HARD' }]]],
        ['shop', [['workspace:.', { packageLocation: './', linkType: 'SOFT' }]]],
      ],
    },
    [zip]: '',
  });
  writeFileSync(join(root, zip), archive);
  const named = `left-npm-1.0.0-9876543210-${digestOf(original).slice(0, 10)}.zip`;
  writeFileSync(join(root, '.yarn/cache', named), original);
  return { root, zip, archive };
}

describe('check --installed of packages that Yarn patches', () => {
  const mismatches = (root: string) =>
    checkJson(root, '--installed').findings.flatMap(({ rule, message }) =>
      rule === 'installed-mismatch' ? [message] : [],
    );

  test('in an archive', () => {
    const { root, zip, archive } = patchedProject();
    assert.deepEqual(mismatches(root), []);
    writeFileSync(join(root, zip), Buffer.concat([archive, Buffer.from('x')]));
    const [altered = '', ...others] = mismatches(root);
    assert.match(
      altered,
      /^left 1\.0\.0 is altered: left-patch-.*\.zip in \.yarn\/cache is not as locked.* then delete it and/,
    );
    assert.deepEqual(others, []);
  });

  test('in node_modules', () => {
    const { root } = patchedProject();
    const installed = { 'package.json': '{"name":"left","version":"1.0.0"}', 'index.js': 'patched();\n' };
    const write = (text: string) => {
      for (const [path, body] of Object.entries({ ...installed, 'index.js': text })) {
        mkdirSync(join(root, 'node_modules/left'), { recursive: true });
        writeFileSync(join(root, 'node_modules/left', path), body);
      }
    };
    write('patched();\n');
    assert.deepEqual(mismatches(root), []);
    write('steal();\n');
    assert.match(
      mismatches(root).join(),
      /^left 1\.0\.0 is altered: index\.js in node_modules\/left is not as locked\. /,
    );
  });

  test('in files that a patch of patch-package does not name', () => {
    const { root } = patchedProject();
    mkdirSync(join(root, 'node_modules/left'), { recursive: true });
    mkdirSync(join(root, 'patches'));
    writeFileSync(join(root, 'node_modules/left/package.json'), '{"name":"left","version":"1.0.0"}');
    writeFileSync(join(root, 'node_modules/left/index.js'), 'steal();\n');
    const patch = (name: string, file: string) =>
      writeFileSync(
        join(root, 'patches', name),
        `diff --git a/node_modules/left/${file} b/node_modules/left/${file}\nindex 1..2 100644\n--- a/node_modules/left/${file}\n+++ b/node_modules/left/${file}\n@@ -1 +1 @@\n-a\n+b\n`,
      );
    for (const [name, file] of [
      ['left+1.0.0.patch', 'readme.md'],
      ['left+1.0.0.patch.txt', 'index.js'],
    ] as const) {
      patch(name, file);
      assert.match(
        mismatches(root).join(),
        /^left 1\.0\.0 is altered: index\.js in node_modules\/left is not as locked\. /,
      );
    }
    patch('left+1.0.0.patch', 'index.js');
    assert.deepEqual(mismatches(root), []);
  });

  test('in an archive that is named as that of a patch, which the lockfile does not have', () => {
    const { root } = patchedProject();
    const zip = '.yarn/cache/left-patch-0123456789-10c0.zip';
    const lockfile = join(root, 'yarn.lock');
    writeFileSync(lockfile, readFileSync(lockfile, 'utf8').replace(/\n"left@patch:[\s\S]*?\n\n/, '\n'));
    writeFileSync(
      join(root, '.pnp.data.json'),
      JSON.stringify({
        packageRegistryData: [['left', [['npm:1.0.0', { packageLocation: `./${zip}/node_modules/left/` }]]]],
      }),
    );
    writeFileSync(join(root, zip), 'other');
    assert.match(mismatches(root).join(), /^left 1\.0\.0 is altered: left-patch-0123456789-10c0\.zip/);
  });
});
