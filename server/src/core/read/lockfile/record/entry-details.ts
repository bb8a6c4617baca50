import type { Located } from '../../text/span.ts';
import type { EntryHash } from './entry-hash.ts';
import type { InstalledSource } from './installed-source.ts';

/** A change that a package manager makes to a package after it has unpacked it. */
export interface InstalledPatch {
  /** The file of the patch, or the name of one that the package manager has itself; as written. */
  readonly path: string | undefined;
  /** As the lockfile has it. */
  readonly hash: string | undefined;
  readonly text: Located<string>;
}

/**
 * What an entry says of its installation beside the members of `LockEntry`. Of a member that is undefined the format keeps
 * nothing.
 */
export interface EntryDetails {
  readonly source: InstalledSource;
  /** Targets by the name of the command; pnpm keeps only whether there are any: "" then. */
  readonly bin: ReadonlyMap<string, string> | undefined;
  readonly engines: ReadonlyMap<string, string> | undefined;
  readonly patches: readonly InstalledPatch[];
  /** Names of packages that its tarball brings along. */
  readonly bundles: readonly string[];
  /** Whether the tarball says itself what is installed inside of the package. */
  readonly hasShrinkwrap: boolean;
  /** What stands in the entry that its package manager does not write and may read all the same: `name value`. */
  readonly others: readonly string[];
  /** Hashes beside `integrity` and `checksum`: those of pnpm's archives for kinds of machines. */
  readonly moreHashes: readonly EntryHash[];
}

/** What a format says that has nothing of all this. */
export const NO_DETAILS: Omit<EntryDetails, 'source'> = {
  bin: undefined,
  engines: undefined,
  patches: [],
  bundles: [],
  hasShrinkwrap: false,
  others: [],
  moreHashes: [],
};
