import type { Located } from '../../text/span.ts';
import type { EntryHash } from './entry-hash.ts';
import type { InstalledSource } from './installed-source.ts';

/** A change that a package manager makes to a package after unpacking it. */
export interface InstalledPatch {
  /** The file of the patch, or the name of a built-in one of the package manager; as written. */
  readonly path: string | undefined;
  /** As recorded in the lockfile. */
  readonly hash: string | undefined;
  readonly text: Located<string>;
}

/**
 * What an entry records of its installation beside the members of `LockEntry`. An undefined member is not recorded by
 * the format.
 */
export interface EntryDetails {
  readonly source: InstalledSource;
  /** Targets by the name of the command; pnpm records only whether there are any, as "". */
  readonly bin: ReadonlyMap<string, string> | undefined;
  readonly engines: ReadonlyMap<string, string> | undefined;
  readonly patches: readonly InstalledPatch[];
  /** Names of packages bundled in its tarball. */
  readonly bundles: readonly string[];
  /** Whether the tarball itself decides what is installed inside of the package. */
  readonly hasShrinkwrap: boolean;
  /** Members of the entry that its package manager does not write but may still read: `name value`. */
  readonly others: readonly string[];
  /** Hashes beside `integrity` and `checksum`: those of pnpm's archives for kinds of machines. */
  readonly moreHashes: readonly EntryHash[];
}

/** The details of a format that records none of this. */
export const NO_DETAILS: Omit<EntryDetails, 'source'> = {
  bin: undefined,
  engines: undefined,
  patches: [],
  bundles: [],
  hasShrinkwrap: false,
  others: [],
  moreHashes: [],
};
