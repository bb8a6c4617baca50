import { camelCaseKey } from '../../read/config/setting-name.ts';
import type { ConfigurationChange } from '../../read/project/since-base.ts';

/** The effect of a changed setting that protects less than before, as the end of a sentence. */
export interface SettingWeakening {
  readonly effect: string;
  /** Whether it affects one package, not all of them. */
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
/** The values of npm's allow-git and similar settings. */
const WIDTH = ['none', 'root', 'all'];

const SCRIPTS = 'install scripts run that the base does not run';
const UNLOCKED = 'an install no longer keeps to the lockfile';
const FRESH = 'versions are installed sooner after their release';

/** By key in camel case: when a change weakens, and its effect. Source: the managers' own docs of these settings. */
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

/** Lists and maps that give single packages extra permissions, with the effect. */
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
 * Returns the effect of a changed setting that protects less than before; undefined if it does not. Writing out a
 * setting's default weakens nothing.
 */
export function settingWeakening({ key, before, after }: ConfigurationChange): SettingWeakening | undefined {
  // Yarn 1 also accepts settings for one command, Bun has its own in a table, and Rush prefixes those of pnpm.
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

/** Checks whether a setting is known to be scalar, however it is written. */
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

/** Returns minutes; unwritten units are the same on both sides. */
export function durationOf(value: State): number {
  const [, count, unit = 'm'] = /^(\d+(?:\.\d+)?)\s*(ms|[smhdw])?$/.exec(value ?? '') ?? [];
  return count === undefined ? 0 : Number(count) * UNITS[unit]!;
}
