import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lookAlikeCandidates } from '../../../../server/src/core/know/identity/look-alike-candidates.ts';

const namesOf = (names: readonly string[], most = 200) =>
  lookAlikeCandidates(names, most).map(({ name }) => name);

test('names that people mistype and attackers choose are among the candidates', () => {
  const found = namesOf(['acme-widget']);
  for (const name of ['acmewidget', 'acme_widget', 'acme-wigdet', 'acme-widgt', 'acme-widgget'])
    assert.ok(found.includes(name), `${name} in ${found}`);
  assert.ok(namesOf(['@acme/widget-kit']).includes('acme-widget-kit'));
});

test('a name of the organisation is no candidate of another one', () => {
  assert.ok(!namesOf(['acme-widget', 'acme-wigdet']).includes('acme-wigdet'));
});

test('the number is bounded, and each name has its share', () => {
  const many = Array.from(
    { length: 500 },
    (_, at) => `acme-component-${String.fromCharCode(97 + (at % 26))}${at}x`,
  );
  const found = lookAlikeCandidates(many, 200);
  assert.ok(found.length <= 200, String(found.length));
  assert.equal(new Set(found.map(({ name }) => name)).size, found.length);
  assert.ok(new Set(found.map(({ like }) => like)).size > 50);
  assert.ok(namesOf(['acme-widget'], 10).length <= 10);
});

test('what is no name has no candidates', () => {
  assert.deepEqual(namesOf(['', 'a', '../x', 'A B', '@acme/', 'x'.repeat(400)]), []);
});
