import type { Ignore, Policy } from '../../read/policy-file/policy.ts';
import type { FoundAdvisory } from '../../read/text/finding.ts';
import { compileGlob, type Glob } from '../../read/text/paths/glob.ts';

/** What an ignore entry looks at. */
export interface Ignorable {
  readonly rule: string;
  readonly package?: string | undefined;
  readonly version?: string | undefined;
  /** Relative to the folder that the configuration file's globs are relative to, with `/`. */
  readonly path: string;
  /** Of a finding about advisories: each has to be accepted by itself, and the package of each is the one that counts. */
  readonly advisories?: readonly FoundAdvisory[];
}

/** Findings that say the code itself is bad or swapped: accepted only for one exact version. */
export const NEED_VERSION: ReadonlySet<string> = new Set([
  'malicious-version',
  'lockfile-entry-mismatch',
  'lockfile-integrity-mismatch',
]);

/**
 * Whether the project accepts the finding today (`YYYY-MM-DD`). Entries that have expired, or give no reason or no
 * day, accept nothing. Every member that an entry has must fit; `path` is a glob.
 */
export function isIgnored(policy: Policy, finding: Ignorable, today: string): boolean {
  const { rule, path, advisories } = finding;
  if (advisories === undefined || advisories.length === 0) return accepts(policy, finding, undefined, today);
  return advisories.every((advisory) => isAccepted(policy, { ...advisory, rule, path }, today));
}

/** The same for one of the advisories that a finding is about. */
export function isAccepted(
  policy: Policy,
  advisory: FoundAdvisory & Pick<Ignorable, 'rule' | 'path'>,
  today: string,
): boolean {
  return accepts(policy, advisory, advisory.ids, today);
}

/** Whether the entry has a reason and its last day is not over. */
export function isInForce(ignore: Ignore, today: string): boolean {
  return ignore.reason !== undefined && ignore.expires !== undefined && today <= ignore.expires;
}

/** Whether ids of advisories hold one: as GitHub's are written in either case, the case does not count. */
export function hasId(ids: readonly string[], id: string): boolean {
  const wanted = id.toLowerCase();
  return ids.some((each) => each.toLowerCase() === wanted);
}

function accepts(
  { ignores }: Policy,
  finding: Ignorable,
  ids: readonly string[] | undefined,
  today: string,
): boolean {
  return ignores.some((ignore) => fits(ignore, finding, ids) && isInForce(ignore, today));
}

function fits(ignore: Ignore, finding: Ignorable, ids: readonly string[] | undefined): boolean {
  if (ignore.rule !== finding.rule) return false;
  if (ignore.package !== undefined && ignore.package !== finding.package) return false;
  if (ignore.version !== undefined && ignore.version !== finding.version) return false;
  if (ignore.version === undefined && NEED_VERSION.has(ignore.rule)) return false;
  if (ignore.id !== undefined && !hasId(ids ?? [], ignore.id)) return false;
  return ignore.path === undefined || matchesGlob(ignore.path, finding.path);
}

const globs = new Map<string, Glob | undefined>();

/** Compiled once a glob, as each is asked for every finding. One that cannot be understood accepts nothing. */
function matchesGlob(text: string, path: string): boolean {
  if (!globs.has(text)) {
    if (globs.size > 1000) globs.clear();
    globs.set(text, compileGlob(text.replace(/^\.?\//, ''), { dot: true }));
  }
  return globs.get(text)?.matches(path) ?? false;
}
