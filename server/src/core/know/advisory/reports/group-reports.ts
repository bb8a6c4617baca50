import type { Advisory } from '../advisory.ts';
import type { AdvisoryLayer } from '../advisory-layer.ts';
import { npmRange } from '../osv/npm-range.ts';
import { namesNoOther } from './split-reports.ts';

/** An advisory with the source that tells it. */
export interface LayeredAdvisory {
  readonly advisory: Advisory;
  readonly layer: AdvisoryLayer;
}

/**
 * Puts together what is about the same thing: by ids and aliases, and by what stands in for a shared id. Advisories that only
 * name each other, as GitHub's do with what is near, stay apart.
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

/** Two records of a vulnerability with ids and ranges of their own, which share an alias. */
function areApart(a: Advisory, b: Advisory): boolean {
  if (a.isMalware || b.isMalware || a.id === b.id || a.range === b.range) return false;
  if (![a, b].every(({ id }) => /^(?:GHSA|CVE)-/i.test(id))) return false;
  return !namesNoOther([...idsOf(a), ...idsOf(b)]);
}

/** One source lists the hijacked versions, and the other says all of them, under another id. */
function isOneAttack(a: Advisory, b: Advisory): boolean {
  const isEverything = ({ range }: Advisory) => npmRange(range).isEverything;
  return a.isMalware && b.isMalware && isEverything(a) !== isEverything(b);
}

/** Numbers are a registry's own, and each registry counts for itself. */
function idsOf({ id, aliases }: Advisory): readonly string[] {
  return [id, ...aliases].filter((each) => !/^\d+$/.test(each)).map((each) => each.toUpperCase());
}

/** Registries know no CVE, and some records nothing but that: what they share has no id in common. */
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

/** Versions of one report that are all versions of the other, of the same weakness or the same weight. */
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
