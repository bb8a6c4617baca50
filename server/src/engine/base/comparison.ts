import { HEAD } from '../../core/read/project/base.ts';
import { parentUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { FilesPort, GitPort } from '../ports.ts';
import type { FileStore } from '../projects/file-store.ts';
import type { LoadedProjects } from '../projects/loaded-projects.ts';
import type { LockfileFile } from '../projects/project-files.ts';
import type { Changes } from '../session/changes.ts';
import type { Configuration } from '../session/configuration.ts';
import { type BaseState, NO_BASE, readBaseState } from './base-state.ts';
import type { UncomparedFile } from './changed-programs.ts';
import { type CommittedLockfiles, createCommittedLockfiles } from './committed-lockfiles.ts';
import { createUncommitted } from './uncommitted.ts';

/** The commit that projects are compared with: the base of the settings, or git's HEAD. */
export interface Comparison {
  readonly committed: CommittedLockfiles;
  /** Returns what is known of the commit that the project in this root is compared with. */
  baseOf(root: Uri): BaseState;
  /** Reads in the background what is unknown of projects and these lockfiles. */
  projectLoaded(lockfiles: readonly LockfileFile[]): void;
  /** Compares again in the background. */
  filesChanged(uris: readonly Uri[]): void;
  /** Reads the base that the settings name, for all projects in the folder, and compares with HEAD in the background. */
  folderLoaded(folder: Uri): Promise<void>;
  /** Files that could not be compared, with a clause each. */
  uncompared(): readonly UncomparedFile[];
}

export interface ComparisonSource {
  readonly files: FilesPort;
  readonly git: GitPort | undefined;
  readonly store: FileStore;
  readonly projects: Pick<LoadedProjects, 'all'>;
  readonly configuration: Configuration;
  /** Notified when a background comparison finds anything new. */
  readonly changes: Changes;
}

export function createComparison({
  files,
  git,
  store,
  projects,
  configuration,
  changes,
}: ComparisonSource): Comparison {
  const { isTrusted } = configuration;
  const committed = createCommittedLockfiles(git);
  // Of a top without packages an install reads nothing.
  const ofPackages = () => projects.all().filter(({ hasOnlyAutomation }) => !hasOnlyAutomation);
  const trustedProjects = () => ofPackages().filter(({ root }) => isTrusted(root));
  const uncommitted = createUncommitted({ store, files, git, projects: trustedProjects });
  let base = NO_BASE;

  async function readCommitted(lockfiles: readonly LockfileFile[]): Promise<void> {
    const { settings } = configuration;
    if (settings.comparesCommits !== true) return;
    let isOther = false;
    for (const file of lockfiles) {
      if (!isTrusted(parentUri(file.uri))) continue;
      const revision = configuration.settings.base ?? HEAD.revision;
      const isNew = await committed.read(file, store.textOf(file.uri), revision);
      isOther ||= isNew;
    }
    if (isOther) changes.notify();
  }

  /** The same for configuration and for files that an install runs. */
  async function readUncommitted(): Promise<void> {
    const { settings } = configuration;
    if (settings.comparesCommits !== true || settings.base !== undefined) return;
    if (await uncommitted.read()) changes.notify();
  }

  /** Reads the base, and all loaded lockfiles as they were in it. */
  async function readBase(folder: Uri): Promise<void> {
    const { base: revision, isBaseGiven = false } = configuration.settings;
    if (revision === undefined) return;
    const compared = { folder, projects: ofPackages(), store, files, git };
    base = await readBaseState({ ...compared, revision, isGiven: isBaseGiven });
    const lockfiles = ofPackages().flatMap((project) => project.lockfiles.filter(({ atRoot }) => atRoot));
    for (const file of lockfiles) {
      if (!committed.knows(file.uri)) await committed.read(file, store.textOf(file.uri), revision);
    }
  }

  return {
    committed,
    baseOf: (root) =>
      configuration.settings.base === undefined && isTrusted(root) ? uncommitted.of(root) : base,
    projectLoaded(lockfiles) {
      const unread = lockfiles.filter((file) => file.atRoot && !committed.knows(file.uri));
      if (unread.length > 0) void readCommitted(unread);
      if (trustedProjects().some(({ root }) => !uncommitted.knows(root))) void readUncommitted();
    },
    filesChanged(uris) {
      // A commit changes no file that is watched but git's own journal.
      const hasCommit = uris.some((uri) => uri.endsWith('/.git/logs/HEAD'));
      if (hasCommit) git?.forgetCommits?.();
      void readCommitted(committed.known().filter(({ uri }) => hasCommit || uris.includes(uri)));
      void readUncommitted();
    },
    async folderLoaded(folder) {
      await readBase(folder);
      void readUncommitted();
    },
    uncompared() {
      const unread = committed.unread();
      if (configuration.settings.isBaseGiven === true) return [...base.unknown, ...unread];
      return uncomparedWithHead([...base.unknown, ...uncommitted.unknown(), ...unread]);
    },
  };
}

/**
 * Returns what could not be compared with the last commit and should have been: each file, and each repository once for
 * all its files.
 */
function uncomparedWithHead(files: readonly UncomparedFile[]): readonly UncomparedFile[] {
  const found = new Map<string, UncomparedFile>();
  for (const file of files) {
    if (file.isExpected === true) continue;
    const uri = file.repository ?? file.uri;
    const key = JSON.stringify([uri, file.reason]);
    if (!found.has(key)) found.set(key, { ...file, uri });
  }
  return [...found.values()];
}
