import semver from 'semver';
import type { Advisory, Affected } from '../advisory/advisory.ts';
import { type NpmRange, npmRange } from '../advisory/osv/npm-range.ts';

/** One statement that versions of a package are bad. */
export interface BadClaim {
  readonly ids: readonly string[];
  /** The versions as one range, for people. */
  readonly range: string;
  /** The versions one by one; undefined if there are ranges among them. */
  readonly versions: readonly string[] | undefined;
  /** The day of the report, and when a registry had the versions, as far as the source has them. */
  readonly reported: string | undefined;
  readonly published: string | undefined;
  readonly removed: string | undefined;
  affects(version: string): Affected;
  /** What an affected version is. */
  kind(version: string): BadKind;
}

/** unknown: the user named the versions, and no advisory on this machine affects them. */
export type BadKind = 'malware' | 'vulnerability' | 'unknown';

/** The versions that an incident is about. */
export interface BadVersions {
  /** As the user named it. */
  readonly label: string;
  readonly claims: ReadonlyMap<string, readonly BadClaim[]>;
  /** What of the source could not be read: clauses. The answer is incomplete then. */
  readonly unread: readonly string[];
}

/** What a source says of one package. */
export interface ListedVersions {
  readonly name: string;
  /** Versions and ranges, each of which `isVersionRange`. */
  readonly versions: readonly string[];
  readonly ids: readonly string[];
  readonly reported: string | undefined;
  readonly published: string | undefined;
  readonly removed: string | undefined;
}

/** Checks whether a text is a version or range that npm understands. */
export function isVersionRange(text: string): boolean {
  if (semver.valid(text, { loose: true }) !== null) return true;
  return text !== '' && npmRange(text).affects('0.0.0') !== 'unknown';
}

/** Returns the claim of an advisory or a report of malware. */
export function claimOfAdvisory(advisory: Advisory): BadClaim {
  return {
    ids: [advisory.id, ...advisory.aliases],
    range: advisory.range,
    versions: advisory.isUnbounded ? undefined : exactVersions(advisory.range.split('||')),
    reported: advisory.published,
    published: undefined,
    removed: undefined,
    affects: (version) => advisory.affects(version),
    kind: () => (advisory.isMalware ? 'malware' : 'vulnerability'),
  };
}

/** Returns the claim of a row of a list, which lists malware unless the caller knows better. */
export function claimOfRow(
  { versions, ...row }: ListedVersions,
  kind: BadClaim['kind'] = () => 'malware',
): BadClaim {
  const exact = new Set<string>();
  const ranges: NpmRange[] = [];
  for (const text of versions) {
    const version = semver.valid(text, { loose: true });
    if (version === null) ranges.push(npmRange(text));
    else exact.add(version);
  }
  return {
    ids: row.ids,
    range: versions.join(' || '),
    versions: exactVersions(versions),
    reported: row.reported,
    published: row.published,
    removed: row.removed,
    affects(text) {
      const version = semver.valid(text, { loose: true });
      if (version === null) return versions.includes(text) ? 'yes' : 'unknown';
      if (exact.has(version)) return 'yes';
      return ranges.some((range) => range.affects(version) === 'yes') ? 'yes' : 'no';
    },
    kind,
  };
}

/** Returns the versions, without a leading `v`; undefined if one is a range. */
function exactVersions(texts: readonly string[]): readonly string[] | undefined {
  const versions = texts.map((text) => semver.valid(text, { loose: true }));
  return versions.every((version) => version !== null) ? versions : undefined;
}

/** Collects claims by package. */
export function collectClaims(
  found: Iterable<readonly [name: string, claim: BadClaim]>,
): ReadonlyMap<string, readonly BadClaim[]> {
  const claims = new Map<string, BadClaim[]>();
  for (const [name, claim] of found) {
    const known = claims.get(name);
    if (known === undefined) claims.set(name, [claim]);
    else known.push(claim);
  }
  return claims;
}

/** Returns the claims that affect a version. */
export function claimsOn({ claims }: BadVersions, name: string, version: string): readonly BadClaim[] {
  return (claims.get(name) ?? []).filter((claim) => claim.affects(version) === 'yes');
}
