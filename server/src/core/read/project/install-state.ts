/** A package in node_modules, or in a package manager's record of it. */
export interface InstalledPackage {
  /** Relative to the root, with `/`; undefined in a record that has no paths. */
  readonly path: string | undefined;
  /** The name under which it is imported. */
  readonly folder: string;
  /** The name in its own manifest. */
  readonly name: string | undefined;
  readonly version: string | undefined;
  /** For a link to a folder that is in no node_modules, that folder relative to the root. */
  readonly linkedTo: string | undefined;
  /** Whether a package around it has packages in its own archive, or scripts that may have installed some. */
  readonly isBrought: boolean;
}

/** What is installed, from node_modules itself or from a record of it. */
export interface Installed {
  readonly packages: readonly InstalledPackage[];
  /** Why some of it is unknown, as clauses. */
  readonly gaps: readonly string[];
}

/**
 * A difference between what is installed and the lockfile. altered: files differ from the package; extra: not locked;
 * version: another version than the locked ones; link: a link to a folder that the lockfile does not name; missing: locked
 * and not installed.
 */
export interface InstallDifference {
  readonly kind: 'altered' | 'extra' | 'version' | 'link' | 'missing';
  readonly name: string;
  /** The installed version, or the locked one if nothing is installed; null if unknown. */
  readonly version: string | null;
  /** Relative to the root, with `/`; null if unknown. */
  readonly path: string | null;
  /** The locked versions of the name. */
  readonly locked: readonly string[];
  /** For an altered one, the changed files in order, relative to its folder. */
  readonly files: readonly string[];
}

/** The result of comparing an install with the lockfile. */
export interface InstallState {
  /** The text of the lockfile that it was compared with: another one has to be compared again. */
  readonly lockText: string;
  /** The compared record, if it was not node_modules itself. */
  readonly record: string | undefined;
  /** Whether there is anything to compare. */
  readonly isInstalled: boolean;
  readonly differences: readonly InstallDifference[];
  /** Names of packages whose files were not compared, because no archive of them is at hand. */
  readonly uncompared: readonly string[];
  /** Names of packages whose files were not compared, because the project patches them. */
  readonly patched: readonly string[];
  /** Why something could not be read, as clauses. */
  readonly gaps: readonly string[];
}
