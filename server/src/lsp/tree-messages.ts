/** The result of `listDependencies`. Loaded projects only, in the order of their paths. */
export interface DependencyTree {
  readonly projects: readonly TreeProject[];
}

export interface TreeProject {
  /** Identifies the project in later results too. */
  readonly uri: string;
  readonly label: string;
  /** Without empty ones, worst first. */
  readonly groups: readonly TreeGroup[];
}

export type TreeGroupType =
  | 'malware'
  | 'vulnerable'
  | 'scripts'
  | 'other'
  | 'updates'
  | 'ignored'
  | 'notChecked';

export interface TreeGroup {
  readonly type: TreeGroupType;
  readonly entries: readonly TreeEntry[];
}

export interface TreeEntry {
  readonly label: string;
  readonly description: string;
  readonly tooltip: string;
  /** Set for findings. */
  readonly severity?: 'error' | 'warning' | 'information' | 'hint';
  /** Where it is, the place to act first. Empty for what has no place in a file. */
  readonly places: readonly TreePlace[];
  /** The package that it is about, by name. */
  readonly package?: string;
  readonly version?: string;
  /** The folder of the workspace member whose manifest it is in; undefined for what is in the lockfile alone. */
  readonly member?: string;
  /** The declaration in that manifest. */
  readonly manifest?: TreePlace;
  /** The entry in the lockfile. */
  readonly locked?: TreePlace;
  /** Set for an entry of `ignores` that is in a configuration file of the project. */
  readonly ignored?: RemovedIgnore;
}

/** A position as in the protocol, with its path and line for display. */
export interface TreePlace {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
  readonly label: string;
}

/** An entry of `ignores`, as the argument of `removeIgnore`. */
export interface RemovedIgnore {
  /** The configuration file that has it. */
  readonly uri: string;
  /** Its members, by the keys of dependency-hygiene.json. */
  readonly entry: Readonly<Record<string, string>>;
}
