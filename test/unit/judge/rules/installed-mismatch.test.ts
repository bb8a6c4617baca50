import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { installStateOf } from '../../../../server/src/core/judge/installed/install-state-of.ts';
import { installedMismatch } from '../../../../server/src/core/judge/rules/installed-mismatch.ts';
import { expectMarks, openWorkspace } from '../../../workspace.ts';

const RULE = 'installed-mismatch';
const MANIFEST = `-- package.json --
{ "name": "shop", "dependencies": { "left": "^1.0.0" }, "optionalDependencies": { "right": "^1.0.0" } }
`;

/** Returns the messages about a lockfile and the record of an install. */
async function messagesOf(files: string): Promise<readonly string[]> {
  const { findings } = await openWorkspace(MANIFEST + files);
  return findings(RULE).map(({ message }) => message);
}

function npmFiles(record: object): string {
  const packages = {
    '': { name: 'shop', dependencies: { left: '^1.0.0' }, optionalDependencies: { right: '^1.0.0' } },
    'node_modules/left': { version: '1.0.0', dependencies: { below: '^1.0.0' } },
    'node_modules/below': { version: '1.0.0' },
    'node_modules/right': { version: '1.0.0', optional: true },
  };
  const lock = { name: 'shop', lockfileVersion: 3, packages };
  const hidden = { name: 'shop', lockfileVersion: 3, packages: record };
  return `-- package-lock.json --\n${JSON.stringify(lock)}\n-- node_modules/.package-lock.json --\n${JSON.stringify(hidden)}\n`;
}

describe(RULE, () => {
  test('reports the example', () => expectMarks(installedMismatch.docs.bad, { rules: [RULE] }));

  test('is silent on the fixed example', () => expectMarks(installedMismatch.docs.good, { rules: [RULE] }));

  test('shows one finding with all differences, and the command that installs what is locked', async () => {
    const files = npmFiles({
      'node_modules/left': { version: '1.0.1' },
      'node_modules/evil': { version: '6.6.6' },
    });
    assert.deepEqual(await messagesOf(files), [
      'node_modules differs from package-lock.json: 1 extra package (evil 6.6.6), 1 other version (left 1.0.1) and 1 missing package (below 1.0.0). Run "npm ci".',
    ]);
    const { snapshot, findings } = await openWorkspace(MANIFEST + files);
    const [fix] = snapshot.ruleFixesOf(findings(RULE)[0]!);
    assert.deepEqual([fix?.command, fix?.applicability, fix?.edits], ['npm ci', 'display-only', []]);
  });

  test('is silent where optional packages are missing, and without a record', async () => {
    const packages = {
      'node_modules/left': { version: '1.0.0' },
      'node_modules/below': { version: '1.0.0' },
    };
    assert.deepEqual(await messagesOf(npmFiles(packages)), []);
    const [lockfile] = npmFiles({}).split('-- node_modules');
    assert.deepEqual(await messagesOf(lockfile!), []);
  });

  test('a link to a member is expected, and one to another folder in its place is not', async () => {
    const manifest = `-- package.json --
{ "name": "shop", "workspaces": ["packages/*"], "dependencies": { "m": "*" } }
-- packages/m/package.json --
{ "name": "m", "version": "1.0.0" }
`;
    const packages = {
      '': { name: 'shop', workspaces: ['packages/*'], dependencies: { m: '*' } },
      'node_modules/m': { resolved: 'packages/m', link: true },
      'packages/m': { name: 'm', version: '1.0.0' },
    };
    const lock = JSON.stringify({ name: 'shop', lockfileVersion: 3, packages });
    const { snapshot } = await openWorkspace(`${manifest}-- package-lock.json --\n${lock}\n`);
    const found = (linkedTo: string) => {
      const m = { path: 'node_modules/m', folder: 'm', name: 'm', version: '1.0.0' };
      const installed = { packages: [{ ...m, linkedTo, isBrought: false }], gaps: [] };
      return installStateOf(snapshot.projects[0]!, installed)?.differences.map(({ kind }) => kind);
    };
    assert.deepEqual([found('packages/m'), found('evil')], [[], ['link']]);
  });

  test("reads pnpm's record", async () => {
    const lock = (version: string) => `lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      left:
        specifier: ^1.0.0
        version: ${version}

packages:

  left@${version}:
    resolution: {integrity: sha512-bG9ja2Vk}

snapshots:

  left@${version}: {}
`;
    const files = `-- pnpm-lock.yaml --\n${lock('1.0.1')}-- node_modules/.pnpm/lock.yaml --\n${lock('1.0.0')}`;
    assert.deepEqual(await messagesOf(files), [
      'node_modules differs from pnpm-lock.yaml: 1 other version (left 1.0.0). Run "pnpm install --frozen-lockfile".',
    ]);
  });

  test('reads the records of both Yarns', async () => {
    const berry = `-- yarn.lock --
__metadata:
  version: 8
  cacheKey: 10c0

"left@npm:^1.0.0":
  version: 1.0.1
  resolution: "left@npm:1.0.1"
  checksum: 10c0/00
  languageName: node
  linkType: hard

"shop@workspace:.":
  version: 0.0.0-use.local
  resolution: "shop@workspace:."
  dependencies:
    left: "npm:^1.0.0"
  languageName: unknown
  linkType: soft
-- node_modules/.yarn-state.yml --
__metadata:
  version: 1

"left@npm:1.0.0":
  locations:
    - "node_modules/left"

"shop@workspace:.":
  locations:
    - ""
`;
    assert.deepEqual(await messagesOf(berry), [
      'node_modules differs from yarn.lock: 1 other version (left 1.0.0). Run "yarn install --immutable".',
    ]);
    const classic = `-- yarn.lock --
# yarn lockfile v1


left@^1.0.0:
  version "1.0.1"
  resolved "https://registry.example.test/left/-/left-1.0.1.tgz#00"
-- node_modules/.yarn-integrity --
{ "lockfileEntries": { "left@^1.0.0": "https://registry.example.test/left/-/left-1.0.0.tgz#00" } }
`;
    assert.deepEqual(await messagesOf(classic), [
      'node_modules differs from yarn.lock: 1 other version (left 1.0.0). Run "yarn install --frozen-lockfile".',
    ]);
  });

  test('is silent once the lockfile changes, until the record is compared again', async () => {
    const workspace = await openWorkspace(installedMismatch.docs.bad);
    const lock = workspace.uri('package-lock.json');
    workspace.session.setOverlay(lock, workspace.text('package-lock.json')!.replace('1.0.1', '1.0.2'));
    assert.deepEqual(workspace.findings(RULE), []);
    await workspace.session.compareInstallRecords();
    assert.equal(workspace.findings(RULE).length, 1);
  });
});
