import type { PackumentVersion } from '../documents/packument.ts';
import { isTrustedPublish } from '../documents/publisher.ts';

/**
 * How much stands behind a version, as pnpm ranks it. approved: somebody else approved what was staged; trusted: a CI
 * service published it that the package trusts, with provenance; provenance: it says where it was built; none: whoever
 * had the account's token could have published it.
 */
export type TrustLevel = 'none' | 'provenance' | 'trusted' | 'approved';

const RANKS: Readonly<Record<TrustLevel, number>> = { none: 0, provenance: 1, trusted: 2, approved: 3 };

/** Undefined where the registry leaves out what tells. */
export function trustLevel(version: PackumentVersion): TrustLevel | undefined {
  // A registry that says nothing of the file says nothing of its attestations either.
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
