import type { PnpmWorkspace } from '../../config/pnpm/pnpm-workspace.ts';
import type { TextEdit } from '../../text/edit.ts';
import type { Located, Span } from '../../text/span.ts';
import type { ManagerSettings } from './manager-settings.ts';

/**
 * What happens to an unreviewed install script: it runs, it is skipped, the install fails because of it, or a setting
 * disables all scripts (ignored).
 */
export type ScriptEffect = 'runs' | 'skipped' | 'fails' | 'ignored';

/**
 * Where install scripts are approved and denied. buildLists: the lists of pnpm, of packages that are built, ignored or
 * never built. none: nowhere.
 */
export type ScriptReview =
  | 'allowScripts'
  | 'buildLists'
  | 'trustedDependencies'
  | 'dependenciesMeta'
  | 'none';

/** A decision in the project's files on the install scripts of a package. */
export interface ScriptDecision {
  readonly allowed: boolean;
  /** The setting with the decision. */
  readonly setting: string;
  /**
   * names: every version of the name; versions: the locked one; omission: denied, because a list of the others omits
   * it.
   */
  readonly by: 'names' | 'versions' | 'omission';
}

/** A locked package, or any version of a name. */
export interface ScriptSubject {
  readonly name: string;
  readonly alias?: string | undefined;
  readonly version?: Located<string> | undefined;
}

/** A decision as it is written in a file, effective or not. */
export interface WrittenDecision {
  readonly file: 'manifest' | 'workspace';
  readonly setting: string;
  /** `name`, `name@1.0.0 || 1.0.1` or a URL. */
  readonly key: Located<string>;
  /** Undefined if the value is neither true nor false. */
  readonly allowed: boolean | undefined;
  /** The value, for settings that are maps. */
  readonly value: Span | undefined;
}

/**
 * Why a version does not read a decision. since, until: the first and last versions that do; key: a range in place of
 * exact versions; value: neither true nor false.
 */
export type UnreadDecision =
  | { readonly type: 'since'; readonly version: string }
  | { readonly type: 'until'; readonly version: string; readonly instead: string }
  | { readonly type: 'key' | 'value' };

/** A setting of one file that lets unreviewed scripts run or pass. */
export interface LooseSetting {
  readonly file: 'npmrc' | 'workspace' | 'yarnrc' | 'manifest';
  /** In package.json, its path. */
  readonly key: string;
  /** set: whatever its value is. */
  readonly value: 'true' | 'false' | 'set';
  /** As the file has it: `enableScripts: true`. */
  readonly shown: string;
  /** all: every script runs; default: as before scripts were restricted; silent: skipped ones do not fail the install. */
  readonly lets: 'all' | 'default' | 'silent';
}

/**
 * Checks whether a value of such a setting lets scripts run. npm and pnpm take any other text than these for true, `1`,
 * `yes` and an unset variable too; in YAML, numbers count.
 */
export function isLooseValue(
  { file, value, lets }: Pick<LooseSetting, 'file' | 'value' | 'lets'>,
  written: unknown,
): boolean {
  if (value === 'set') return true;
  if (lets !== 'all') return String(written).trim() === value;
  return file === 'npmrc'
    ? written !== undefined && !/^(?:false|null|undefined)$/.test(String(written).trim())
    : Boolean(written);
}

/** A setting that keeps unreviewed scripts from running. */
export interface StrictSetting {
  readonly file: 'npmrc' | 'yarnrc';
  readonly key: string;
  readonly value: string;
  readonly shown: string;
}

/** A decision to write. */
export interface DecisionRequest {
  readonly name: string;
  /** Undefined for a decision on every version. */
  readonly version: string | undefined;
  /** The key of settings that are maps: `name`, `name@1.0.0` or a URL. */
  readonly key: string;
  readonly allowed: boolean;
  /** An approval of a version that is no longer locked, whose key becomes this one. */
  readonly replaces: WrittenDecision | undefined;
}

/** The edits of one file that write decisions. */
export interface DecisionEdits {
  readonly file: 'manifest' | 'workspace';
  /** The setting, for titles. */
  readonly setting: string;
  /** What it then contains, for titles. */
  readonly content: string;
  /** What else follows, as the end of a title. */
  readonly besides?: string;
  readonly edits: readonly TextEdit[];
}

/** Returns the decision on a package; undefined if there is none. */
export type Decide = (subject: ScriptSubject) => ScriptDecision | undefined;

/** The lists of names that pnpm up to 10 reads in package.json and pnpm-workspace.yaml. */
export type BuildList = 'onlyBuiltDependencies' | 'ignoredBuiltDependencies' | 'neverBuiltDependencies';

/** A decision in `allowScripts`. */
interface KeyedDecision {
  readonly key: string;
  readonly keySpan: Span;
  readonly valueSpan: Span;
  readonly allowed: boolean | undefined;
}

/** The files with decisions on single packages. */
export interface DecisionSources {
  readonly manager: { readonly version: string | undefined };
  readonly rootManifest:
    | {
        readonly text: string;
        readonly allowScripts: { readonly decisions: readonly KeyedDecision[] } | undefined;
        readonly pnpm:
          | (Readonly<Record<BuildList, readonly Located<string>[]>> & {
              readonly keys: readonly Located<string>[];
            })
          | undefined;
        readonly trustedDependencies: { readonly names: readonly Located<string>[] } | undefined;
        readonly dependenciesMeta: ReadonlyMap<
          string,
          { readonly keySpan: Span; readonly built: Located<boolean> | undefined }
        >;
      }
    | undefined;
  readonly pnpmWorkspace: PnpmWorkspace | undefined;
  readonly lockfile: { readonly recordsInstallScripts: boolean } | undefined;
}

export interface ScriptSettings extends ManagerSettings, Pick<DecisionSources, 'rootManifest'> {
  readonly lockfile: { readonly recordsInstallScripts: boolean } | undefined;
}

/** The scripts that an install runs. */
export interface ScriptSupport {
  readonly review: ScriptReview;
  /** Whether this version reads decisions on single packages. An unknown version is assumed to. */
  isDecidable(manager: DecisionSources['manager']): boolean;
  /** Returns a sentence with the setting in which this version reads a decision, or with what to do without one. */
  howToDecide(sources: DecisionSources): string;
  /**
   * Returns the decisions on packages; undefined if they are made otherwise: by the keys of npm's `allowScripts`, or by a
   * list built into the package manager.
   */
  decisions(sources: DecisionSources): Decide | undefined;
  /** Returns all decisions in its files, effective or not. */
  written(sources: DecisionSources): readonly WrittenDecision[];
  /** Returns why this version does not read a decision; undefined if it does, or if that is unknown. */
  unread(decision: WrittenDecision, sources: DecisionSources): UnreadDecision | undefined;
  /** How many exact versions a key can name. */
  versionsInKey(manager: DecisionSources['manager']): 'none' | 'one' | 'several';
  /** Returns edits that write decisions; undefined if this version reads none, or a file is broken. */
  write(requests: readonly DecisionRequest[], sources: DecisionSources): DecisionEdits | undefined;
  /** Whether a script can be denied. Otherwise a script without approval is skipped. */
  readonly canDeny: boolean;
  /** Scripts that run in packages and members; Yarn 2 and later and npm's links skip some. */
  readonly lifecycle: readonly string[];
  /** Further scripts that run in the root. */
  readonly lifecycleOfRoot: readonly string[];
  /** Whether `pre…` and `post…` scripts run around a script. */
  readonly runsPreAndPost: boolean;
  /** Returns what happens to unreviewed scripts. An unknown version is assumed to be the most common one. */
  effect(settings: ScriptSettings): ScriptEffect;
  /**
   * Returns the end of a sentence with the scripts that run once a list of packages is gone as a whole; undefined if no
   * more of them do.
   */
  withoutList?(list: string, effect: ScriptEffect): string | undefined;
  /** Returns the name of the list that this version reads approvals from, if it is not `review`. */
  approvedIn?(sources: Pick<DecisionSources, 'manager' | 'lockfile'>): string;
  /** Returns the settings that this version reads and that let unreviewed scripts run or pass. */
  loose(sources: DecisionSources): readonly LooseSetting[];
  /** Returns the setting to add if unreviewed scripts run by default; undefined if this version has none. */
  strict(manager: DecisionSources['manager']): StrictSetting | undefined;
  /** What disables all scripts, if the effect is `ignored`. */
  readonly ignoredBy: string;
  /** A clause with the setting that makes the install fail; undefined if the package manager does so by default. */
  readonly failure: string | undefined;
  /** The last versions that run unreviewed scripts, if later ones do not. */
  readonly lastToRun: string | undefined;
  /** The major versions in which a minor one changed the effect, so that messages name the minor one too. */
  readonly changedWithin: readonly number[];
  /** Returns what the package manager prints about an unreviewed script, such as `with a notice`. */
  notice?(effect: ScriptEffect, version: string | undefined): string | undefined;
}

/** The scripts that all package managers run. */
export const LIFECYCLE = ['preinstall', 'install', 'postinstall', 'preprepare', 'prepare', 'postprepare'];

/** Runs in the root, in npm up to 12 and Yarn 1. */
export const PREPUBLISH = 'prepublish';

/** Returns a setting of .npmrc that lets all scripts run. */
export function looseInNpmrc(key: string): LooseSetting {
  return { file: 'npmrc', key, value: 'true', shown: `${key}=true`, lets: 'all' };
}
