import type { Facts } from '../core/judge/check/rule.ts';
import type { SourcedAdvisories } from '../core/know/advisory/advisories.ts';
import type { PackageFacts } from '../core/know/facts/package-facts.ts';
import type { PopularNames } from '../core/know/identity/popular-names.ts';
import type { Fact, UnavailableReason } from '../core/know/registry/documents/fact.ts';
import type { MaintainedPage } from '../core/know/registry/documents/maintained-kind.ts';
import type { Packument } from '../core/know/registry/documents/packument.ts';
import type { LockEntry, ReadStatus } from '../core/read/lockfile/model/lockfile.ts';
import type { LockfileKind } from '../core/read/manager/model/files.ts';
import type { CheckedFile } from '../core/read/project/checked-file.ts';
import type { InstallState } from '../core/read/project/install-state.ts';
import type { EntryCode } from '../core/read/project/new-code.ts';
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
  | 'automation'
  | 'gitignore'
  | 'configuration'
  | 'folder';

/**
 * The state of one file that was read, or of a folder that could not be, for the status bar and the report. Never green
 * unless all was read.
 */
export interface FileStatus {
  readonly uri: Uri;
  readonly kind: FileKind;
  readonly status: ReadStatus;
  readonly reason: string | undefined;
  /** What to do about it, as an imperative clause, unless the general advice applies. */
  readonly advice?: string;
  /** Only for readable lockfiles. */
  readonly entries: { readonly read: number; readonly total: number } | undefined;
}

/** Facts that a rule or a hover needed and that were not available. */
export interface NotChecked {
  readonly rule: string;
  readonly reason: UnavailableReason;
  readonly count: number;
  /** The affected packages: `count` names. */
  readonly packages: readonly string[];
}

/** The results for one file at one revision. */
export interface Diagnosis {
  readonly uri: Uri;
  /** Sorted; the same array as before if nothing changed. */
  readonly findings: readonly Finding[];
  readonly notChecked: readonly NotChecked[];
  /** Facts are being requested: a later diagnosis of the same text may contain more. */
  readonly provisional: boolean;
  /** Whether a rule read advisories: otherwise the state of their sources does not matter. */
  readonly readsAdvisories: boolean;
}

/** One project at one revision. */
export interface ProjectSnapshot {
  readonly project: Project;
  /** Parsed files that rules check, by URI: manifests, lockfile, .npmrc, configuration. */
  readonly files: ReadonlyMap<Uri, CheckedFile>;
  /** Every file read for this project, sorted by URI. */
  readonly statuses: readonly FileStatus[];
  readonly facts: Facts;
  readonly advisories: SourcedAdvisories;
}

/** An immutable view of everything loaded. Repeated calls give the same result. */
export interface Snapshot {
  readonly revision: number;
  /** Sorted by root. */
  readonly projects: readonly ProjectSnapshot[];
  /** The same, and the tops of repositories whose packages are all below them, for their workflows. */
  readonly checked: readonly ProjectSnapshot[];
  readonly popular: PopularNames;
  /** Returns the project that has this file as a checked file. */
  projectOf(uri: Uri): ProjectSnapshot | undefined;
  /** Returns the text of a file that was read, from the editor or the disk. */
  textOf(uri: Uri): string | undefined;
  diagnose(uri: Uri): Diagnosis;
  /** Returns all fixes of a finding of this snapshot, including the ignore entry. */
  fixesOf(finding: Finding): readonly Fix[];
  /** Returns the same without the ignore entry. */
  ruleFixesOf(finding: Finding): readonly Fix[];
}

export interface RecheckOptions {
  readonly signal: AbortSignalLike;
  readonly onAnswered?: (() => void) | undefined;
}

export interface Progress {
  report(message: string, done: number, total: number | undefined): void;
}

/** The owner of all state: open texts, files read, projects, facts. Created by `createSession`. */
export interface Session {
  readonly revision: number;
  configure(settings: EngineSettings): void;
  /** Sets the folders that bound the search for a project's root. */
  setFolders(folders: readonly Uri[]): void;
  /**
   * Sets the text of an open document, also on each change. Takes effect at once. `edit` is the change since the
   * previous text, if known: then parsing costs as much as was edited, not as much as the file contains.
   */
  setOverlay(uri: Uri, text: string, edit?: TextChange): void;
  /** Called when the document is closed: the file on disk counts again. */
  removeOverlay(uri: Uri): Promise<void>;
  /**
   * Called when files changed outside the editor. Reads those again that belong to loaded projects or may
   * create a new one.
   */
  filesChanged(uris: readonly Uri[], newFolders?: readonly Uri[]): Promise<void>;
  /**
   * Called when something other than files changed, such as the advisory database: whatever read it is checked again.
   */
  refresh(): void;
  /**
   * Called when a user asks for a check: what failed is requested again, also from hosts that are left alone after
   * failures. Returns these hosts. A single request tests each of them, and one more failure starts another pause.
   */
  tryAgain(): readonly string[];
  /** Loads the project of this file, unless it is loaded. */
  ensureProject(uri: Uri): Promise<ProjectSnapshot | undefined>;
  /**
   * Reads again, as far as a loaded project changed, what checks want beside its own files: the files that install scripts
   * start, and the licenses of installed packages. Listeners are notified of news. `loadFolder` does so by itself, and
   * waits; `ensureProject` does not, as its callers want an answer first.
   */
  readBeside(): void;
  /** Finds and loads every project below the folder. */
  loadFolder(
    folder: Uri,
    progress?: Progress,
    signal?: AbortSignalLike,
    onExcluded?: (file: ExcludedFile) => void,
  ): Promise<void>;
  /** Returns why git could not tell whether it tracks ignored files: a clause per folder. */
  gitFailures(): ReadonlyMap<Uri, string>;
  /** Returns files that an install runs and that could not be compared with the base, each with a clause. */
  uncompared(): readonly UncomparedFile[];
  /**
   * Reads the code of versions that the base lacks, also by asking registries, as far as settings, trust and privacy permit.
   * What is installed or cached is read with the folder.
   */
  compareCode(): Promise<void>;
  /** Returns what the code of a locked version can do, as far as it is installed, was read before, or may be asked for. */
  codeOf(project: Project, entry: LockEntry): Promise<EntryCode | undefined>;
  /**
   * Requests all facts that the checks of the loaded files want, as far as settings, trust and privacy permit, and then
   * whatever they want in turn, until nothing is left. For programs that check once.
   */
  settle(progress?: Progress): Promise<void>;
  /**
   * Limits requests about locked packages that no manifest declares to these parts of the lockfile, by the root of
   * the project.
   */
  askAbout(ranges: ReadonlyMap<Uri, AskedRange>): void;
  /** Checks whether a rule about used dependencies is enabled in a loaded project. */
  wantsUsage(): boolean;
  /** Searches the sources below a folder for what the dependencies are used for; until then those rules are silent. */
  searchUsage(folder: Uri, progress?: Progress, signal?: AbortSignalLike): Promise<void>;
  /**
   * Compares the package managers' records of what they installed with the lockfiles: a file for each project. Until then
   * the rule about that is silent.
   */
  compareInstallRecords(): Promise<void>;
  /** Takes what a caller found by comparing all of node_modules, by the root of the project. */
  noteInstallStates(states: ReadonlyMap<Uri, InstallState>): void;
  /** Drops registry facts about these packages from memory; the cache keeps them. */
  forget(project: Project, entries: Iterable<Pick<LockEntry, 'name' | 'version'>>): void;
  /** Opens the advisory indexes that `opensAdvisoriesLater` deferred, when somebody waits for their results. */
  openAdvisories(): void;
  snapshot(): Snapshot;
  /** Requests a packument if settings and trust permit; resolves as soon as it is known, or else with the reason. */
  packument(project: Project, name: string, options?: EnsureOptions): Promise<Fact<Packument>>;
  /** Requests the packages of an account at the default registry, from the given one on, under the same conditions. */
  maintainedBy(project: Project, account: string, from: number): Promise<Fact<MaintainedPage>>;
  /**
   * Returns everything that a card shows about a package and a version, by default the latest. Known facts are returned
   * at once, and stale ones are refreshed in the background.
   */
  packageFacts(
    project: Project,
    name: string,
    version: string | undefined,
    options?: EnsureOptions,
  ): Promise<PackageFacts>;
  /**
   * Refreshes stale facts about packages, and the project's advisories, as far as settings, trust and privacy permit; a
   * few at a time, as nobody waits. Resolves when all were answered or failed, and notifies listeners once.
   */
  recheck(project: Project, names: readonly string[], options: RecheckOptions): Promise<void>;
  /**
   * Requests packages in the background if settings and trust permit; listeners are notified once for answers that
   * arrive together. `reader` identifies the caller: packages missing from its next call are dropped.
   */
  want(project: Project, reader: string, names: readonly string[]): void;
  /**
   * Returns the facts of a project for a user who asks for one package by name. This is also permitted in an untrusted
   * folder: its files still decide nothing, and a private name still goes to no public host.
   */
  inquire(project: Project, options: { readonly online: boolean }): ProjectFacts;
  /** Called after any change that diagnoses depend on, except overlays. */
  onDidChange(listener: () => void): () => void;
  dispose(): void;
}
