import assert from 'node:assert/strict';
import { test } from 'node:test';
import { plainLabel, wrappedLabels } from '../../../client/src/plain-label.ts';

test('a label shows $(…) of a command and no icon', () => {
  assert.equal(plainLabel('echo $(zap) $(id -u)'), 'echo \\$(zap) $(id -u)');
});

test('a long text is wrapped at its spaces, and nothing of it is lost', () => {
  const text = `${'word '.repeat(30)}${'x'.repeat(100)} 😀${'y'.repeat(80)} end`;
  const lines = wrappedLabels(text);
  assert.equal(lines.join('').replaceAll(' ', ''), text.replaceAll(' ', ''));
  assert.ok(lines.every((line) => [...line].length <= 72 && line.trim() === line));
  assert.deepEqual(wrappedLabels(''), ['']);
});
