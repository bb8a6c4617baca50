import semver from 'semver';
import type { AllowTerm, DenyTerm } from '../../../read/policy-file/terms.ts';
import { satisfies } from '../../../read/text/satisfies.ts';
import { isPermitted, type LicenseExpression, parseLicense } from './license-expression.ts';
import { matchesAnyIgnoringCase, matchesPattern } from './text-pattern.ts';

/** A dependency as terms see it. What is undefined is unknown; a function is called only if a term asks. */
export interface TermSubject {
  readonly name: string;
  readonly version: string | undefined;
  /** The declared range, for a dependency without a known version. */
  readonly range: string | undefined;
  readonly host: string | undefined;
  /** An empty one is known not to be stated. */
  license(): string | undefined;
  /** Checks whether only development dependencies install it. */
  isDevelopment(): boolean;
  publisher(): string | undefined;
}

/** Whether terms forbid a dependency; unknown if a fact is missing that decides. */
export type Denial =
  | { readonly type: 'allowed' | 'unknown' }
  | {
      readonly type: 'denied';
      readonly term: DenyTerm;
      /** The condition that names the least obvious property, with the dependency's value. */
      readonly because: 'name' | 'license' | 'host' | 'publisher';
      readonly value: string;
    };

type Verdict = 'yes' | 'no' | 'unknown';

/** Applies `deny` and its exceptions to a dependency. The first entry that denies it decides. */
export function denialOf(
  subject: TermSubject,
  deny: readonly DenyTerm[],
  allow: readonly AllowTerm[],
): Denial {
  let isUnknown = false;
  for (const term of deny) {
    const verdict = verdictOf(subject, term, term.exceptions ?? allow);
    if (verdict === 'yes') return { type: 'denied', term, ...causeOf(subject, term) };
    isUnknown ||= verdict === 'unknown';
  }
  return { type: isUnknown ? 'unknown' : 'allowed' };
}

function verdictOf(subject: TermSubject, term: DenyTerm, allow: readonly AllowTerm[]): Verdict {
  let verdict = plainVerdict(subject, term, true);
  if (verdict === 'no' || (term.scope === 'production' && subject.isDevelopment())) return 'no';
  const licensed: AllowTerm[] = [];
  for (const exception of allow) {
    if (!concerns(exception, term)) continue;
    const applies = plainVerdict(subject, exception, false);
    if (applies === 'no') continue;
    if (exception.license !== undefined) {
      // An exception that may apply counts as one: silence beats a doubtful finding.
      licensed.push(exception);
    } else if (applies === 'yes') return 'no';
    else verdict = 'unknown';
  }
  if (term.license === undefined && licensed.length === 0) return verdict;
  const license = subject.license();
  const expression = license === undefined ? undefined : parseLicense(license);
  // A policy may take what is stated, but is no expression, or is not stated for certain, for a reason.
  if (expression === undefined)
    return license !== undefined && term.unknownLicense === true && term.license !== undefined
      ? verdict
      : 'unknown';
  return isDeniedLicense(expression, term, licensed) ? verdict : 'no';
}

/** An entry without licenses denies each; one of its exceptions is for a choice that the expression offers. */
function isDeniedLicense(
  expression: LicenseExpression,
  { license: denied = ['*'] }: DenyTerm,
  exceptions: readonly AllowTerm[],
): boolean {
  return !isPermitted(
    expression,
    (names) =>
      !matchesAny(denied, names) || exceptions.some(({ license = [] }) => matchesAny(license, names)),
  );
}

function matchesAny(patterns: readonly string[], names: readonly string[]): boolean {
  return names.some((name) => matchesAnyIgnoringCase(patterns, name));
}

/** Without a name, an exception is about the properties that it restricts: a license does not exempt a denied name. */
function concerns(exception: AllowTerm, term: DenyTerm): boolean {
  if (exception.name !== undefined) return true;
  if (term.name !== undefined) return false;
  return (['license', 'host', 'publisher'] as const).some(
    (key) => exception[key] !== undefined && term[key] !== undefined,
  );
}

/** Judges all conditions but the license. */
function plainVerdict(subject: TermSubject, term: DenyTerm | AllowTerm, isDenial: boolean): Verdict {
  const { name, range, host, publisher } = term;
  if (name !== undefined && !name.some((pattern) => matchesPattern(pattern, subject.name))) return 'no';
  const verdicts: Verdict[] = [];
  if (range !== undefined) verdicts.push(rangeVerdict(subject, range, isDenial));
  if (host !== undefined) verdicts.push(textVerdict(host, subject.host));
  if (verdicts.includes('no')) return 'no';
  if (publisher !== undefined) verdicts.push(textVerdict(publisher, subject.publisher()));
  if (verdicts.includes('no')) return 'no';
  return verdicts.includes('unknown') ? 'unknown' : 'yes';
}

function textVerdict(patterns: readonly string[], text: string | undefined): Verdict {
  if (text === undefined) return 'unknown';
  return matchesAnyIgnoringCase(patterns, text) ? 'yes' : 'no';
}

/**
 * A declared range meets a condition if each of its versions does. A denied range includes its prereleases, as nobody
 * lists these.
 */
function rangeVerdict({ version, range }: TermSubject, wanted: string, isDenial: boolean): Verdict {
  if (version !== undefined)
    return satisfies(version, wanted, { includePrerelease: isDenial }) ? 'yes' : 'no';
  if (range === undefined || semver.validRange(range) === null) return 'unknown';
  if (semver.subset(range, wanted)) return 'yes';
  return semver.intersects(range, wanted) ? 'unknown' : 'no';
}

function causeOf(
  subject: TermSubject,
  term: DenyTerm,
): { readonly because: 'name' | 'license' | 'host' | 'publisher'; readonly value: string } {
  if (term.license !== undefined) return { because: 'license', value: subject.license() ?? '' };
  if (term.publisher !== undefined) return { because: 'publisher', value: subject.publisher() ?? '' };
  if (term.host !== undefined) return { because: 'host', value: subject.host ?? '' };
  return { because: 'name', value: subject.name };
}
