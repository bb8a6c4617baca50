import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { openWorkspace, type RegistryDocuments } from '../../../workspace.ts';
import { openOverCommit } from './with-registry.ts';

const RULE = 'typosquat-name';
const YOUNG = { time: { '1.0.0': '2026-11-21T00:00:00.000Z' }, versions: { '1.0.0': {} } };

/** The registry has none of the packages, of which the other rule's finding would be the only one. */
const ALONE = '-- dependency-hygiene.json --\n{ "rules": { "package-not-found": "off" } }\n';

function lockOf(...names: readonly string[]): string {
  const dependencies = Object.fromEntries(names.map((name) => [name, '^1.0.0']));
  const packages = Object.fromEntries(names.map((name) => [`node_modules/${name}`, { version: '1.0.0' }]));
  return JSON.stringify({ lockfileVersion: 3, packages: { '': { dependencies }, ...packages } });
}

async function severities(
  name: string,
  base: string | undefined,
  registry: RegistryDocuments = {},
): Promise<readonly string[]> {
  const source = `-- package.json --\n{ "dependencies": { "${name}": "^1.0.0" } }\n-- package-lock.json --\n${lockOf(name)}\n${ALONE}`;
  const workspace =
    base === undefined
      ? await openWorkspace(source, { registry })
      : await openOverCommit(source, registry, 'package-lock.json', base);
  return workspace.findings(RULE).map(({ severity }) => severity);
}

describe('a weak sign', () => {
  test('is no hint for what the lockfile of the base has', async () =>
    assert.deepEqual(await severities('node-lodash', lockOf('node-lodash', 'left')), []));

  test('is one for what is new there, and where no base is known', async () => {
    assert.deepEqual(await severities('node-lodash', lockOf('left')), ['hint']);
    assert.deepEqual(await severities('node-lodash', undefined), ['hint']);
  });

  test('is a warning all the same where facts speak against the package', async () =>
    assert.deepEqual(
      await severities('node-lodash', lockOf('node-lodash', 'left'), { 'node-lodash': YOUNG }),
      ['warning'],
    ));
});

describe('a strong sign of a package that only others depend on', () => {
  const lock = (...names: readonly string[]) =>
    JSON.stringify({
      lockfileVersion: 3,
      packages: {
        '': { dependencies: { left: '^1.0.0' } },
        'node_modules/left': {
          version: '1.0.0',
          dependencies: Object.fromEntries(names.map((one) => [one, '*'])),
        },
        ...Object.fromEntries(names.map((name) => [`node_modules/${name}`, { version: '1.0.0' }])),
      },
    });
  const severitiesOver = async (base: string, registry: RegistryDocuments = {}) => {
    const source = `-- package.json --\n{ "dependencies": { "left": "^1.0.0" } }\n-- package-lock.json --\n${lock('lodahs')}`;
    const workspace = await openOverCommit(source, registry, 'package-lock.json', base);
    return workspace.findings(RULE).map(({ severity }) => severity);
  };

  test('is a hint for what the lockfile of the base has', async () =>
    assert.deepEqual(await severitiesOver(lock('lodahs', 'right')), ['hint']));

  test('is a warning for what is new there', async () =>
    assert.deepEqual(await severitiesOver(lock('right')), ['warning']));

  test('is an error where facts speak against the package', async () =>
    assert.deepEqual(await severitiesOver(lock('lodahs', 'right'), { lodahs: YOUNG }), ['error']));
});

test('a strong sign is a warning whoever has it', async () =>
  assert.deepEqual(await severities('lodahs', lockOf('lodahs', 'left')), ['warning']));
