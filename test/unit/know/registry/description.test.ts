import assert from 'node:assert/strict';
import { test } from 'node:test';
import { narrowPackument } from '../../../../server/src/core/know/registry/documents/narrow-packument.ts';

function descriptionOf(document: object): string | undefined {
  const result = narrowPackument({ name: 'a', ...document }, { name: 'a', now: 0 });
  assert.ok('packument' in result);
  return result.packument.description;
}

test('a package that is not described has the description of its last version', () => {
  const versions = {
    '1.0.0': { description: 'old' },
    '1.1.0': { description: 'new' },
    '1.2.0': {},
  };
  assert.equal(descriptionOf({ versions }), 'new');
  assert.equal(descriptionOf({ versions, description: 'own' }), 'own');
  assert.equal(descriptionOf({ versions: { '1.0.0': { description: 7 } } }), undefined);
  assert.equal(descriptionOf({ versions: { '1.0.0': {} } }), undefined);
});
