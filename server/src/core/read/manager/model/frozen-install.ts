/** How an install of what the manifests declare keeps to the lockfile. */
export interface FrozenInstall {
  /** The words that begin such an install; the empty one for the program alone. */
  readonly words: ReadonlySet<string>;
  /** What takes the place of that word; undefined if an option is enough. */
  readonly word: string | undefined;
  /** The option that keeps the lockfile as it is. */
  readonly option: string | undefined;
  /** Whether that is the default where the variable `CI` is set, as in all CI systems; undefined if unknown. */
  readonly isDefaultInCi: boolean | undefined;
  /** Options that turn it off. */
  readonly unfreezing: ReadonlySet<string>;
  /** Options with which nothing is installed. */
  readonly onlyWriting: ReadonlySet<string>;
  /** Deprecated options, and what takes their place. */
  readonly deprecated: ReadonlyMap<string, string>;
}
