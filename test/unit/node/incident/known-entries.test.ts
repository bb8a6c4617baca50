import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createKnownEntries } from '../../../../server/src/node/incident/known-entries.ts';

const VERSION = { name: 'evil', version: '6.6.6' };

/** Returns the place of a part of the text. */
function placeOf(text: string, part: string) {
  const start = text.indexOf(part);
  assert.notEqual(start, -1);
  return { start, end: start + part.length };
}

test('a line of an entry says in no other text what the entry installs', () => {
  const line = '"is-arrayish": "^0.2.1"';
  const entry = `"node_modules/evil": {"version": "6.6.6", "dependencies": {${line}}}`;
  const text = `{${entry}}`;
  const entries = createKnownEntries();
  const whole = placeOf(text, entry);
  entries.add(
    'npm',
    Buffer.from(text),
    [placeOf(text, line), whole],
    [{ ...whole, version: VERSION as never }],
    () => undefined,
  );

  const other = `{"node_modules/good": {"version": "1.0.0", "dependencies": {${line}}}}`;
  assert.equal(
    entries.verdictOf('npm', Buffer.from(other), [placeOf(other, line)], () => undefined),
    undefined,
    'the line alone is not known',
  );
  const again = `{"a": 1, ${entry}}`;
  const verdict = entries.verdictOf('npm', Buffer.from(again), [placeOf(again, entry)], () => undefined);
  assert.deepEqual(verdict?.hits, [VERSION]);
});

test('an entry that a text has where it installs nothing is not noted as nothing', () => {
  const entry = '"node_modules/evil": {"version": "6.6.6"}';
  const text = `{"other": {${entry}}}`;
  const entries = createKnownEntries();
  const read = () => [VERSION as never];
  entries.add('npm', Buffer.from(text), [placeOf(text, entry)], [], read);
  const verdict = entries.verdictOf('npm', Buffer.from(text), [placeOf(text, entry)], read);
  assert.deepEqual(verdict?.hits, [VERSION]);
});
