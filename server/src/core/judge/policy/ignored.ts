import type { Ignore, Policy } from '../../read/policy-file/policy.ts';
import type { FoundAdvisory } from '../../read/text/finding.ts';
import { compileGlob, type Glob } from '../../read/text/paths/glob.ts';

/** What ignore entries are matched against. */
export interface Ignorable {
  readonly rule: string;
  readonly package?: string | undefined;
  readonly version?: string | undefined;
  /** Relative to the folder that the globs of the configuration file are relative to, with `/`. */
  readonly path: string;
  /** For findings about advisories: each must be accepted separately, matched by its own package. */
  readonly advisories?: readonly FoundAdvisory[];
}

/** Findings about malicious or swapped code: accepted only for one exact version. */
export const NEED_VERSION: ReadonlySet<string> = new Set([
  'malicious-version',
  'lockfile-entry-mismatch',
  'lockfile-integrity-mismatch',
]);

/**
 * Checks whether the project accepts the finding today (`YYYY-MM-DD`). Entries that have expired, or lack a reason or
 * an expiry date, accept nothing. Every member of an entry must match; `path` is a glob.
 */
export function isIgnored(policy: Policy, finding: Ignorable, today: string): boolean {
  return reasonsOf(policy, finding, today) !== undefined;
}

/** Returns the reasons of the entries by which `isIgnored` accepts a finding; undefined if it does not. */
export function reasonsOf(policy: Policy, finding: Ignorable, today: string): readonly string[] | undefined {
  const { rule, path, advisories = [] } = finding;
  const entries =
    advisories.length === 0
      ? [entryFor(policy, finding, undefined, today)]
      : advisories.map((each) => entryFor(policy, { ...each, rule, path }, each.ids, today));
  if (entries.includes(undefined)) return undefined;
  return [...new Set(entries.flatMap((entry) => entry?.reason ?? []))];
}

/** Checks the same for one advisory of a finding. */
export function isAccepted(
  policy: Policy,
  advisory: FoundAdvisory & Pick<Ignorable, 'rule' | 'path'>,
  today: string,
): boolean {
  return acceptingEntry(policy, advisory, today) !== undefined;
}

/** Returns the entry by which the project accepts one advisory of a finding. */
export function acceptingEntry(
  policy: Policy,
  advisory: FoundAdvisory & Pick<Ignorable, 'rule' | 'path'>,
  today: string,
): Ignore | undefined {
  return entryFor(policy, advisory, advisory.ids, today);
}

/** Checks whether the entry has a reason and has not expired. */
export function isInForce(ignore: Ignore, today: string): boolean {
  return ignore.reason !== undefined && ignore.expires !== undefined && today <= ignore.expires;
}

/** Checks whether advisory ids include one, ignoring case, as GitHub's ids are written in either. */
export function hasId(ids: readonly string[], id: string): boolean {
  const wanted = id.toLowerCase();
  return ids.some((each) => each.toLowerCase() === wanted);
}

function entryFor(
  { ignores }: Policy,
  finding: Ignorable,
  ids: readonly string[] | undefined,
  today: string,
): Ignore | undefined {
  return ignores.find((ignore) => fits(ignore, finding, ids) && isInForce(ignore, today));
}

function fits(ignore: Ignore, finding: Ignorable, ids: readonly string[] | undefined): boolean {
  if (ignore.rule !== finding.rule) return false;
  if (ignore.package !== undefined && ignore.package !== finding.package) return false;
  if (ignore.version !== undefined && ignore.version !== finding.version) return false;
  if (ignore.version === undefined && NEED_VERSION.has(ignore.rule)) return false;
  if (ignore.id !== undefined && !hasId(ids ?? [], ignore.id)) return false;
  return ignore.path === undefined || matchesPath(ignore.path, finding.path);
}

const globs = new Map<string, Glob | undefined>();

/** Matches a path against an entry's glob, compiled once because every finding is matched. An invalid glob matches nothing. */
export function matchesPath(text: string, path: string): boolean {
  if (!globs.has(text)) {
    if (globs.size > 1000) globs.clear();
    globs.set(text, compileGlob(text.replace(/^\.?\//, ''), { dot: true }));
  }
  return globs.get(text)?.matches(path) ?? false;
}
