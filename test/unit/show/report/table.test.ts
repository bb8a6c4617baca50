import assert from 'node:assert/strict';
import { test } from 'node:test';
import { table } from '../../../../server/src/core/show/report/table.ts';

test('columns are as wide as what is in them', () => {
  assert.deepEqual(table(['A', 'Bee'], [['one', '1']], 80), ['A    Bee', 'one  1']);
});

test('the widest gives way, and its text is wrapped in its own column', () => {
  const rows = [['@a-long-scope/with-a-long-name', '1.0.0', 'packages/with/a/deep/path/package.json']];
  const lines = table(['Package', 'Current', 'Declared in'], rows, 50);
  assert.ok(
    lines.every((line) => line.length <= 50),
    lines.join('\n'),
  );
  assert.equal(
    lines
      .map((line) => line.slice(line.lastIndexOf('  ') + 2))
      .join('')
      .includes('package.json'),
    true,
  );
  assert.ok(lines.length > 2);
});

test('names of the first column are the last to be wrapped', () => {
  const name = '@typescript-eslint/eslint-plugin';
  const rows = [[name, '1.0.0', 'packages/a/package.json']];
  const lines = table(['Package', 'Current', 'Declared in'], rows, 60);
  assert.equal(lines[1], `${name}  1.0.0    packages/a/packag`);
  assert.ok(table(['Package', 'Current', 'Declared in'], rows, 40).every((line) => line.length <= 40));
});

test('colour goes around the text of a cell and not around the blanks', () => {
  const lines = table(['A', 'B'], [['x', 'y']], 80, (text, row, column) => `<${row}${column} ${text}>`);
  assert.deepEqual(lines, ['<-10 A>  <-11 B>', '<00 x>  <01 y>']);
});
