/** What decides which command line does what in a project. */
export interface Installation {
  /** Of the package manager, where it is known. */
  readonly version: string | undefined;
  /** The version at the top of the lockfile, where there is one. */
  readonly lockVersion: string | undefined;
  readonly hasMembers: boolean;
}

/** Command lines, none of which runs scripts where the package manager can do without. */
export interface Commands {
  /** Makes the lockfile fit the manifests. */
  readonly update: string;
  /** The same where it writes the lockfile and nothing else; undefined where there is none. */
  readonly writeLockfile: string | undefined;
  /** Installs what is locked, and fails where that does not fit the manifests. */
  readonly frozen: string;
  /**
   * What makes `frozen` fail. texts: any difference between a manifest and the lockfile's copy of it. versions: a locked
   * version that does not fit. packages: that others would be locked.
   */
  readonly compares: 'texts' | 'versions' | 'packages';
  /** Writes a lockfile anew that has the markers of a merge conflict; undefined where no command can. */
  readonly resolveConflict: string | undefined;
  /** An option of `update` without which it fails where a registry no longer has a locked version. */
  optionForGone(version: string | undefined): string | undefined;
  /**
   * Moves a dependency of a manifest to the newest version that its range takes; undefined where no command does so
   * without changing more.
   */
  updateDeclared(name: string, installation: Installation): string | undefined;
  /** The same for packages, separated by blanks, wherever they stand in the tree. */
  updateAnywhere(names: string, installation: Installation): string | undefined;
}
