/** The facts about a project that commands depend on. */
export interface Installation {
  /** The version of the package manager, if known. */
  readonly version: string | undefined;
  /** The format version of the lockfile, if there is one. */
  readonly lockVersion: string | undefined;
  readonly hasMembers: boolean;
}

/** Command lines. None of them runs scripts if the package manager can avoid it. */
export interface Commands {
  /** Updates the lockfile to match the manifests. */
  readonly update: string;
  /** The same, if it writes only the lockfile; undefined if there is no such command. */
  readonly writeLockfile: string | undefined;
  /** Installs the locked versions, and fails if they do not match the manifests. */
  readonly frozen: string;
  /** Lists known vulnerabilities of locked packages; undefined if no command does. */
  readonly audit: string | undefined;
  /**
   * What makes `frozen` fail. texts: any difference between a manifest and the lockfile's copy of it. versions: a locked
   * version outside of its range. packages: a different set of packages.
   */
  readonly compares: 'texts' | 'versions' | 'packages';
  /** Rewrites a lockfile with conflict markers; undefined if no command can. */
  readonly resolveConflict: string | undefined;
  /** Returns the option that `update` needs if a registry no longer has a locked version. */
  optionForGone(version: string | undefined): string | undefined;
  /**
   * Returns the command that updates a direct dependency within its range; undefined if every such command changes
   * more.
   */
  updateDeclared(name: string, installation: Installation): string | undefined;
  /** Returns the same for packages anywhere in the tree. Names are separated by spaces. */
  updateAnywhere(names: string, installation: Installation): string | undefined;
}
