export type LockfileKind = 'package-lock' | 'npm-shrinkwrap' | 'yarn' | 'pnpm' | 'bun';

/** A lockfile with a known name. */
export interface KnownLockfile {
  readonly name: string;
  readonly kind: LockfileKind;
  /** Whether it is binary, so that its content is not read. */
  readonly isBinary: boolean;
}

/** The files that a package manager reads besides package.json and .npmrc. */
export interface ManagerFiles {
  /** The current one first. */
  readonly lockfiles: readonly KnownLockfile[];
  /** Returns which of several lockfiles in one folder it reads, and whether that depends on the version. */
  choose(version: string | undefined): { readonly name: string; readonly isByVersion: boolean };
  /** Files with its settings, in the root or above it. */
  readonly settings: readonly string[];
  /** The `kind` of these as checked files. */
  readonly settingsKind: 'pnpmWorkspace' | 'yarnrc' | 'bunfig' | undefined;
  /** The settings file whose presence indicates the package manager. */
  readonly sign: string | undefined;
  /** Settings files that it reads in all folders above the root. */
  readonly above: readonly string[];
  /** Whether it loads `.env` files. */
  readonly readsEnvFiles: boolean;
  /** Whether it reads files outside of the root, including the user's. */
  readonly readsOutsideRoot: boolean;
  /** The settings file that it reads only in the nearest folder, from the root upwards. */
  readonly nearest: string | undefined;
}
