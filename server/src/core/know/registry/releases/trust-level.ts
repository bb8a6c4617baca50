import type { PackumentVersion } from '../documents/packument.ts';
import { isTrustedPublish } from '../documents/publisher.ts';

/**
 * How strongly a version is attested, as ranked by pnpm. approved: somebody else approved the staged release; trusted:
 * a CI service trusted by the package published it, with provenance; provenance: it states where it was built; none:
 * anyone with the account's token could have published it.
 */
export type TrustLevel = 'none' | 'provenance' | 'trusted' | 'approved';

const RANKS: Readonly<Record<TrustLevel, number>> = { none: 0, provenance: 1, trusted: 2, approved: 3 };

/** Returns the trust level of a version; undefined if the registry omits the data. */
export function trustLevel(version: PackumentVersion): TrustLevel | undefined {
  // A registry that provides nothing on the file provides nothing on its attestations either.
  if (version.tarball === undefined) return undefined;
  const isAttested = version.attestations !== undefined;
  if (version.publishedBy === undefined) return isAttested ? undefined : 'none';
  if (version.approvedBy !== undefined) return 'approved';
  if (!isAttested) return 'none';
  return isTrustedPublish(version) ? 'trusted' : 'provenance';
}

export function trustRank(level: TrustLevel): number {
  return RANKS[level];
}
