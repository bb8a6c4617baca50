import type { Facts } from '../core/judge/check/rule.ts';
import type { SourcedAdvisories } from '../core/know/advisory/advisories.ts';
import type { PackageFacts } from '../core/know/facts/package-facts.ts';
import type { PopularNames } from '../core/know/identity/popular-names.ts';
import type { Fact, UnavailableReason } from '../core/know/registry/documents/fact.ts';
import type { Packument } from '../core/know/registry/documents/packument.ts';
import type { LockEntry, ReadStatus } from '../core/read/lockfile/model/lockfile.ts';
import type { LockfileKind } from '../core/read/manager/model/manager-files.ts';
import type { CheckedFile } from '../core/read/project/checked-file.ts';
import type { AskedRange, Project } from '../core/read/project/project.ts';
import type { Finding, Fix } from '../core/read/text/finding.ts';
import type { Uri } from '../core/read/text/paths/uri.ts';
import type { TextChange } from '../core/read/text/text-change.ts';
import type { UncomparedFile } from './base/changed-programs.ts';
import type { AbortSignalLike } from './ports.ts';
import type { ExcludedFile } from './projects/folder-walk.ts';
import type { EnsureOptions } from './registry/flight.ts';
import type { ProjectFacts } from './registry/project-facts.ts';
import type { EngineSettings } from './settings.ts';

export type FileKind =
  | 'manifest'
  | LockfileKind
  | 'npmrc'
  | 'pnpm-workspace'
  | 'yarnrc'
  | 'bunfig'
  | 'audit-ignores'
  | 'gitignore'
  | 'configuration'
  | 'folder';

/** The state of one file that was read, or of a folder that could not be, for the status bar and the report. Never green when not all was read. */
export interface FileStatus {
  readonly uri: Uri;
  readonly kind: FileKind;
  readonly status: ReadStatus;
  readonly reason: string | undefined;
  /** What to do about it, as an imperative clause, where it is not what one does with every such file. */
  readonly advice?: string;
  /** Only for lockfiles that can be read. */
  readonly entries: { readonly read: number; readonly total: number } | undefined;
}

/** Something that a rule or a hover would have needed to know. */
export interface NotChecked {
  readonly rule: string;
  readonly reason: UnavailableReason;
  readonly count: number;
  /** What it is about: as many names as `count` says. */
  readonly packages: readonly string[];
}

/** What is known of one file at one revision. */
export interface Diagnosis {
  readonly uri: Uri;
  /** Sorted; the same array as before where nothing changed. */
  readonly findings: readonly Finding[];
  readonly notChecked: readonly NotChecked[];
  /** Facts are under way: a later diagnosis of the same text may say more. */
  readonly provisional: boolean;
  /** Whether a rule looked at advisories: only then is there anything to say of their sources. */
  readonly readsAdvisories: boolean;
}

/** One project as it stands at one revision. */
export interface ProjectSnapshot {
  readonly project: Project;
  /** Parsed files that rules check, by URI: manifests, lockfile, .npmrc, configuration. */
  readonly files: ReadonlyMap<Uri, CheckedFile>;
  /** Every file read for this project, sorted by URI. */
  readonly statuses: readonly FileStatus[];
  readonly facts: Facts;
  readonly advisories: SourcedAdvisories;
}

/** An immutable view of everything loaded. Asking it twice gives the same answer. */
export interface Snapshot {
  readonly revision: number;
  /** Sorted by root. */
  readonly projects: readonly ProjectSnapshot[];
  readonly popular: PopularNames;
  /** The project that a file belongs to: the one of which it is a checked file. */
  projectOf(uri: Uri): ProjectSnapshot | undefined;
  /** The text of a file that was read, as the editor or the disk has it. */
  textOf(uri: Uri): string | undefined;
  diagnose(uri: Uri): Diagnosis;
  /** The fixes of a finding of this snapshot, the ignore entry and all included. */
  fixesOf(finding: Finding): readonly Fix[];
  /** The same without the ignore entry. */
  ruleFixesOf(finding: Finding): readonly Fix[];
}

export interface RecheckOptions {
  readonly signal: AbortSignalLike;
  readonly onAnswered?: (() => void) | undefined;
}

export interface Progress {
  report(message: string, done: number, total: number | undefined): void;
}

/** Owns all state: open texts, files read, projects, facts. Created by `createSession`. */
export interface Session {
  readonly revision: number;
  configure(settings: EngineSettings): void;
  /** Folders that bound the search for a project's root. */
  setFolders(folders: readonly Uri[]): void;
  /**
   * The text of an open document; also called for each change. Takes effect at once. `edit` is what was replaced since
   * the text given last, where that is known: then reading costs what was touched, not what there is.
   */
  setOverlay(uri: Uri, text: string, edit?: TextChange): void;
  /** The document was closed: its file on the disk counts again. */
  removeOverlay(uri: Uri): Promise<void>;
  /** Files changed outside the editor. Reads again those that belong to loaded projects, or may make a new one. */
  filesChanged(uris: readonly Uri[]): Promise<void>;
  /** Something else changed than files, such as the database of advisories: what read it is checked anew. */
  refresh(): void;
  /** Loads the project that this file belongs to, unless it is loaded. */
  ensureProject(uri: Uri): Promise<ProjectSnapshot | undefined>;
  /** Finds and loads every project below the folder. */
  loadFolder(
    folder: Uri,
    progress?: Progress,
    signal?: AbortSignalLike,
    onExcluded?: (file: ExcludedFile) => void,
  ): Promise<void>;
  /** Why git could not say whether it tracks what it ignores: a clause for each folder that was asked about. */
  gitFailures(): ReadonlyMap<Uri, string>;
  /** Files that an install runs and that could not be compared with the base, with a clause each. */
  uncompared(): readonly UncomparedFile[];
  /**
   * Asks for all that the checks of the loaded files want to know, as far as settings, trust and privacy allow, and for
   * what they want to know then, until nothing is left. For programs that check once.
   */
  settle(progress?: Progress): Promise<void>;
  /**
   * From now on registries are asked about these parts of what is locked, by the root of the project, and about no other
   * locked package that no manifest declares.
   */
  askAbout(ranges: ReadonlyMap<Uri, AskedRange>): void;
  /** Drops from memory what registries said of these packages; the cache keeps it. */
  forget(project: Project, entries: Iterable<Pick<LockEntry, 'name' | 'version'>>): void;
  /** Opens the indexes of advisories that `opensAdvisoriesLater` has left for later: somebody waits for what they say. */
  openAdvisories(): void;
  snapshot(): Snapshot;
  /** Asks the registry for a package, where settings and trust allow; answers as soon as known, else why not. */
  packument(project: Project, name: string, options?: EnsureOptions): Promise<Fact<Packument>>;
  /**
   * Everything that a card tells of a package and of a version, or of its latest one. What is known is told at once, and
   * asked for again behind that where it is old.
   */
  packageFacts(
    project: Project,
    name: string,
    version: string | undefined,
    options?: EnsureOptions,
  ): Promise<PackageFacts>;
  /**
   * Asks again about packages, and for the advisories of the project, as far as what is known is not fresh any more and as
   * settings, trust and privacy allow; only a few at once, as nobody waits. Resolves when all has answered or failed, and
   * listeners are told once.
   */
  recheck(project: Project, names: readonly string[], options: RecheckOptions): Promise<void>;
  /**
   * Asks for packages in the background, where settings and trust allow; listeners are told of those that come together
   * at once. `reader` names who wants them: what it does not want any more the next time is not asked further.
   */
  want(project: Project, reader: string, names: readonly string[]): void;
  /**
   * The facts of a project for a user who asks for one package by its name. They may be asked for in a folder that is
   * not trusted as well: its files still decide nothing, and a private name still goes to no public host.
   */
  inquire(project: Project, options: { readonly online: boolean }): ProjectFacts;
  /** Called after anything changed that diagnoses depend on, but for overlays. */
  onDidChange(listener: () => void): () => void;
  dispose(): void;
}
