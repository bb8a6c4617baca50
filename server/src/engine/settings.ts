import type { AdvisorySource } from '../core/know/advisory/advisory.ts';
import type { Preset } from '../core/read/policy-file/presets.ts';
import type { Severity } from '../core/read/text/finding.ts';
import { isWithin, type Uri } from '../core/read/text/paths/uri.ts';

/** Which rules apply, and how severe they are. */
export interface RuleSettings {
  /** By rule id; takes precedence over everything else, the rule's own severity included. */
  readonly severities: ReadonlyMap<string, Severity | 'off'>;
  /** Takes precedence over the project's; undefined leaves the choice to the project. */
  readonly preset?: Preset | undefined;
}

/** Decisions of the user's editor or command line; those of the project are in its policy file. */
export interface EngineSettings extends RuleSettings {
  /** Whether requests to registries are permitted. */
  readonly online: boolean;
  /** Whether the open folders (`Session.setFolders`) are trusted, each by itself: see `trustOf`. */
  readonly trusted: boolean;
  /** Other folders that the user trusts by name. */
  readonly trustedFolders?: readonly Uri[];
  /** Whether one of these extends to the project around it. */
  readonly trustsProjectAround?: boolean;
  /** By open folder, in place of those of all. */
  readonly ofFolders?: ReadonlyMap<Uri, RuleSettings>;
  /** Whether findings are reported that the project's configuration accepts. */
  readonly reportsAccepted?: boolean;
  /** A configuration file that replaces each project's own (`--config`). */
  readonly policyFile: Uri | undefined;
  /**
   * The locked policy of the organisation (`--policy`), which projects can tighten and not loosen. The user's own
   * severities take precedence over it.
   */
  readonly organisationPolicy?: Uri | undefined;
  /** The checked folder, if it is not the one that bounds the search. It never counts as a fixture. */
  readonly checkedFolder?: Uri | undefined;
  /** Whether lockfiles of trusted folders are compared with their last commit, once a file of their project is used. */
  readonly comparesCommits?: boolean;
  /**
   * The commit to compare lockfiles with before a folder counts as loaded, for programs that report once. Undefined for
   * none, or if `comparesCommits` finds it after the first checks.
   */
  readonly base?: string | undefined;
  /**
   * Whether the user named that commit: changes since then are under review; otherwise they are most likely
   * work in progress.
   */
  readonly isBaseGiven?: boolean;
  /** The commit that a change under review is compared with: additions to `exclude` in the change do not count. */
  readonly reviewedSince?: string | undefined;
  /** Whether the policies of that commit are in effect, and none of the files since (`--policy-from`). */
  readonly usesReviewedPolicy?: boolean;
  /** The permitted sources of advisories; live ones also need permission for requests. */
  readonly advisorySources?: ReadonlySet<AdvisorySource>;
  /**
   * Whether advisory indexes are opened after the first checks, which then run without them and are repeated: for
   * programs that show results as soon as they have any.
   */
  readonly opensAdvisoriesLater?: boolean;
}

/** By default, nothing is sent to anyone but the project's own registries. */
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

/** Returns the settings of rules for a file or folder: those of the innermost folder that has its own. */
export function ruleSettingsAt(settings: EngineSettings, uri: Uri): RuleSettings {
  const around = [...(settings.ofFolders?.keys() ?? [])].filter((folder) => isWithin(folder, uri));
  const innermost = around.sort((a, b) => b.length - a.length)[0];
  return (innermost === undefined ? undefined : settings.ofFolders?.get(innermost)) ?? settings;
}
