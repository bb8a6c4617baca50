import type { PopularNames } from '../../src/core/know/identity/popular-names.ts';
import type { Standing } from '../../src/core/know/identity/standing.ts';
import {
  type Alarms,
  alarmsOf,
  FOLDS,
  foldOf,
  type Judge,
  judgeOf,
  type Recall,
  recallOf,
} from './identity-figures.ts';
import type { Attack } from './identity-lists.ts';

export interface CheckedLists {
  readonly listed: readonly Attack[];
  readonly core: readonly Attack[];
  readonly lookAlikes: readonly string[];
  readonly ordinary: readonly string[];
}

export interface CrossCheck {
  readonly listed: Recall;
  readonly core: Recall;
  readonly lookAlikes: Alarms;
  readonly ordinary: Alarms;
  /** The chosen ranks, by the part that was left out. */
  readonly chosen: readonly Standing[];
}

const CANDIDATES: readonly Standing[] = [500, 1_000, 2_000].flatMap((top) =>
  [1_000, 2_000, 5_000].flatMap((wellKnown) =>
    [5_000, 10_000, 20_000].map((common) => ({ top, wellKnown, common })),
  ),
);

/**
 * Chooses the ranks on four parts of all lists in the same way as the product's were chosen on the whole, and measures
 * them on the fifth, once for each part. The sum shows how the choice performs on names that it was not based on.
 */
export function crossCheck(popular: PopularNames, lists: CheckedLists): CrossCheck {
  const judges = CANDIDATES.map((standing) => ({ standing, judge: judgeOf(popular, standing) }));
  const folds = Array.from({ length: FOLDS }, (_, fold) => {
    const [rest, left] = [partOf(lists, (each) => each !== fold), partOf(lists, (each) => each === fold)];
    const best = judges
      .map((candidate) => ({ ...candidate, worth: worthOf(measure(rest, candidate.judge)) }))
      .reduce((a, b) => (b.worth > a.worth ? b : a));
    return { standing: best.standing, measured: measure(left, best.judge) };
  });
  const sum = (shareOf: (fold: (typeof folds)[number]) => { part: number; whole: number }) => ({
    part: folds.reduce((total, fold) => total + shareOf(fold).part, 0),
    whole: folds.reduce((total, fold) => total + shareOf(fold).whole, 0),
  });
  const recall = (set: 'listed' | 'core'): Recall => ({
    named: sum(({ measured }) => measured[set].named),
    warned: sum(({ measured }) => measured[set].warned),
  });
  const alarms = (set: 'lookAlikes' | 'ordinary'): Alarms => ({
    warned: sum(({ measured }) => measured[set].warned),
    hinted: sum(({ measured }) => measured[set].hinted),
  });
  return {
    listed: recall('listed'),
    core: recall('core'),
    lookAlikes: alarms('lookAlikes'),
    ordinary: alarms('ordinary'),
    chosen: folds.map(({ standing }) => standing),
  };
}

type Measured = Omit<CrossCheck, 'chosen'>;

function measure({ listed, core, lookAlikes, ordinary }: CheckedLists, judge: Judge): Measured {
  return {
    listed: recallOf(listed, judge),
    core: recallOf(core, judge),
    lookAlikes: alarmsOf(lookAlikes, judge),
    ordinary: alarmsOf(ordinary, judge),
  };
}

function partOf(lists: CheckedLists, isIn: (fold: number) => boolean): CheckedLists {
  const attacks = (list: readonly Attack[]) => list.filter(({ target }) => isIn(foldOf(target)));
  const names = (list: readonly string[]) => list.filter((name) => isIn(foldOf(name)));
  return {
    listed: attacks(lists.listed),
    core: attacks(lists.core),
    lookAlikes: names(lists.lookAlikes),
    ordinary: names(lists.ordinary),
  };
}

/** Returns a score: the shares of attacks named and warned about, with a penalty for false alarms over the targets. */
function worthOf({ listed, lookAlikes, ordinary }: Measured): number {
  const rate = ({ part, whole }: { part: number; whole: number }) => part / Math.max(whole, 1);
  const over = [
    rate(lookAlikes.warned) - 0.02,
    rate(lookAlikes.hinted) - 0.05,
    rate(ordinary.warned) - 0.003,
    rate(ordinary.hinted) - 0.05,
  ].reduce((sum, each) => sum + Math.max(each, 0), 0);
  return rate(listed.named) + rate(listed.warned) - 100 * over;
}
