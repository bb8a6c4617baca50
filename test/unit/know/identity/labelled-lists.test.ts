import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { parsePopularNames } from '../../../../server/src/core/know/identity/popular-names.ts';
import { crossCheck } from '../../../../server/tools/bench/identity-cross-check.ts';
import {
  alarmsOf,
  FOLDS,
  foldOf,
  judgeOf,
  recallOf,
  type Share,
} from '../../../../server/tools/bench/identity-figures.ts';
import {
  isCore,
  readAttacks,
  readLockedNames,
  readLookAlikes,
} from '../../../../server/tools/bench/identity-lists.ts';

const LISTS = join(import.meta.dirname, '../../../../../shared/data');
const popular = parsePopularNames(
  readFileSync(join(import.meta.dirname, '../../../../server/data/popular-names.txt'), 'utf8'),
);
const judge = judgeOf(popular);
const rate = ({ part, whole }: Share) => part / whole;

/** Guards the measurements in server/docs/identity.md against unnoticed regressions. */
describe('on labelled lists', () => {
  if (!existsSync(join(LISTS, 'confusion-train.tsv'))) {
    test('which are not beside this checkout, nothing is measured', () => assert.ok(popular.size > 0));
    return;
  }
  const core = readAttacks(LISTS).filter(isCore);
  const listed = core.filter(({ target }) => popular.has(target));
  const lookAlikes = readLookAlikes(LISTS);

  test('nine of ten attacks on a listed target are named, and most are warned of', () => {
    const { named, warned } = recallOf(listed, judge);
    assert.ok(listed.length > 100 && rate(named) >= 0.9, String(rate(named)));
    assert.ok(rate(warned) >= 0.68, String(rate(warned)));
  });

  test('two of three attacks on a listed target are warned of with ranks chosen without them', () => {
    const { listed: checked, lookAlikes: alarms } = crossCheck(popular, {
      listed,
      core,
      lookAlikes: lookAlikes.map(({ name }) => name),
      ordinary: [],
    });
    assert.ok(rate(checked.warned) >= 0.66, String(rate(checked.warned)));
    assert.ok(rate(checked.named) >= 0.9, String(rate(checked.named)));
    assert.ok(rate(alarms.warned) <= 0.025, String(rate(alarms.warned)));
  });

  test('of the names in real lockfiles none is warned of, and one in a thousand hinted at', () => {
    const locked = readLockedNames(join(LISTS, '../corpus'));
    const { warned, hinted } = alarmsOf(locked, judge);
    assert.ok(locked.length > 10_000, String(locked.length));
    assert.equal(warned.part, 0);
    assert.ok(rate(hinted) <= 0.001, String(rate(hinted)));
  });

  test('most of all attacks are named', () => {
    assert.ok(rate(recallOf(core, judge).named) >= 0.7);
    const labelled = readAttacks(LISTS).filter(({ source }) => source.includes('ecosystems2025'));
    assert.ok(rate(recallOf(labelled, judge).named) >= 0.85);
  });

  test('one in fifty hard look-alikes is wrongly warned of, and one in twenty hinted at', () => {
    const { warned, hinted } = alarmsOf(
      lookAlikes.map(({ name }) => name),
      judge,
    );
    assert.ok(lookAlikes.length > 1_000 && rate(warned) <= 0.02, String(rate(warned)));
    assert.ok(rate(hinted) <= 0.05, String(rate(hinted)));
  });

  test('no fifth of the lists is much worse than the others', () => {
    for (let fold = 0; fold < FOLDS; fold++) {
      const named = recallOf(
        listed.filter(({ target }) => foldOf(target) === fold),
        judge,
      ).named;
      assert.ok(rate(named) >= 0.8, `${fold}: ${rate(named)}`);
      const names = lookAlikes.map(({ name }) => name).filter((name) => foldOf(name) === fold);
      assert.ok(rate(alarmsOf(names, judge).warned) <= 0.03, String(fold));
    }
  });
});
