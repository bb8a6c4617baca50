import { camelCaseKey } from '../../read/config/setting-name.ts';
import type { ConfigurationChange } from '../../read/project/since-base.ts';
import { EMPTY_LIST } from './guarding-setting.ts';

/** The effect of a changed setting that protects less than before, as the end of a sentence. */
export interface SettingWeakening {
  readonly effect: string;
  /** Whether it is likely meant: most often it is about one package, and not about all of them. */
  readonly isOfOne: boolean;
  /** The package whose scripts no longer are denied: that weakens only while it is locked and nothing else denies it. */
  readonly denied?: string;
}

type State = string | undefined;
/** @param age the least age of a release where no setting says one, in minutes */
type Weakens = (before: State, after: State, age: number) => boolean;

const isNow =
  (value: string): Weakens =>
  (before, after) =>
    after === value && before !== value;
const isNoLonger =
  (value: string): Weakens =>
  (before, after) =>
    before === value && after !== value;
const isSet: Weakens = (before, after) => after !== undefined && after !== before;
const isGone: Weakens = (before, after) => before !== undefined && after === undefined;
/**
 * Nobody writes that there is none but to turn off what is there by default, or in the user's own configuration. A default is
 * no replacement for a setting, as pnpm keeps to it only where it finds an older version.
 */
const isShorter: Weakens = (before, after, age) => {
  const is = durationOf(after);
  if (before !== undefined) return is < durationOf(before);
  return after !== undefined && (is < age || is === 0);
};
/** npm up to 11 allows all by default, npm 12 none: written down, it is for that one. */
const isWider: Weakens = (before, after) =>
  WIDTH.indexOf(after ?? 'all') > WIDTH.indexOf(before ?? (after === 'all' ? 'none' : 'all'));
/** The values of npm's allow-git and similar settings. */
const WIDTH = ['none', 'root', 'all'];

const SCRIPTS = 'install scripts run that the base does not run';
const UNLOCKED = 'an install no longer keeps to the lockfile';
const AUTHORITY = 'servers that this authority vouches for count as the registry';
const FRESH = 'versions are installed sooner after their release';

/** By key in camel case: when a change weakens, and its effect. Source: the managers' own docs of these settings. */
const SETTINGS: Readonly<Record<string, readonly [weakens: Weakens, effect: string]>> = {
  ignoreScripts: [isNoLonger('true'), SCRIPTS],
  ignoreDepScripts: [isNoLonger('true'), SCRIPTS],
  enableScripts: [(before, after) => before !== 'true' && after !== 'false' && before !== after, SCRIPTS],
  strictAllowScripts: [isNoLonger('true'), SCRIPTS],
  dangerouslyAllowAllBuilds: [isNow('true'), SCRIPTS],
  dangerouslyAllowAllScripts: [isNow('true'), SCRIPTS],
  onlyBuiltDependenciesFile: [isSet, 'the packages that it lists run their install scripts'],
  strictDepBuilds: [isNow('false'), 'an install no longer fails where scripts were not reviewed'],
  packageLock: [isNow('false'), UNLOCKED],
  shrinkwrap: [isNow('false'), UNLOCKED],
  lockfile: [isNow('false'), UNLOCKED],
  lockfileSave: [isNow('false'), UNLOCKED],
  noLockfile: [isNow('true'), UNLOCKED],
  frozenLockfile: [(before, after) => before !== after && (before === 'true' || after === 'false'), UNLOCKED],
  enableImmutableInstalls: [isNow('false'), UNLOCKED],
  enableImmutableCache: [isNoLonger('true'), 'an install may change its cache'],
  minimumReleaseAge: [isShorter, FRESH],
  minReleaseAge: [isShorter, FRESH],
  npmMinimalAgeGate: [isShorter, FRESH],
  minimumReleaseAgeStrict: [isNoLonger('true'), FRESH],
  trustPolicy: [isNoLonger('no-downgrade'), 'versions with weaker provenance are installed'],
  blockExoticSubdeps: [isNoLonger('true'), 'packages may pull in others from git and URLs'],
  preventManualShrinkwrapChanges: [isNoLonger('true'), 'Rush no longer notices edits of its lockfile'],
  ca: [isSet, AUTHORITY],
  cafile: [isSet, AUTHORITY],
  httpsCaFilePath: [isSet, AUTHORITY],
  securityScanner: [isGone, 'no scanner looks at packages before they are installed'],
  allowFile: [isWider, 'dependencies may be files of this machine'],
  allowDirectory: [isWider, 'dependencies may be folders of this machine'],
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
  approvedGitRepositories: 'packages from it are installed',
  trustPolicyExclude: 'its provenance is not compared',
};

/**
 * Returns what follows where a changed setting protects less than it did, undefined where it does not. A setting that is
 * written with the value it has by default weakens nothing, unless the user's own configuration may say otherwise.
 *
 * @param age the least age of a release that the package manager asks for by default, in minutes
 */
export function settingWeakening(
  { key, before, after }: ConfigurationChange,
  age = 0,
): SettingWeakening | undefined {
  // Yarn 1 also accepts settings for one command, Bun has its own in a table, and Rush prefixes those of pnpm.
  const own = key
    .replace(/^--(?:[\w-]+\.)?/, '')
    .replace(/^(?:pnpm|install|pnpmOptions)\./, '')
    .replace(/^global(?=[A-Z])/, '')
    .replace(/^networkSettings\..*\./, '');
  const name = camelCaseKey(own);
  // A project's file wins over the user's own, in which many turn scripts off.
  if (name === 'ignoreScripts' && before === undefined && after === 'false')
    return {
      effect: "install scripts run even where a user's own configuration turns them off",
      isOfOne: true,
    };
  const setting = SETTINGS[name];
  if (setting !== undefined) {
    const [weakens, effect] = setting;
    return weakens(before, after, age) ? { effect, isOfOne: false } : undefined;
  }
  const denied = DENIED_ANYWAY.test(own) ? undefined : deniedPackage({ key: own, value: before });
  if (denied !== undefined && after === undefined)
    return { effect: 'its install scripts are no longer denied', isOfOne: false, denied };
  const effect = ALLOWED[camelCaseKey(own.split('.', 1)[0]!)];
  const isAllowed = after !== undefined && after !== before && after !== 'false' && after !== EMPTY_LIST;
  return effect !== undefined && isAllowed ? { effect, isOfOne: !/^\*+$/.test(after) } : undefined;
}

/** `allowScripts.a`, `allowBuilds.a@1.0.0 || 1.0.1`, `dependenciesMeta.a.built`. */
const DENIAL = /^(?:allow-?scripts\.(.+)|allow-?builds\.(.+)|dependencies-?meta\.(.+)\.built)$/i;

/** pnpm runs no script that nobody decided about, where it knows these settings. */
const DENIED_ANYWAY = /^(?:allow-?builds\.|ignored)/i;

/** Returns the package whose install scripts a setting denies, without its versions; undefined for any other setting. */
export function deniedPackage({
  key,
  value,
}: {
  readonly key: string;
  readonly value: State;
}): string | undefined {
  const own = key.replace(/^pnpm\./, '');
  if (/^(?:never|ignored)-?built-?dependencies$/i.test(own)) return value;
  const subject = value === 'false' ? DENIAL.exec(own)?.slice(1).find(Boolean) : undefined;
  return subject?.replace(/(?<=.)@.*$/, '');
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
