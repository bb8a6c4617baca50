import type { Ignore, Policy } from '../../../read/policy-file/policy.ts';
import type { PolicyLoosening } from '../../../read/policy-file/policy-loosening.ts';
import type { Rule } from '../../check/rule.ts';
import { ADVISORY_RULES } from '../judge-ignore.ts';
import { isGuarding } from './loosening.ts';

export interface ReviewedIgnores {
  readonly ignores: Policy['ignores'];
  readonly loosenings: readonly PolicyLoosening[];
}

/**
 * Returns the ignore entries of a policy that take effect against its base. For rules that guard what is installed
 * these are the entries that accept nothing more, and for no longer, than an entry of the base. An entry that accepts a
 * vulnerability with a reason takes effect, as advisories appear without any change.
 */
export function reviewIgnores(before: Policy, after: Policy, rules: readonly Rule[]): ReviewedIgnores {
  const guarding = new Set(rules.filter(isGuarding).map(({ id }) => id));
  // A path is relative to the file's folder.
  const isSameFile = before.uri === after.uri;
  const known = before.ignores.filter(({ path }) => path === undefined || isSameFile);
  const ignores: Ignore[] = [];
  const loosenings: PolicyLoosening[] = [];
  for (const ignore of after.ignores) {
    const covering = known.filter((old) => coversIgnore(old, ignore));
    const until = lastDay(covering);
    const isKnown = ignore.expires === undefined || (until !== undefined && ignore.expires <= until);
    if (!guarding.has(ignore.rule) || ignore.lacks.length > 0 || isKnown) {
      ignores.push(ignore);
      continue;
    }
    const counts = isOfVulnerability(ignore);
    if (counts) ignores.push(ignore);
    else if (until !== undefined) ignores.push({ ...ignore, expires: until });
    loosenings.push({
      key: 'ignores',
      value: describeIgnore(ignore),
      before: undefined,
      span: ignore.ruleSpan,
      severity: 'information',
      counts,
    });
  }
  return { ignores: loosenings.length === 0 ? after.ignores : ignores, loosenings };
}

/** Checks whether an entry with a reason and a day accepts whatever another one does. */
export function coversIgnore(old: Ignore, { rule, id, package: name, version, path }: Ignore): boolean {
  if (old.rule !== rule || old.reason === undefined || old.expires === undefined) return false;
  const same = (was: string | undefined, is: string | undefined) => was === undefined || was === is;
  return (
    same(old.id?.toLowerCase(), id?.toLowerCase()) &&
    same(old.package, name) &&
    same(old.version, version) &&
    same(old.path, path)
  );
}

function lastDay(ignores: readonly Ignore[]): string | undefined {
  return ignores
    .map(({ expires }) => expires!)
    .sort()
    .at(-1);
}

function isOfVulnerability({ rule, id, package: name }: Ignore): boolean {
  const isKnownBad = rule === 'malicious-version';
  return ADVISORY_RULES.has(rule) && !isKnownBad && (id !== undefined || name !== undefined);
}

/** Formats what an entry accepts. */
export function describeIgnore({ rule, id, package: name, version, path, expires }: Ignore): string {
  const of = [id, name, version, path].filter((text) => text !== undefined);
  return [rule, ...of, ...(expires === undefined ? [] : [`until ${expires}`])].join(' ');
}
