import assert from 'node:assert/strict';
import { test } from 'node:test';
import { quotedForCmd } from '../../../../../server/src/node/cli/guard/run-program.ts';

test('a word for a .cmd file is one word to it, and no command to the shell of Windows', () => {
  assert.equal(quotedForCmd('a'), '^^^"a^^^"');
  assert.equal(quotedForCmd('^1.0.0'), '^^^"^^^^1.0.0^^^"');
  assert.equal(quotedForCmd('a&calc'), '^^^"a^^^&calc^^^"');
  assert.equal(quotedForCmd('a"b'), '^^^"a\\^^^"b^^^"');
  assert.equal(quotedForCmd('C:\\a b\\'), '^^^"C:\\a^^^ b\\\\^^^"');
});
