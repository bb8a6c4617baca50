import type { SettingKind } from '../manager/model/setting-table.ts';
import type { Uri } from '../text/paths/uri.ts';
import type { ParseProblem } from '../text/problem.ts';
import type { Span } from '../text/span.ts';

/** What one side of a comparison has of a file: its text with `\n`, or git's name of it where it is no text. */
export type ProgramContents =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'object'; readonly name: string };

/**
 * A file that an install runs, applies or unpacks and that is not what the base has. installed: a package that the
 * repository itself has in node_modules. settings: configuration that some package manager reads beside the project's own.
 */
export interface ProgramChange {
  /** Of `installed`, the first changed file. */
  readonly uri: Uri;
  readonly kind: 'file' | 'archive' | 'installed' | 'settings';
  readonly state: 'new' | 'kept' | 'gone';
  /** Undefined where that side has no such file; of `installed`, always. */
  readonly before: ProgramContents | undefined;
  readonly after: ProgramContents | undefined;
  /** Of `installed`: the package's folder, and how many files of it changed. */
  /** Whether configuration names it that is not the project's own, see `projectBeside`. */
  readonly isNamedBeside?: true;
  /** Of `settings`. */
  readonly settings?: readonly ConfigurationChange[];
  readonly installed?: { readonly folder: Uri; readonly files: number };
}

/** A changed file that no file of the project names, to be reported at its own text. */
export interface InstallProgram {
  readonly kind: 'program';
  readonly uri: Uri;
  /** Empty where it is no text. */
  readonly text: string;
  readonly problems: readonly ParseProblem[];
}

/** A configuration file that only the base has, with the settings that went with it. */
export interface GoneConfiguration {
  readonly uri: Uri;
  readonly settings: readonly ConfigurationChange[];
}

/** Changed files that a setting or script runs, or that these load in turn. */
export interface ReachedChange {
  /** `scripts.postinstall`. */
  readonly key: string;
  /** What the setting says, as `guardingSettings` has it. */
  readonly value: string;
  readonly uris: readonly Uri[];
}

/** What changed since the commit that a project is compared with, beside lockfiles and configuration. */
export interface SinceBase {
  /** Changed files that an install runs, by URI; those that are gone left out. */
  readonly programs: ReadonlyMap<Uri, ProgramChange>;
  /** The first file of a project that names such a file; those that none names are left out. */
  readonly namedIn: ReadonlyMap<Uri, Uri>;
  /** The changed files that scripts and settings lead to, by the file that these stand in, in its order. */
  readonly reached: ReadonlyMap<Uri, readonly ReachedChange[]>;
  /** The file under which `reached` has each of them. */
  readonly reachedIn: ReadonlyMap<Uri, Uri>;
  /**
   * By manifest, scripts that an install runs as those of other manifests name them, and as `field.**` the fields that tools
   * read which its scripts call.
   */
  readonly elsewhere: ReadonlyMap<Uri, ReadonlySet<string>>;
  /** What the `main` of a package.json may be, of those whose folder is run. */
  readonly mains: ReadonlyMap<Uri, readonly Uri[]>;
  /** Configuration that is gone, by the root of the project that it was read for. */
  readonly gone: ReadonlyMap<Uri, readonly GoneConfiguration[]>;
  /** The names that workspace members had in the base, where any is new or renamed. */
  readonly memberNames: ReadonlySet<string>;
  /** Whether the user named the commit, as for a pull request. Else it is HEAD, and changes are most likely the user's own. */
  readonly isGiven: boolean;
}

/** A setting that guards an install and is not what it was. */
export interface ConfigurationChange {
  readonly key: string;
  readonly kind: SettingKind;
  /** Without what may be a secret; undefined where it was not set. */
  readonly before: string | undefined;
  readonly after: string | undefined;
  /** Where it stands now; undefined where it is gone. */
  readonly span: Span | undefined;
  /** Whether it says that a key appears twice now, which it did not. */
  readonly isRepeated?: true;
}
