import { judgeName, type NameVerdict } from '../../src/core/know/identity/confusable-with.ts';
import type { PopularNames } from '../../src/core/know/identity/popular-names.ts';
import { hashOf } from '../../src/core/know/identity/rolling-hash.ts';
import { STANDING, type Standing } from '../../src/core/know/identity/standing.ts';
import type { Attack } from './identity-lists.ts';

export type Judge = (name: string) => NameVerdict | undefined;

/** A part of a whole. */
export interface Share {
  readonly part: number;
  readonly whole: number;
}

/** Of attacks: those with the right target, and those among them with a warning. */
export interface Recall {
  readonly named: Share;
  readonly warned: Share;
}

/** Of harmless names: those with a warning, and those with a hint. */
export interface Alarms {
  readonly warned: Share;
  readonly hinted: Share;
}

export function recallOf(attacks: readonly Attack[], judge: Judge): Recall {
  const right = attacks.map(({ name, target }) => ({ verdict: judge(name), target }));
  const named = right.filter(({ verdict, target }) => verdict?.target === target);
  const warned = named.filter(({ verdict }) => verdict!.strength === 'strong');
  return {
    named: { part: named.length, whole: attacks.length },
    warned: { part: warned.length, whole: attacks.length },
  };
}

export function alarmsOf(names: readonly string[], judge: Judge): Alarms {
  const verdicts = names.flatMap((name) => judge(name) ?? []);
  const warned = verdicts.filter(({ strength }) => strength === 'strong').length;
  return {
    warned: { part: warned, whole: names.length },
    hinted: { part: verdicts.length - warned, whole: names.length },
  };
}

/** Returns a function that judges each name once. */
export function judgeOf(popular: PopularNames, standing: Standing = STANDING): Judge {
  const known = new Map<string, NameVerdict | undefined>();
  return (name) => {
    if (!known.has(name)) known.set(name, judgeName(name, popular, { standing }));
    return known.get(name);
  };
}

export const FOLDS = 5;

/** Returns the part; attacks on one name stay together, so that no part can be predicted from the others. */
export function foldOf(key: string): number {
  return (Math.imul(hashOf(key), 0x9e3779b1) >>> 16) % FOLDS;
}

/** Computes the figure for each part, to find the lowest and the highest. */
export function byFold<T>(
  items: readonly T[],
  keyOf: (item: T) => string,
  measure: (part: readonly T[]) => Share,
) {
  const shares = Array.from({ length: FOLDS }, (_, fold) =>
    measure(items.filter((item) => foldOf(keyOf(item)) === fold)),
  );
  const values = shares.filter(({ whole }) => whole > 0).map(({ part, whole }) => part / whole);
  return { least: Math.min(...values), most: Math.max(...values) };
}

export function percent({ part, whole }: Share, digits = 1): string {
  return whole === 0 ? '' : `${((100 * part) / whole).toFixed(digits)} %`;
}
