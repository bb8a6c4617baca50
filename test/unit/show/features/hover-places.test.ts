import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Fact } from '../../../../server/src/core/know/registry/documents/fact.ts';
import type { Packument } from '../../../../server/src/core/know/registry/documents/packument.ts';
import { card } from './hover-harness.ts';

const PENDING: Fact<Packument> = { state: 'pending' };

/** Returns the token under the cursor, and the line of the card that names the package. */
async function reported(source: string, needle: string, path = 'package.json') {
  const found = await card(source, needle, PENDING, { path });
  return found && [found.token, found.plain.split('\n')[1]];
}

const LOCKED = `-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": { "dependencies": { "app": "^1.0.0", "lodash": "^4.17.0" } },
    "node_modules/app": { "version": "1.0.0", "dependencies": { "minimist": "^1.2.0" } },
    "node_modules/app/node_modules/minimist": { "version": "1.2.8" },
    "node_modules/lodash": { "version": "4.17.21" },
    "node_modules/minimist": { "version": "0.0.8" }
  }
}
`;

describe('the hover card on an override', () => {
  const npm = `-- package.json --
{
  "dependencies": { "app": "^1.0.0", "lodash": "^4.17.0" },
  "overrides": {
    "minimist": "^1.2.6",
    "app": { "wrappy": "$lodash" },
    "old@1": "npm:new@2.0.0",
    "gone": "github:acme/gone"
  }
}
${LOCKED}`;

  test('tells what is locked of the package, the version that fits first', async () => {
    assert.deepEqual(await reported(npm, '"minimist"'), [
      '"minimist"',
      'minimist 1.2.8 locked · declares ^1.2.6 · an override · beside 0.0.8',
    ]);
    assert.deepEqual((await reported(npm, '"^1.2.6"'))?.[0], '"^1.2.6"');
  });

  test('of one version tells that one, also below an alias', async () => {
    const exact = npm.replace('"^1.2.6"', '"1.2.8"').replace('"npm:new@2.0.0"', '"npm:minimist@1.2.8"');
    for (const key of ['"minimist"', '"old@1"'])
      assert.match(
        (await reported(exact, key))![1]!,
        /minimist 1\.2\.8 locked|minimist · 1\.2\.8 locked/,
        key,
      );
    const other = npm.replace('"^1.2.6"', '"0.0.8"');
    assert.match((await reported(other, '"minimist"'))![1]!, /^minimist 0\.0\.8 locked .* beside 1\.2\.8/);
  });

  test('looks up what it refers to, and below what it stands', async () => {
    assert.deepEqual(await reported(npm, '"wrappy"'), [
      '"wrappy"',
      'wrappy not in the lockfile · declares $lodash · means ^4.17.0 (as the root declares it) · an override below app',
    ]);
    assert.deepEqual(await reported(npm, '"app": {'), [
      '"app"',
      'app 1.0.0 locked · with overrides below it',
    ]);
  });

  test('asks no registry for what comes from elsewhere, and of an alias for its target', async () => {
    const found = await card(npm, '"old@1"', PENDING);
    assert.equal(found?.target.target, 'new');
    assert.equal((await card(npm, '"gone"', PENDING))?.target.elsewhere, 'git: github:acme/gone');
  });

  test('in pnpm-workspace.yaml and resolutions, whether or not it is read', async () => {
    const pnpm = `-- package.json --
{
  "packageManager": "pnpm@11.0.0",
  "overrides": { "lodash": "4.17.21" }
}
-- pnpm-workspace.yaml --
overrides:
  'app>minimist': ^1.2.6
  lodash: '-'
`;
    assert.deepEqual(await reported(pnpm, 'app>minimist', 'pnpm-workspace.yaml'), [
      "'app>minimist'",
      'minimist no lockfile · declares ^1.2.6 · an override below app',
    ]);
    assert.match((await reported(pnpm, 'lodash', 'pnpm-workspace.yaml'))![1]!, /means nothing \(it removes/);
    assert.match((await reported(pnpm, '"lodash"'))![1]!, /an override · not read by pnpm/);
    const yarn = `-- package.json --
{ "packageManager": "yarn@4.18.1", "resolutions": { "app/minimist": "npm:1.2.8" } }
`;
    assert.match((await reported(yarn, '"app/minimist"'))![1]!, /^minimist .* an override below app/);
  });
});

describe('the hover card on a member of the workspace', () => {
  const member = '-- packages/ui/package.json --\n{ "name": "@acme/ui", "version": "1.2.0" }\n';
  const words = /^@acme\/ui a member of the workspace, 1\.2\.0( · declares (workspace:\^|\^1\.0\.0))?$/;

  test('tells the version of its manifest, in lockfiles as well', async () => {
    const npm = `-- package.json --
{ "workspaces": ["packages/*"], "dependencies": { "@acme/ui": "^1.0.0" } }
${member}-- package-lock.json --
{
  "lockfileVersion": 3,
  "packages": {
    "": { "workspaces": ["packages/*"], "dependencies": { "@acme/ui": "^1.0.0" } },
    "node_modules/@acme/ui": { "resolved": "packages/ui", "link": true },
    "node_modules/far": { "resolved": "../far", "link": true },
    "packages/ui": { "name": "@acme/ui", "version": "1.2.0" }
  }
}
`;
    assert.match((await reported(npm, '"@acme/ui"'))![1]!, words);
    const inLockfile = (needle: string) => reported(npm, needle, 'package-lock.json');
    assert.match((await inLockfile('"node_modules/@acme/ui"'))![1]!, words);
    assert.match((await inLockfile('"node_modules/far"'))![1]!, /^far linked/);
  });

  test('also where the package manager locks none', async () => {
    const root = (manager: string, specifier: string) =>
      `-- package.json --\n${JSON.stringify({
        packageManager: manager,
        workspaces: ['packages/*'],
        dependencies: { '@acme/ui': specifier },
      })}\n`;
    const pnpm = `${root('pnpm@10.0.0', 'workspace:^')}${member}-- pnpm-workspace.yaml --
packages: [packages/*]
-- pnpm-lock.yaml --
lockfileVersion: '9.0'
importers:
  .:
    dependencies:
      '@acme/ui':
        specifier: workspace:^
        version: link:packages/ui
  packages/ui: {}
`;
    assert.match((await reported(pnpm, '"@acme/ui"'))![1]!, words);
    const classic = `${root('yarn@1.22.22', '^1.0.0')}${member}-- yarn.lock --\n# yarn lockfile v1\n\n\n`;
    assert.match((await reported(classic, '"@acme/ui"'))![1]!, words);
  });
});

describe('the hover card on an import', () => {
  const source = `-- package.json --
{
  "name": "shop",
  "imports": {
    "#pad": { "node": "lodash/padStart", "default": ["./pad.js", "minimist"] },
    "#own": "shop/own",
    "#fs": "node:fs",
    "#events": "events"
  },
  "dependencies": { "app": "^1.0.0", "lodash": "^4.17.0" }
}
${LOCKED}`;

  test('is that of the dependency', async () => {
    assert.deepEqual(await reported(source, '"lodash/padStart"'), [
      '"lodash/padStart"',
      'lodash 4.17.21 locked · declares ^4.17.0',
    ]);
  });

  test('says where the dependency is missing', async () => {
    assert.deepEqual(await reported(source, '"minimist"'), [
      '"minimist"',
      'minimist 0.0.8 locked · not declared in this package.json',
    ]);
  });

  test('is on no path, no module of Node.js, and nothing that nobody knows', async () => {
    for (const needle of ['"./pad.js"', '"shop/own"', '"node:fs"', '"events"', '"#pad"', '"imports"']) {
      assert.equal(await reported(source, needle), undefined, needle);
    }
  });
});
