import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { enginesMismatch } from '../../../../server/src/core/judge/rules/engines-mismatch.ts';
import { expectMarks, fixOf, openFiles } from '../../../workspace.ts';

const RULE = 'engines-mismatch';

/** Returns the packages that are reported in a project that supports and locks these ranges of Node.js. */
async function found(
  supported: string,
  needed: string,
  section = 'dependencies',
): Promise<readonly unknown[]> {
  const declared = { [section]: { acme: '^1.0.0' } };
  const packages = { '': declared, 'node_modules/acme': { version: '1.0.0', engines: { node: needed } } };
  const workspace = await openFiles(
    new Map([
      ['package.json', JSON.stringify({ engines: { node: supported }, ...declared })],
      ['package-lock.json', JSON.stringify({ lockfileVersion: 3, packages })],
    ]),
  );
  return workspace.findings(RULE).map((finding) => finding.package);
}

describe(RULE, () => {
  test('reports the example', () => expectMarks(enginesMismatch.docs.bad, { rules: [RULE] }));

  test('is silent on the fixed example', () => expectMarks(enginesMismatch.docs.good, { rules: [RULE] }));

  test('compares the oldest supported version', async () => {
    assert.deepEqual(await found('>=18', '>=20'), ['acme']);
    assert.deepEqual(await found('^18.0.0 || >=20', '^20.0.0 || >=22'), ['acme']);
    assert.deepEqual(await found('>=20', '^18.0.0 || >=20'), []);
  });

  test('says nothing of open ranges, unreadable ones and development dependencies', async () => {
    assert.deepEqual(await found('*', '>=20'), []);
    assert.deepEqual(await found('lts', '>=20'), []);
    assert.deepEqual(await found('>=18', 'twenty'), []);
    assert.deepEqual(await found('>=18', '>=20', 'devDependencies'), []);
  });

  test('raises "engines" to what the package needs', async () => {
    const fixed = await fixOf(enginesMismatch.docs.bad, RULE, /Require Node\.js >=20\.18\.1/);
    assert.match(fixed, /"engines": \{ "node": ">=20\.18\.1" \}/);
  });
});
