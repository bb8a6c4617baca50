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

export interface ScriptSettings extends ManagerSettings {
  readonly lockfile: { readonly recordsInstallScripts: boolean } | undefined;
}

/** Which scripts an install runs. */
export interface ScriptSupport {
  readonly review: ScriptReview;
  /** The same, as sentences name it. */
  readonly reviewedIn: string;
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
