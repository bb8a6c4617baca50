export type PackageManagerName = 'npm' | 'pnpm' | 'yarn' | 'bun';

/** Which package manager installs a project, and what says so. */
export interface PackageManager {
  readonly name: PackageManagerName;
  /** An exact version where one is written down, else undefined. */
  readonly version: string | undefined;
  readonly because: 'packageManager' | 'devEngines' | 'lockfile' | 'configuration' | 'default';
  /** What says the version, undefined where nothing does. */
  readonly versionFrom: 'packageManager' | 'devEngines' | 'yarnPath' | 'lockfile' | 'volta' | undefined;
  /** Yarn 1 or a later one, undefined for other managers and where nothing tells. */
  readonly generation: 'classic' | 'berry' | undefined;
}

/** The part of a package manager that selects its specification. */
export type ManagerKind = Pick<PackageManager, 'name' | 'generation'>;
