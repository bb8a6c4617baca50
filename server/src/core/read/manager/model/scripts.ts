import type { PnpmWorkspace } from '../../config/pnpm/pnpm-workspace.ts';
import type { Located } from '../../text/span.ts';
import type { ManagerSettings } from './manager-settings.ts';

/**
 * What becomes of an install script that nobody decided about: it runs, it is skipped, the install fails over it, or a
 * setting keeps all scripts from running.
 */
export type ScriptEffect = 'runs' | 'skipped' | 'fails' | 'ignored';

/**
 * Where decisions on install scripts are written. buildLists: lists of the ones that are built, not built, or never.
 * none: nowhere.
 */
export type ScriptReview =
  | 'allowScripts'
  | 'buildLists'
  | 'trustedDependencies'
  | 'dependenciesMeta'
  | 'none';

/** What a project's files say about the install scripts of a package. */
export interface ScriptDecision {
  readonly allowed: boolean;
  /** The setting that says so. */
  readonly setting: string;
  /** names: every version of the name; versions: the locked one; omission: denied, as a list of the others leaves it out. */
  readonly by: 'names' | 'versions' | 'omission';
}

/** A locked package, or any version of a name. */
export interface ScriptSubject {
  readonly name: string;
  readonly alias?: string | undefined;
  readonly version?: Located<string> | undefined;
}

/** Returns the decision about a package; undefined where nobody decided. */
export type Decide = (subject: ScriptSubject) => ScriptDecision | undefined;

/** The lists of names of pnpm up to 10, in package.json and in pnpm-workspace.yaml. */
export type BuildList = 'onlyBuiltDependencies' | 'ignoredBuiltDependencies' | 'neverBuiltDependencies';

/** What decides about scripts of single packages, beside settings of npm. */
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

/** Which scripts an install runs. */
export interface ScriptSupport {
  readonly review: ScriptReview;
  /** The same, as sentences name it. */
  readonly reviewedIn: string;
  /**
   * Returns the decisions on packages; undefined where they are made otherwise: by npm's keys, or by a list that is the
   * package manager's own.
   */
  decisions(sources: DecisionSources): Decide | undefined;
  /** Whether a script can be denied; else one that nobody approved is skipped. */
  readonly canDeny: boolean;
  /** Scripts of packages and members alike; Yarn from 2 on and links of npm leave some out. */
  readonly lifecycle: readonly string[];
  /** Scripts of the root, besides. */
  readonly lifecycleOfRoot: readonly string[];
  /** Whether the scripts named `pre…` and `post…` run around another. */
  readonly runsPreAndPost: boolean;
  /** What becomes of undecided scripts. An unknown version is taken to be the one that most have. */
  effect(settings: ScriptSettings): ScriptEffect;
  /** What keeps all scripts from running, where something does. */
  readonly ignoredBy: string;
  /** What makes the install fail over an undecided script, where that is not how the package manager is; a clause. */
  readonly failure: string | undefined;
  /** The last versions that run undecided scripts, where later ones do not. */
  readonly lastToRun: string | undefined;
}

/** What all package managers run. */
export const LIFECYCLE = ['preinstall', 'install', 'postinstall', 'preprepare', 'prepare', 'postprepare'];

/** Of the root, up to npm 12 and in Yarn 1. */
export const PREPUBLISH = 'prepublish';
