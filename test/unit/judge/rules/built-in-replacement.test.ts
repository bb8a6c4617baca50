import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { builtInReplacement } from '../../../../server/src/core/judge/rules/built-in-replacement.ts';
import { expectMarks, openWorkspace } from '../../../workspace.ts';

const RULE = 'built-in-replacement';

async function found(manifest: object): Promise<readonly string[]> {
  const engines = { node: '>=20' };
  const workspace = await openWorkspace(`-- package.json --\n${JSON.stringify({ engines, ...manifest })}\n`);
  return workspace.findings(RULE).map(({ message }) => message);
}

describe(RULE, () => {
  test('reports the example', () => expectMarks(builtInReplacement.docs.bad, { rules: [RULE] }));

  test('is silent on the fixed example', () => expectMarks(builtInReplacement.docs.good, { rules: [RULE] }));

  test('asks for the oldest Node.js that has the replacement', async () => {
    const devDependencies = { 'object.groupby': '^1.0.0' };
    assert.deepEqual(await found({ devDependencies }), []);
    assert.deepEqual(await found({ dependencies: { 'object-assign': '^4.0.0' }, engines: {} }), []);
    assert.deepEqual(await found({ devDependencies, engines: { node: '>=20' } }), []);
    assert.deepEqual(await found({ devDependencies, engines: { node: 'lts' } }), []);
    assert.deepEqual(await found({ devDependencies, engines: { node: '>=22' } }), [
      'object.groupby may be unnecessary: Node.js has Object.groupBy since 21.0.0.',
    ]);
  });

  test('reports a package once that is in two sections', async () => {
    const both = { 'object-assign': '^4.0.0' };
    assert.equal((await found({ dependencies: both, optionalDependencies: both })).length, 1);
  });

  test('judges the package behind an alias, and no function of lodash', async () => {
    assert.deepEqual(
      await found({ dependencies: { 'object-assign': 'npm:acme@1', 'lodash.at': '^4.0.0' } }),
      [],
    );
    assert.equal((await found({ dependencies: { assign: 'npm:object-assign@4' } })).length, 1);
  });
});
