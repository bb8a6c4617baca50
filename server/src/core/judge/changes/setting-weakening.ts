import { camelCaseKey } from '../../read/config/setting-name.ts';
import type { ConfigurationChange } from '../../read/project/since-base.ts';

/** What follows from a changed setting that protects less than before, as the end of a sentence. */
export interface SettingWeakening {
  readonly effect: string;
  /** Whether it says of one package what may be meant, and not of all of them. */
  readonly isOfOne: boolean;
}

type State = string | undefined;
type Weakens = (before: State, after: State) => boolean;

const isNow =
  (value: string): Weakens =>
  (before, after) =>
    after === value && before !== value;
const isNoLonger =
  (value: string): Weakens =>
  (before, after) =>
    before === value && after !== value;
const isShorter: Weakens = (before, after) => durationOf(after) < durationOf(before);
const isWider: Weakens = (before, after) => WIDTH.indexOf(after ?? 'all') > WIDTH.indexOf(before ?? 'all');
/** Of npm's allow-git and its like. */
const WIDTH = ['none', 'root', 'all'];

const SCRIPTS = 'install scripts run that the base does not run';
const UNLOCKED = 'an install no longer keeps to the lockfile';
const FRESH = 'versions are installed sooner after their release';

/** By key in camel case: when a change weakens, and what follows. Source: the managers' own docs of these settings. */
const SETTINGS: Readonly<Record<string, readonly [weakens: Weakens, effect: string]>> = {
  ignoreScripts: [isNoLonger('true'), SCRIPTS],
  ignoreDepScripts: [isNoLonger('true'), SCRIPTS],
  enableScripts: [isNoLonger('false'), SCRIPTS],
  strictAllowScripts: [isNoLonger('true'), SCRIPTS],
  dangerouslyAllowAllBuilds: [isNow('true'), SCRIPTS],
  dangerouslyAllowAllScripts: [isNow('true'), SCRIPTS],
  strictDepBuilds: [isNow('false'), 'an install no longer fails where scripts were not reviewed'],
  packageLock: [isNow('false'), UNLOCKED],
  shrinkwrap: [isNow('false'), UNLOCKED],
  lockfile: [isNow('false'), UNLOCKED],
  lockfileSave: [isNow('false'), UNLOCKED],
  noLockfile: [isNow('true'), UNLOCKED],
  frozenLockfile: [isNoLonger('true'), UNLOCKED],
  enableImmutableInstalls: [isNow('false'), UNLOCKED],
  enableImmutableCache: [isNoLonger('true'), 'an install may change its cache'],
  minimumReleaseAge: [isShorter, FRESH],
  minReleaseAge: [isShorter, FRESH],
  npmMinimalAgeGate: [isShorter, FRESH],
  trustPolicy: [isNoLonger('no-downgrade'), 'versions with weaker provenance are installed'],
  blockExoticSubdeps: [isNoLonger('true'), 'packages may pull in others from git and URLs'],
  preventManualShrinkwrapChanges: [isNoLonger('true'), 'Rush no longer notices edits of its lockfile'],
  allowGit: [isWider, 'dependencies may come from git'],
  allowRemote: [isWider, 'dependencies may come from URLs'],
};

/** Lists and maps that let one package do what others may not. */
const ALLOWED: Readonly<Record<string, string>> = {
  onlyBuiltDependencies: 'its install scripts run',
  allowBuilds: 'its install scripts run',
  allowScripts: 'its install scripts run',
  trustedDependencies: 'its install scripts run',
  dependenciesMeta: 'its install scripts run',
  minimumReleaseAgeExclude: 'its versions are installed right after their release',
  minimumReleaseAgeExcludes: 'its versions are installed right after their release',
  minReleaseAgeExclude: 'its versions are installed right after their release',
  npmPreapprovedPackages: 'its versions are installed right after their release',
  trustPolicyExclude: 'its provenance is not compared',
};

/**
 * Returns what follows where a changed setting protects less than it did, undefined where it does not. A setting that is
 * written with the value it has by default weakens nothing.
 */
export function settingWeakening({ key, before, after }: ConfigurationChange): SettingWeakening | undefined {
  // Yarn 1 takes a setting for one command as well, Bun has its own in a table, and Rush puts a word before pnpm's.
  const own = key
    .replace(/^--(?:[\w-]+\.)?/, '')
    .replace(/^(?:pnpm|install|pnpmOptions)\./, '')
    .replace(/^global(?=[A-Z])/, '');
  const setting = SETTINGS[camelCaseKey(own)];
  if (setting !== undefined) {
    const [weakens, effect] = setting;
    return weakens(before, after) ? { effect, isOfOne: false } : undefined;
  }
  const effect = ALLOWED[camelCaseKey(own.split('.', 1)[0]!)];
  const isAllowed = after !== undefined && after !== before && after !== 'false';
  return effect !== undefined && isAllowed ? { effect, isOfOne: true } : undefined;
}

/** Tells whether a setting is known to have one value, however it is written. */
export function hasOneValue(key: string): boolean {
  return Object.hasOwn(SETTINGS, camelCaseKey(key));
}

const UNITS: Readonly<Record<string, number>> = {
  ms: 1 / 60_000,
  s: 1 / 60,
  m: 1,
  h: 60,
  d: 1440,
  w: 10_080,
};

/** In minutes; units that are not written are the same on both sides. */
export function durationOf(value: State): number {
  const [, count, unit = 'm'] = /^(\d+(?:\.\d+)?)\s*(ms|[smhdw])?$/.exec(value ?? '') ?? [];
  return count === undefined ? 0 : Number(count) * UNITS[unit]!;
}
