import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { scriptVerdict } from '../../../../server/src/core/know/scripts/script-verdict.ts';
import { describeScript } from '../../../../server/src/core/show/features/hover/describe-script.ts';
import { openWorkspace } from '../../../workspace.ts';

/** Returns the hover's text about the scripts of `a`, of which the lockfile may have an entry. */
async function words(workspace: string, name = 'a'): Promise<string | undefined> {
  const [project] = (await openWorkspace(workspace)).snapshot.projects;
  assert.ok(project);
  const entry = project.project.lockfile?.entries.find((one) => one.name === name);
  const verdict = scriptVerdict(project.project, name, entry);
  return describeScript({ locked: true, verdict }, undefined).split(' — ')[1];
}

const manifest = (manager: string | undefined, fields: object = {}) =>
  `-- package.json --\n${JSON.stringify({ name: 'shop', packageManager: manager, dependencies: { a: '^1.0.0' }, ...fields })}\n`;

const PNPM_9 = `-- pnpm-lock.yaml --
lockfileVersion: '9.0'

importers:

  .:
    dependencies:
      a:
        specifier: ^1.0.0
        version: 1.0.0

packages:

  a@1.0.0:
    resolution: {integrity: sha512-AAAA}

snapshots:

  a@1.0.0: {}
`;
const PNPM_6 = `-- pnpm-lock.yaml --
lockfileVersion: '6.0'

dependencies:
  a:
    specifier: ^1.0.0
    version: 1.0.0

packages:

  /a@1.0.0:
    resolution: {integrity: sha512-AAAA}
    requiresBuild: true
`;
const settings = (text: string) => `-- pnpm-workspace.yaml --\n${text}\n`;

describe('pnpm', () => {
  const now = manifest('pnpm@12.21.0') + PNPM_9;

  test('allowBuilds, by name or by version', async () => {
    assert.equal(await words(now), 'unreviewed in allowBuilds');
    const allowed = (lines: string) => words(now + settings(`allowBuilds:\n${lines}`));
    assert.equal(await allowed('  a: true'), 'approved for every version in allowBuilds');
    assert.equal(await allowed('  a@1.0.0 || 1.0.1: true'), 'approved for 1.0.0 in allowBuilds');
    assert.equal(await allowed('  a@1.0.1: true'), 'unreviewed in allowBuilds');
    assert.equal(await allowed('  a: true\n  a@1.0.0: false'), 'denied for 1.0.0 in allowBuilds');
    assert.equal(await allowed('  a: set this to true or false'), 'unreviewed in allowBuilds');
  });

  test('permissions go before all that, and nothing is said', async () => {
    assert.equal(await words(now + settings('permissions: {}\nallowBuilds:\n  a: true')), undefined);
  });

  test('a name that is not locked has no version that could be meant', async () => {
    const source = manifest('pnpm@12.21.0') + settings('allowBuilds:\n  a@1.0.0: true\n  b: false');
    assert.equal(await words(source), 'unreviewed in allowBuilds');
    assert.equal(await words(source, 'b'), 'denied for every version in allowBuilds');
  });

  test('the lists of pnpm 10, which later ones do not read', async () => {
    const pnpm = { pnpm: { onlyBuiltDependencies: ['a'], ignoredBuiltDependencies: ['b'] } };
    const ten = manifest('pnpm@10.4.0', pnpm) + PNPM_9;
    assert.equal(await words(ten), 'approved for every version in onlyBuiltDependencies');
    assert.equal(await words(ten, 'b'), 'denied for every version in ignoredBuiltDependencies');
    assert.equal(await words(ten, 'c'), 'unreviewed in onlyBuiltDependencies');
    assert.equal(await words(manifest('pnpm@11.0.0', pnpm) + PNPM_9), 'unreviewed in allowBuilds');
  });

  test('where the version decides and is not known, nothing is said', async () => {
    const pnpm = { pnpm: { onlyBuiltDependencies: ['a'] } };
    assert.equal(await words(manifest(undefined, pnpm) + PNPM_9), undefined);
    assert.equal(await words(manifest(undefined, pnpm) + PNPM_9, 'b'), 'unreviewed in allowBuilds');
  });

  test('the lists of pnpm 9 and before', async () => {
    const old = (pnpm: object) => words(manifest('pnpm@8.15.0', { pnpm }) + PNPM_6);
    assert.equal(await old({}), 'unreviewed in onlyBuiltDependencies');
    assert.equal(
      await old({ neverBuiltDependencies: ['a'] }),
      'denied for every version in neverBuiltDependencies',
    );
    assert.equal(
      await old({ onlyBuiltDependencies: ['b'] }),
      'denied, as onlyBuiltDependencies does not list it',
    );
  });

  test('of what comes from elsewhere, nothing is said', async () => {
    const source = PNPM_9.replace(
      'resolution: {integrity: sha512-AAAA}',
      'resolution: {tarball: https://files.example.test/a.tgz}\n    version: 1.0.0',
    ).replaceAll('1.0.0:', 'https://files.example.test/a.tgz:');
    const from = source.replace(
      'version: 1.0.0\n\npackages',
      'version: https://files.example.test/a.tgz\n\npackages',
    );
    const allowed = settings('allowBuilds:\n  a: true');
    assert.equal(await words(manifest('pnpm@12.21.0') + from + allowed), undefined);
  });
});

describe('Bun', () => {
  const LOCK = `-- bun.lock --
{
  "lockfileVersion": 1,
  "workspaces": { "": { "name": "shop", "dependencies": { "a": "^1.0.0" } } },
  "packages": {
    "a": ["a@1.0.0", "", {}, "sha512-AAAA"],
  }
}
`;
  test('trustedDependencies', async () => {
    const trusting = (...names: string[]) =>
      words(manifest('bun@1.4.5', { trustedDependencies: names }) + LOCK);
    assert.equal(await trusting('a'), 'approved for every version in trustedDependencies');
    assert.equal(await trusting('b'), 'unreviewed in trustedDependencies');
    assert.equal(await trusting(), 'unreviewed in trustedDependencies');
  });

  test("without that field, Bun's own list", async () => {
    assert.equal(
      await words(manifest('bun@1.4.5') + LOCK),
      "decided by Bun's own list, as trustedDependencies is missing",
    );
  });

  test('which is about packages of a registry; of others nothing is said', async () => {
    const source = LOCK.replace(
      '["a@1.0.0", "", {}, "sha512-AAAA"]',
      '["a@https://files.example.test/a.tgz", {}]',
    );
    assert.notEqual(source, LOCK);
    assert.equal(await words(manifest('bun@1.4.5') + source), undefined);
  });
});

describe('Yarn', () => {
  const berry = (meta: object) =>
    words(`${manifest('yarn@4.18.1', { dependenciesMeta: meta })}-- yarn.lock --
__metadata:
  version: 10
  cacheKey: 10c0

"a@npm:^1.0.0":
  version: 1.0.0
  resolution: "a@npm:1.0.0"
  checksum: 10c0/00
  languageName: node
  linkType: hard
`);

  test('dependenciesMeta from Yarn 2 on', async () => {
    assert.equal(await berry({}), 'unreviewed in dependenciesMeta');
    assert.equal(await berry({ a: { optional: true } }), 'unreviewed in dependenciesMeta');
    assert.equal(await berry({ a: { built: true } }), 'approved for every version in dependenciesMeta');
    assert.equal(
      await berry({ a: { built: true }, 'a@1.0.0': { built: false } }),
      'denied for 1.0.0 in dependenciesMeta',
    );
    assert.equal(await berry({ 'a@1.0.1': { built: true } }), 'unreviewed in dependenciesMeta');
  });

  test('Yarn 1 cannot decide about one package', async () => {
    const lock = '-- yarn.lock --\n# yarn lockfile v1\n\n\na@^1.0.0:\n  version "1.0.0"\n';
    const meta = { dependenciesMeta: { a: { built: false } } };
    assert.equal(
      await words(manifest('yarn@1.22.22', meta) + lock),
      'Yarn 1 has no setting for single packages',
    );
  });

  test('where nothing tells which Yarn it is, nothing is said', async () => {
    const [project] = (await openWorkspace(manifest('yarn@4.18.1'))).snapshot.projects;
    const manager = { ...project!.project.manager, generation: undefined };
    assert.deepEqual(scriptVerdict({ ...project!.project, manager }, 'a', undefined), { type: 'unknown' });
  });
});
