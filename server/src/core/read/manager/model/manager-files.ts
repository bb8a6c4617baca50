export type LockfileKind = 'package-lock' | 'npm-shrinkwrap' | 'yarn' | 'pnpm' | 'bun';

/** A lockfile by its name. */
export interface KnownLockfile {
  readonly name: string;
  readonly kind: LockfileKind;
  /** Whether it is no text, so that nothing in it is read. */
  readonly isBinary: boolean;
}

/** Which files a package manager reads beside package.json and .npmrc. */
export interface ManagerFiles {
  /** The one that it writes today first. */
  readonly lockfiles: readonly KnownLockfile[];
  /** Of several lockfiles in one folder, the one that it reads; and whether that differs by version. */
  choose(version: string | undefined): { readonly name: string; readonly isByVersion: boolean };
  /** Those with its settings, in the root or above it. */
  readonly settings: readonly string[];
  /** The kind of these, as files that are checked have it. */
  readonly settingsKind: 'pnpmWorkspace' | 'yarnrc' | 'bunfig' | undefined;
  /** The one of these whose presence says which package manager is in use; undefined where it has none of its own. */
  readonly sign: string | undefined;
  /** Settings that it reads in all folders above the root. */
  readonly above: readonly string[];
  /** Whether it reads `.env` files for what it runs. */
  readonly readsEnvFiles: boolean;
  /** Whether it reads files in other folders than the root, the user's own among them. */
  readonly readsOutsideRoot: boolean;
  /** Settings that it reads in the nearest folder at or above the root that has them. */
  readonly nearest: string | undefined;
}
