import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { before, describe, test } from 'node:test';
import { RULES } from '../../server/src/core/judge/rules/index.ts';
import { readLockfile } from '../../server/src/core/read/lockfile/detect.ts';
import { allCells } from './all-cells.ts';
import { faultOf, formatsPage } from './formats-page.ts';
import { type Judged, ruleExamples } from './judge-cells.ts';
import { FORMATS } from './lockfile-formats.ts';
import { PAGE } from './page-path.ts';
import { NOTHING_TO_JUDGE } from './reasons.ts';

describe('each rule in each format of lockfiles', () => {
  let cells: readonly Judged[];
  before(async () => {
    cells = await allCells();
  });

  test('judges it, or is reported as not checked, or has nothing to judge there', () => {
    assert.ok(cells.length >= 36 * FORMATS.length, String(cells.length));
    assert.deepEqual(
      cells.flatMap((cell) => faultOf(cell) ?? []),
      [],
    );
  });

  test('every reason is needed', () => {
    for (const { rule, formats } of NOTHING_TO_JUDGE) {
      const silent = cells.filter(
        (cell) => cell.rule.id === rule && formats.test(cell.format.id) && !cell.trusted.isReported,
      );
      assert.ok(silent.length > 0, `${rule} ${formats}`);
    }
  });

  test('server/docs/lockfile-formats.md says so; node test/formats/run.ts writes it', () => {
    assert.equal(formatsPage(cells), readFileSync(PAGE, 'utf8'));
  });
});

test('every rule that checks lockfiles has an example', () => {
  const known = new Set(ruleExamples().map(([{ id }]) => id));
  const missing = RULES.filter(({ id, check }) => check.lockfile !== undefined && !known.has(id));
  assert.deepEqual(
    missing.map(({ id }) => id),
    [],
  );
});

test('the examples are read as a whole in every format that has a reader', () => {
  for (const [{ id }, examples] of ruleExamples()) {
    for (const { project, damage } of examples) {
      if (damage !== undefined) continue;
      for (const { id: format, file, write } of FORMATS) {
        if (format === 'bun-binary') continue;
        const { status, reason } = readLockfile('file:///lock', write(project), kindOf(file));
        assert.equal(status, 'checked', `${id} in ${format}: ${reason}`);
      }
    }
  }
});

function kindOf(file: string) {
  switch (file) {
    case 'package-lock.json':
      return 'package-lock';
    case 'npm-shrinkwrap.json':
      return 'npm-shrinkwrap';
    case 'yarn.lock':
      return 'yarn';
    case 'pnpm-lock.yaml':
      return 'pnpm';
    default:
      return 'bun';
  }
}
