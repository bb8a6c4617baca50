import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ownCopy } from '../../../../server/src/core/read/text/own-copy.ts';

describe('a copy of a part of a text', () => {
  test('is the same text', () => {
    for (const text of [
      '',
      'a',
      'twelve chars',
      'thirteen char',
      'a much longer text',
      '\u{1f600}'.repeat(9),
    ]) {
      assert.equal(ownCopy(text), text);
    }
  });

  test('does not keep the text that it was cut from', () => {
    const copies = kept((text) => ownCopy(text.slice(10, 50)));
    const parts = kept((text) => text.slice(10, 50));
    assert.ok(copies < 8, `${copies.toFixed(1)} MB are kept by copies`);
    assert.ok(parts > 24, `${parts.toFixed(1)} MB are kept by parts, so that this would notice`);
  });
});

/** Returns the megabytes that stay in use if only a part of each of 32 texts of a megabyte is kept. */
function kept(part: (text: string) => string): number {
  const before = usedAfterCollection();
  const parts = Array.from({ length: 32 }, (_, at) => part(String.fromCharCode(97 + (at % 26)).repeat(1e6)));
  const after = usedAfterCollection();
  assert.equal(parts.length, 32);
  return (after - before) / 1e6;
}

function usedAfterCollection(): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  collect();
  return process.memoryUsage().heapUsed;
}
