/** The record that a package manager keeps of what it installed. */
export interface InstallRecord {
  /** Relative to the root of the project. */
  readonly path: string;
  /**
   * lockfile: a lockfile of the package manager's own format; locators: `"name@npm:version":` with its locations;
   * specifiers: JSON with the URL of each key of the lockfile.
   */
  readonly form: 'lockfile' | 'locators' | 'specifiers';
}

/** What a package manager leaves in node_modules. */
export interface InstallFacts {
  /** Undefined if it keeps none that names all packages. */
  readonly record: InstallRecord | undefined;
  /** Whether the keys of its lockfile are the paths of the packages. */
  readonly keysArePaths: boolean;
}
