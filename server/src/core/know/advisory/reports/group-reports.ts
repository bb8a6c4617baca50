import type { Advisory } from '../advisory.ts';
import type { AdvisoryLayer } from '../advisory-layer.ts';
import { npmRange } from '../osv/npm-range.ts';
import { namesNoOther } from './split-reports.ts';

/** An advisory with its source. */
export interface LayeredAdvisory {
  readonly advisory: Advisory;
  readonly layer: AdvisoryLayer;
}

/**
 * Groups advisories on the same thing: by ids and aliases, and by what substitutes for a shared id. Advisories that
 * only mention each other, like GitHub's with related ones, stay separate.
 */
export function groupReports(all: readonly LayeredAdvisory[]): readonly (readonly LayeredAdvisory[])[] {
  const groups: LayeredAdvisory[][] = [];
  for (const each of all) {
    const [first, ...others] = groups.filter((group) => group.some((other) => isSame(other, each)));
    if (first === undefined) {
      groups.push([each]);
      continue;
    }
    first.push(each);
    for (const other of others) {
      first.push(...other);
      groups.splice(groups.indexOf(other), 1);
    }
  }
  return groups;
}

function isSame(a: LayeredAdvisory, b: LayeredAdvisory): boolean {
  const ids = new Set(idsOf(a.advisory));
  if (idsOf(b.advisory).some((id) => ids.has(id))) return !areApart(a.advisory, b.advisory);
  if (a.layer === b.layer) return false;
  if (isOneAttack(a.advisory, b.advisory)) return true;
  return isNamedApart(a.advisory, b.advisory) && isAlike(a.advisory, b.advisory);
}

/** Checks for two records of a vulnerability with ids and ranges of their own that share an alias. */
function areApart(a: Advisory, b: Advisory): boolean {
  if (a.isMalware || b.isMalware || a.id === b.id || a.range === b.range) return false;
  if (![a, b].every(({ id }) => /^(?:GHSA|CVE)-/i.test(id))) return false;
  return !namesNoOther([...idsOf(a), ...idsOf(b)]);
}

/** One source lists the hijacked versions, and the other claims all of them, under another id. */
function isOneAttack(a: Advisory, b: Advisory): boolean {
  const isEverything = ({ range }: Advisory) => npmRange(range).isEverything;
  return a.isMalware && b.isMalware && isEverything(a) !== isEverything(b);
}

/** Numbers are specific to a registry. */
function idsOf({ id, aliases }: Advisory): readonly string[] {
  return [id, ...aliases].filter((each) => !/^\d+$/.test(each)).map((each) => each.toUpperCase());
}

/** Registries know no CVE, and some records nothing else: equal ones then share no id. */
function isNamedApart(a: Advisory, b: Advisory): boolean {
  const [ofA, ofB] = [kindsOf(a), kindsOf(b)];
  const isPair = (one: Kinds, other: Kinds) => one.ghsa && !one.cve && other.cve && !other.ghsa;
  return isPair(ofA, ofB) || isPair(ofB, ofA);
}

interface Kinds {
  readonly ghsa: boolean;
  readonly cve: boolean;
}

function kindsOf(advisory: Advisory): Kinds {
  const ids = idsOf(advisory);
  return { ghsa: ids.some((id) => id.startsWith('GHSA-')), cve: ids.some((id) => id.startsWith('CVE-')) };
}

/** Checks whether the versions of one report are all included in the other, with the same weakness or severity. */
function isAlike(a: Advisory, b: Advisory): boolean {
  const sameWeakness = a.cwes.length > 0 && a.cwes.toSorted().join() === b.cwes.toSorted().join();
  const sameScore = a.score !== undefined && a.score === b.score && a.severity === b.severity;
  if (!sameWeakness && !sameScore) return false;
  const [ofA, ofB] = [npmRange(a.range).parts, npmRange(b.range).parts];
  if (ofA.length === 0 || ofB.length === 0) return false;
  const isWithin = (parts: readonly string[], all: readonly string[]) =>
    parts.every((part) => all.includes(part));
  return isWithin(ofA, ofB) || isWithin(ofB, ofA);
}
