/** Hints in files of the root, other than its manifest, about the package manager's version. */
export interface ManagerHints {
  /** `yarnPath` of .yarnrc.yml, else `yarn-path` of .yarnrc. */
  readonly yarnPath?: string | undefined;
  /** Which Yarn wrote the lockfile. */
  readonly yarnLockfile?: 'classic' | 'berry' | undefined;
  /** The Yarn of the nearest configuration file, in the root, above it, or the user's own. */
  readonly yarnrc?: 'classic' | 'berry' | undefined;
  /** The version of pnpm that its lockfile has in `packageManagerDependencies`. */
  readonly lockedPnpm?: string | undefined;
}
