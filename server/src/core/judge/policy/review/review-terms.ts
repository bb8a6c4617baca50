import semver from 'semver';
import type { Policy } from '../../../read/policy-file/policy.ts';
import type { PolicyLoosening } from '../../../read/policy-file/policy-loosening.ts';
import { CONDITION_KEYS } from '../../../read/policy-file/term-members.ts';
import type { AllowTerm, DenyTerm } from '../../../read/policy-file/terms.ts';
import { matchesPattern } from '../terms/text-pattern.ts';

export interface ReviewedTerms {
  readonly deny: readonly DenyTerm[];
  readonly allow: readonly AllowTerm[];
  readonly loosenings: readonly PolicyLoosening[];
}

/**
 * Returns the terms in effect: whatever either policy denies, and the exceptions that the first has. Another reason or
 * contact is no change.
 */
export function reviewTerms(before: Policy, after: Policy): ReviewedTerms {
  const removed = before.deny.filter((old) => !after.deny.some((term) => covers(term, old)));
  const added = after.allow.filter((term) => !before.allow.some((old) => covers(old, term)));
  if (removed.length === 0 && added.length === 0)
    return { deny: after.deny, allow: after.allow, loosenings: [] };
  const isSameFile = before.uri === after.uri;
  return {
    // An earlier text of the file has other places.
    deny: [...after.deny, ...removed.map((term) => (isSameFile ? { ...term, uri: undefined } : term))],
    allow: after.allow.filter((term) => !added.includes(term)),
    loosenings: [
      ...removed.map((term): PolicyLoosening => {
        const change = { key: 'deny', value: 'removed', before: describeTerm(term), span: undefined };
        return { ...change, severity: 'warning', counts: false };
      }),
      ...added.map((term): PolicyLoosening => {
        const change = { key: 'allow', value: describeTerm(term), before: undefined, span: term.keySpan };
        return { ...change, severity: 'warning', counts: false };
      }),
    ],
  };
}

/** Formats the conditions of an entry: `request <2.0.0`, `license AGPL-*`. */
export function describeTerm(term: DenyTerm | AllowTerm): string {
  const { name, range, license, host, publisher } = term;
  return [
    ...(name ?? []),
    ...(range === undefined ? [] : [range]),
    ...[
      license && `license ${[...license, ...(deniesUnknown(term) ? ['unknown'] : [])].join(', ')}`,
      host && `host ${host.join(', ')}`,
    ],
    publisher && `publisher ${publisher.join(', ')}`,
    scopeOf(term) === 'production' ? 'in production' : undefined,
  ]
    .filter((part) => part !== undefined)
    .join(' ');
}

/** Checks whether one entry certainly matches whatever another does. */
function covers(broad: DenyTerm | AllowTerm, narrow: DenyTerm | AllowTerm): boolean {
  if (scopeOf(broad) === 'production' && scopeOf(narrow) !== 'production') return false;
  if (deniesUnknown(narrow) && !deniesUnknown(broad)) return false;
  return CONDITION_KEYS.every((key) => {
    if (broad[key] === undefined) return true;
    if (key === 'range') return narrow.range !== undefined && isWithin(narrow.range, broad.range!);
    const patterns = broad[key];
    // A pattern that matches another one as a text matches whatever that does.
    return narrow[key]?.every((text) => patterns.some((pattern) => matchesPattern(pattern, text))) === true;
  });
}

function scopeOf(term: DenyTerm | AllowTerm): DenyTerm['scope'] {
  return 'scope' in term ? term.scope : undefined;
}

function deniesUnknown(term: DenyTerm | AllowTerm): boolean {
  return 'unknownLicense' in term && term.unknownLicense === true;
}

function isWithin(range: string, other: string): boolean {
  return range === other || semver.subset(range, other, { includePrerelease: true });
}
