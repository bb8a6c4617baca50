import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { describe, test } from 'node:test';
import { gunzipSync } from 'node:zlib';
import { isBaitVersion } from '../../../../server/src/core/know/registry/releases/bait-version.ts';
import {
  expectMarks,
  fixOf,
  openWorkspace,
  type RegistryDocuments,
  TEST_REGISTRY,
} from '../../../workspace.ts';
import { openWithRegistry } from './with-registry.ts';

const RULE = 'dependency-confusion';
const POLICY =
  '-- dependency-hygiene.json --\n{ "internalNames": ["acme-utils"], "privateScopes": ["@acme"] }\n';
const OWN = '-- .npmrc --\nregistry=https://npm.acme.example.test/\n';
const HASH =
  'sha512-2yyAR8qBkN3YuheJanUpWC5U3bb5osDywNB8RzDVlDwDHbocAJveqqj1u8+SVD7jkWT4yvsHCpWqqWqAxb0zCA==';

const silent = (source: string, registry?: RegistryDocuments) =>
  expectMarks(source, { rules: [RULE], registry });
const manifest = (lines: string) => `-- package.json --
{
  "name": "shop",
  "dependencies": {
${lines}
  }
}
`;

describe('dependency-confusion, internal names', () => {
  test('at the key, an alias by its target', () =>
    expectMarks(
      `${manifest(`    "acme-utils": "^1.0.0",
    ^^^^^^^^^^^^ dependency-confusion: "acme-utils" is an internal name, but the public registry is asked for it. Configure the registry that serves it.
    "utils": "npm:acme-utils@^1.0.0",
    ^^^^^^^ dependency-confusion
    "acme-util": "^1.0.0",
    "local": "file:../local"`)}${POLICY}`,
    ));

  test('is silent where a registry of its own serves it, or where it comes from elsewhere', async () => {
    await silent(manifest('    "acme-utils": "^1.0.0"') + POLICY + OWN);
    const mirror =
      '-- dependency-hygiene.json --\n{ "internalNames": ["acme-utils"], "mirrors": ["https://npm.acme.example.test/"] }\n';
    await silent(manifest('    "acme-utils": "^1.0.0"') + mirror + OWN);
    await silent(manifest('    "acme-utils": "file:../acme-utils", "b": "workspace:*"') + POLICY);
    await silent(manifest('    "acme-utils": "github:acme/acme-utils"') + POLICY);
    await silent(manifest('    "acme-utils": "^1.0.0"'));
  });

  test('is silent about a name that is owned at the public registry', () =>
    silent(`${manifest('    "acme-utils": "^1.0.0"')}-- dependency-hygiene.json --
{ "internalNames": ["acme-utils"], "rules": { "dependency-confusion": ["error", { "ownedPublicNames": ["acme-utils"] }] } }
`));

  test('is never asked for at the public registry', async () => {
    const { workspace, asked } = await openWithRegistry(
      manifest('    "acme-utils": "^1.0.0"') + POLICY,
      {},
      RULE,
    );
    assert.equal(workspace.findings(RULE).length, 1);
    assert.deepEqual(asked, []);
  });

  test('locked from the public registry, at the address or the key', async () => {
    const lock = (resolved: string) => `-- package.json --
{ "name": "shop", "dependencies": { "a": "1" } }
-- package-lock.json --
{
  "name": "shop",
  "lockfileVersion": 3,
  "packages": {
    "": { "name": "shop", "dependencies": { "a": "1" } },
    "node_modules/a": { "version": "1.0.0", "resolved": "${TEST_REGISTRY}a/-/a-1.0.0.tgz", "integrity": "${HASH}" },
    "node_modules/acme-utils": {
      "version": "9.9.9",
${resolved}
      "integrity": "${HASH}"
    }
  }
}
${POLICY}`;
    const address = `${TEST_REGISTRY}acme-utils/-/acme-utils-9.9.9.tgz`;
    await expectMarks(
      lock(`      "resolved": "${address}",
                  ${'^'.repeat(address.length + 2)} dependency-confusion: acme-utils 9.9.9 is internal, but is locked from the public registry. Find out who publishes it there and configure its registry.`),
    );
    await silent(
      lock('      "resolved": "https://npm.acme.example.test/acme-utils/-/acme-utils-9.9.9.tgz",'),
    );
    await silent(lock(`      "resolved": "${address}",`) + OWN);
    await expectMarks(`-- package.json --
{ "name": "shop", "packageManager": "pnpm@11.0.0", "dependencies": { "@acme/ui": "1.0.0" } }
-- pnpm-lock.yaml --
lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      '@acme/ui':
        specifier: 1.0.0
        version: 1.0.0

packages:

  '@acme/ui@1.0.0':
  ^^^^^^^^^^^^^^^^ dependency-confusion
    resolution: {integrity: ${HASH}}

snapshots:

  '@acme/ui@1.0.0': {}
${POLICY}`);
  });
});

describe('dependency-confusion, packages of the workspace', () => {
  const workspace = (dependency: string, member: string, manager = 'npm@11.0.0') => `-- package.json --
{
  "name": "root", "private": true, "packageManager": "${manager}", "workspaces": ["lib"],
${dependency}
}
-- lib/package.json --
${member}
`;
  const MEMBER = '{ "name": "lib-of-ours", "version": "1.2.0", "private": true }';
  const asked = (declared: string) => `  "dependencies": { "lib-of-ours": ${JSON.stringify(declared)} }`;

  test('a private one that does not fit what is declared', () =>
    expectMarks(
      workspace(
        `  "dependencies": { "lib-of-ours": "^2.0.0" }
                    ^^^^^^^^^^^^^ dependency-confusion: "lib-of-ours" is a private package of this workspace, but the specifier does not resolve to it, so the public registry is asked. Declare "^1.2.0".`,
        MEMBER,
      ),
    ));

  test('is silent where it is linked, where it is published, and in doubt', async () => {
    for (const declared of [
      '^1.0.0',
      '*',
      'latest',
      'workspace:^2.0.0',
      'file:./lib',
      'npm:lib-of-ours@2',
      '^',
    ]) {
      await silent(workspace(asked(declared), MEMBER));
    }
    await silent(workspace(asked('^2.0.0'), '{ "name": "lib-of-ours", "version": "1.2.0" }'));
    await silent(workspace(asked('^2.0.0'), '{ "name": "lib-of-ours", "private": true }'));
    await silent(workspace(asked('^2.0.0'), MEMBER) + OWN);
    const popular = '{ "name": "lodash", "version": "1.0.0", "private": true }';
    await silent(workspace('  "dependencies": { "lodash": "^4.0.0" }', popular));
  });

  test('one that a lockfile takes from the registry although it fits', () =>
    expectMarks(
      `${workspace(
        `  "dependencies": { "lib-of-ours": "^1.0.0" }
                    ^^^^^^^^^^^^^ dependency-confusion`,
        MEMBER,
        'pnpm@11.0.0',
      )}-- pnpm-workspace.yaml --
packages: [lib]
-- pnpm-lock.yaml --
lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      lib-of-ours:
        specifier: ^1.0.0
        version: 1.9.0

  lib: {}

packages:

  lib-of-ours@1.9.0:
    resolution: {integrity: ${HASH}}

snapshots:

  lib-of-ours@1.9.0: {}
`,
      { rules: [RULE] },
    ));

  test('declares what links it', async () => {
    const npm = await fixOf(
      workspace(asked('^2.0.0'), MEMBER),
      RULE,
      /^Replace with "lib-of-ours": "\^1.2.0"$/,
    );
    assert.equal(npm, workspace(asked('^1.2.0'), MEMBER));
    const bun = workspace(asked('^2.0.0'), MEMBER, 'bun@1.3.0');
    const after = await fixOf(bun, RULE, /^Replace with "lib-of-ours": "workspace:\*"$/);
    assert.equal(after, workspace(asked('workspace:*'), MEMBER, 'bun@1.3.0'));
  });
});

describe('dependency-confusion, versions as bait', () => {
  const versions = (...all: string[]) => ({
    'dist-tags': { latest: all.at(-1) },
    versions: Object.fromEntries(all.map((version) => [version, {}])),
  });

  test('a warning where there are three versions or fewer', async () => {
    const source = manifest(`    "bank-ui-core": "^99.0.0",
    ^^^^^^^^^^^^^^ dependency-confusion: bank-ui-core 99.0.1 has a version number typical of dependency confusion attacks, and only 2 versions. Make sure that it is not an internal name.
    "bank-api": "*",
    ^^^^^^^^^^ dependency-confusion: bank-api 9.9.9 has a version number typical of dependency confusion attacks, and only 1 version. Make sure that it is not an internal name.
    "calendar": "^2026.1.0",
    "browser": "^131.0.0",
    "plain": "^1.0.0"`);
    const registry = {
      'bank-ui-core': versions('99.0.0', '99.0.1'),
      'bank-api': versions('9.9.9'),
      calendar: versions('2026.1.0'),
      browser: versions('128.0.0', '129.0.0', '130.0.0', '131.0.0'),
      plain: versions('1.0.0'),
    };
    await expectMarks(source, { registry });
    const workspace = await openWorkspace(source, { registry });
    assert.deepEqual(
      workspace.findings(RULE).map(({ severity }) => severity),
      ['warning', 'warning'],
    );
  });

  test('removed versions count, and a mirror may lack some', async () => {
    const time = Object.fromEntries(
      ['1.0.0', '2.0.0', '3.0.0', '99.0.0'].map((version, at) => [version, `202${at}-01-01T00:00:00Z`]),
    );
    const source = manifest('    "bank-ui-core": "^99.0.0"');
    await silent(source, { 'bank-ui-core': { ...versions('99.0.0'), time } });
    const mirror = '-- dependency-hygiene.json --\n{ "mirrors": ["https://npm.acme.example.test/"] }\n';
    await silent(source + OWN + mirror, { 'bank-ui-core': versions('99.0.0') });
  });

  test('allows the name, with a reason', async () => {
    const registry = { 'bank-ui-core': versions('99.0.0') };
    const after = await fixOf(manifest('    "bank-ui-core": "99.0.0"'), RULE, /^Allow the name/, {
      registry,
    });
    assert.match(after, /"name": "bank-ui-core"/);
  });

  test('which numbers are bait', () => {
    for (const version of [
      '9.9.9',
      '99.99.99',
      '999.9.9',
      '90.0.0',
      '100.0.0',
      '9999.0.1',
      '99.10.9-beta.1',
    ]) {
      assert.ok(isBaitVersion(version), version);
    }
    for (const version of [
      '0.9.9',
      '9.9.10',
      '89.0.0',
      '2026.11.24',
      '202611.1.0',
      '20261124.0.0',
      'x',
      '1.99.99',
    ]) {
      assert.ok(!isBaitVersion(version), version);
    }
  });

  test('of the versions of malware and of hijacked releases: which have such numbers', () => {
    const data = new URL('../../../../../shared/data/', import.meta.url);
    if (!existsSync(data)) {
      console.log('Passed without ../shared/data, which is not here.');
      return;
    }
    const rows = (text: string) =>
      text
        .split('\n')
        .slice(1, -1)
        .map((line) => line.split('\t'));
    const malware = rows(gunzipSync(readFileSync(new URL('malicious-npm.tsv.gz', data))).toString())
      .flatMap(([, text]) => (text ?? '').split(' || '))
      .filter((version) => /^\d+\.\d+\.\d+$/.test(version));
    const bait = malware.filter(isBaitVersion);
    assert.ok(bait.length / malware.length > 0.08, `${bait.length} of ${malware.length}`);
    // Real packages that were hijacked have the version numbers of real packages.
    const hijacked = rows(readFileSync(new URL('compromised-incidents.tsv', data), 'utf8')).map(
      ([, , , version]) => version!,
    );
    const wrong = hijacked.filter(isBaitVersion);
    assert.ok(
      wrong.length / hijacked.length < 0.01,
      `${wrong.length} of ${hijacked.length}: ${wrong.join(' ')}`,
    );
    console.log(
      `bait: ${bait.length} of ${malware.length} of malware, ${wrong.length} of ${hijacked.length} of hijacked packages`,
    );
  });
});
