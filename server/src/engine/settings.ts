import type { AdvisorySource } from '../core/know/advisory/advisory.ts';
import type { Preset } from '../core/read/policy-file/presets.ts';
import type { Severity } from '../core/read/text/finding.ts';
import type { Uri } from '../core/read/text/paths/uri.ts';

/** What the user's editor or command line decides; what the project decides is its policy file. */
export interface EngineSettings {
  /** Whether registries may be asked. */
  readonly online: boolean;
  /** Whether the folders that are open (`Session.setFolders`) are trusted, each for itself: see `trustOf`. */
  readonly trusted: boolean;
  /** Further folders that the user trusts by name. */
  readonly trustedFolders?: readonly Uri[];
  /** Whether one of these stands for the project that it lies in. */
  readonly trustsProjectAround?: boolean;
  /** By rule id; wins over the rule's own severity, loses to nothing. */
  readonly severities: ReadonlyMap<string, Severity | 'off'>;
  /** Wins over the project's; undefined leaves the choice to it. */
  readonly preset?: Preset | undefined;
  /** A configuration file used instead of each project's own (`--config`). */
  readonly policyFile: Uri | undefined;
  /** The folder that is checked, where that is not the one which bounds the search: nothing makes it a fixture. */
  readonly checkedFolder?: Uri | undefined;
  /** Whether lockfiles of trusted folders are compared with their last commit, once a file of their project is used. */
  readonly comparesCommits?: boolean;
  /**
   * The commit that lockfiles are compared with before a folder counts as loaded, for those who report once. Undefined for
   * none, or for what `comparesCommits` finds out behind the first checks.
   */
  readonly base?: string | undefined;
  /** Whether the user named that commit: what changed since is then to be reviewed, and else most likely work in progress. */
  readonly isBaseGiven?: boolean;
  /** The commit that a change under review is compared with: what the change adds to `exclude` does not count. */
  readonly reviewedSince?: string | undefined;
  /** Where advisories may come from; live ones only where registries may be asked as well. */
  readonly advisorySources?: ReadonlySet<AdvisorySource>;
  /**
   * Whether an index of advisories is opened behind the first checks, which then do without it and are made again: for
   * those who show what they know as soon as they know it.
   */
  readonly opensAdvisoriesLater?: boolean;
}

/** Nobody outside the project's own registries is told anything unless the user wants it. */
export const DEFAULT_ADVISORY_SOURCES: ReadonlySet<AdvisorySource> = new Set([
  'bundled',
  'database',
  'registry',
]);

export const DEFAULT_SETTINGS: EngineSettings = {
  online: false,
  trusted: false,
  severities: new Map(),
  policyFile: undefined,
};
