import type { SettingKind } from '../manager/model/setting-table.ts';
import type { Uri } from '../text/paths/uri.ts';
import type { ParseProblem } from '../text/problem.ts';
import type { Span } from '../text/span.ts';

/** The content of a file on one side of a comparison: its text with `\n`, or git's object name if it is not text. */
export type ProgramContents =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'object'; readonly name: string };

/**
 * A file that an install runs, applies or unpacks and that differs from the base. installed: a package that the
 * repository itself has in node_modules. settings: configuration that some package manager reads beside the project's
 * own.
 */
export interface ProgramChange {
  /** For `installed`, the first changed file. */
  readonly uri: Uri;
  readonly kind: 'file' | 'archive' | 'installed' | 'settings';
  readonly state: 'new' | 'kept' | 'gone';
  /** Undefined if that side has no such file; always for `installed`. */
  readonly before: ProgramContents | undefined;
  readonly after: ProgramContents | undefined;
  /** Whether configuration outside of the project's own names it; see `projectBeside`. */
  readonly isNamedBeside?: true;
  /** For `settings`. */
  readonly settings?: readonly ConfigurationChange[];
  /** For `installed`: the package's folder, and the number of its changed files. */
  readonly installed?: { readonly folder: Uri; readonly files: number };
}

/** A changed file that no file of the project names, to be reported in its own text. */
export interface InstallProgram {
  readonly kind: 'program';
  readonly uri: Uri;
  /** Empty if it is not text. */
  readonly text: string;
  readonly problems: readonly ParseProblem[];
}

/** A configuration file that only the base has, with the settings that it contained. */
export interface GoneConfiguration {
  readonly uri: Uri;
  readonly settings: readonly ConfigurationChange[];
}

/** Changed files that a setting or script runs, directly or through each other. */
export interface ReachedChange {
  /** For example `scripts.postinstall`. */
  readonly key: string;
  /** The value of the setting, as in `guardingSettings`. */
  readonly value: string;
  readonly uris: readonly Uri[];
}

/** The changes since the commit that a project is compared with, except in lockfiles and configuration. */
export interface SinceBase {
  /** Changed files that an install runs, by URI; without deleted ones. */
  readonly programs: ReadonlyMap<Uri, ProgramChange>;
  /** The first file of a project that names such a file; those that none names are missing. */
  readonly namedIn: ReadonlyMap<Uri, Uri>;
  /** The changed files reached from scripts and settings, by the file that contains these, in its order. */
  readonly reached: ReadonlyMap<Uri, readonly ReachedChange[]>;
  /** The file under which `reached` lists each of them. */
  readonly reachedIn: ReadonlyMap<Uri, Uri>;
  /**
   * By manifest, scripts that an install runs because other manifests name them, and as `field.**` the fields read by
   * tools that its scripts call.
   */
  readonly elsewhere: ReadonlyMap<Uri, ReadonlySet<string>>;
  /** The possible files of `main` in a package.json, for those whose folder is run. */
  readonly mains: ReadonlyMap<Uri, readonly Uri[]>;
  /** Deleted configuration, by the root of the project that it was read for. */
  readonly gone: ReadonlyMap<Uri, readonly GoneConfiguration[]>;
  /** The names of workspace members in the base, if any is new or renamed. */
  readonly memberNames: ReadonlySet<string>;
  /** Manifests and configuration files of projects, and whether git tracks them now; unknown ones are missing. */
  readonly tracked: ReadonlyMap<Uri, boolean>;
  /**
   * Whether the user named the commit, as for a pull request. Otherwise it is HEAD, and changes are most likely the
   * user's own.
   */
  readonly isGiven: boolean;
}

/** A changed setting that guards an install. */
export interface ConfigurationChange {
  readonly key: string;
  readonly kind: SettingKind;
  /** Without possible secrets; undefined if it was not set. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Its current position; undefined if it was removed. */
  readonly span: Span | undefined;
  /** Whether the change is that a key now appears twice. */
  readonly isRepeated?: true;
}
