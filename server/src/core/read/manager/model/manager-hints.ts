/** What files of the root other than its manifest say of the manager's version. */
export interface ManagerHints {
  /** `yarnPath` of .yarnrc.yml, else `yarn-path` of .yarnrc. */
  readonly yarnPath?: string | undefined;
  /** Which Yarn wrote the lockfile. */
  readonly yarnLockfile?: 'classic' | 'berry' | undefined;
  /** Of which Yarn the nearest configuration file is, in the root or above it, or the user's own. */
  readonly yarnrc?: 'classic' | 'berry' | undefined;
  /** The version of pnpm that its lockfile has in `packageManagerDependencies`. */
  readonly lockedPnpm?: string | undefined;
}
