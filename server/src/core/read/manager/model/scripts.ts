import type { PnpmWorkspace } from '../../config/pnpm/pnpm-workspace.ts';
import type { Located } from '../../text/span.ts';
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

/** Returns the decision on a package; undefined if there is none. */
export type Decide = (subject: ScriptSubject) => ScriptDecision | undefined;

/** The lists of names that pnpm up to 10 reads in package.json and pnpm-workspace.yaml. */
export type BuildList = 'onlyBuiltDependencies' | 'ignoredBuiltDependencies' | 'neverBuiltDependencies';

/** The files with decisions on single packages. */
export interface DecisionSources {
  readonly manager: { readonly version: string | undefined };
  readonly rootManifest:
    | {
        readonly pnpm: Readonly<Record<BuildList, readonly Located<string>[]>> | undefined;
        readonly trustedDependencies: { readonly names: readonly Located<string>[] } | undefined;
        readonly dependenciesMeta: ReadonlyMap<string, { readonly built: Located<boolean> | undefined }>;
      }
    | undefined;
  readonly pnpmWorkspace: PnpmWorkspace | undefined;
  readonly lockfile: { readonly recordsInstallScripts: boolean } | undefined;
}

export interface ScriptSettings extends ManagerSettings {
  readonly lockfile: { readonly recordsInstallScripts: boolean } | undefined;
}

/** The scripts that an install runs. */
export interface ScriptSupport {
  readonly review: ScriptReview;
  /** `review` as it appears in messages. */
  readonly reviewedIn: string;
  /**
   * Returns the decisions on packages; undefined if they are made otherwise: by the keys of npm's `allowScripts`, or by a
   * list built into the package manager.
   */
  decisions(sources: DecisionSources): Decide | undefined;
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
  /** What disables all scripts, if the effect is `ignored`. */
  readonly ignoredBy: string;
  /** A clause with the setting that makes the install fail; undefined if the package manager does so by default. */
  readonly failure: string | undefined;
  /** The last versions that run unreviewed scripts, if later ones do not. */
  readonly lastToRun: string | undefined;
}

/** The scripts that all package managers run. */
export const LIFECYCLE = ['preinstall', 'install', 'postinstall', 'preprepare', 'prepare', 'postprepare'];

/** Runs in the root, in npm up to 12 and Yarn 1. */
export const PREPUBLISH = 'prepublish';
