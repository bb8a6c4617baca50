import type { Finding } from '../core/finding.ts';
import type { Manifest } from '../core/manifest/manifest.ts';
import type { Fact, UnavailableReason } from '../core/registry/fact.ts';
import type { FactRequest } from '../core/rules/facts.ts';

/** A look-up, with what was known then. */
export interface AskedFact {
  readonly request: FactRequest;
  readonly fact: Fact<unknown>;
}

/** What a rule did not get to know. */
export interface Missing {
  readonly rule: string;
  readonly reason: UnavailableReason;
  /** Of the package. */
  readonly name: string;
}

/** What is not known, or not for certain any more. */
export interface Unsure {
  readonly facts: readonly AskedFact[];
  readonly missing: readonly Missing[];
}

/** All but what is known to be true now. */
function isUnsure(fact: Fact<unknown>): boolean {
  return !(fact.state === 'absent' || (fact.state === 'ready' && !fact.stale));
}

/**
 * What a run asked for and did not get to know, by the dependency of the manifest for which it was asked: that matters as
 * long as the dependency stands there. Undefined where it cannot be told for which of them something was asked.
 * @param looked the dependencies that the run looked at
 * @param found what the run found: a dependency may bring what advisories affect, and stands for that
 */
export function unsureDependencies(
  looked: Pick<Manifest, 'dependencies'>,
  asked: { readonly facts: Iterable<AskedFact>; readonly missing: readonly Missing[] },
  found: readonly Finding[],
): ReadonlyMap<string, Unsure> | undefined {
  const abouts = new Map<string, { facts: AskedFact[]; missing: Missing[] }>();
  const of = (name: string) => {
    const known = abouts.get(name);
    const about = known ?? { facts: [], missing: [] };
    if (known === undefined) abouts.set(name, about);
    return about;
  };
  for (const each of asked.facts) if (isUnsure(each.fact)) of(each.request.name).facts.push(each);
  for (const each of asked.missing) of(each.name).missing.push(each);
  const unsure = new Map<string, Unsure>();
  if (abouts.size === 0) return unsure;

  const explained = new Set<string>();
  const explain = (dependency: string, name: string) => {
    const about = abouts.get(name);
    if (about === undefined) return;
    explained.add(name);
    const known = unsure.get(dependency);
    if (known === about) return;
    unsure.set(dependency, known === undefined ? about : joined([known, about]));
  };
  for (const { name, target } of looked.dependencies) {
    explain(name, name);
    if (target !== name) explain(name, target);
  }
  for (const { package: name, target, advisories = [] } of found) {
    if (name === undefined) continue;
    if (target !== undefined) explain(name, target);
    for (const advisory of advisories) explain(name, advisory.package);
  }
  return explained.size === abouts.size ? unsure : undefined;
}

/**
 * With these names, those of the dependencies that share with one of them what is not known: it may be asked for by either, so
 * that it shows only when both are looked at whether it still is.
 */
export function withSharers(names: ReadonlySet<string>, unsure: ReadonlyMap<string, Unsure>): Set<string> {
  const all = new Set(names);
  const shared = new Set<object>();
  for (const name of names) for (const each of partsOf(unsure.get(name))) shared.add(each);
  if (shared.size === 0) return all;
  for (const [name, each] of unsure) if (partsOf(each).some((part) => shared.has(part))) all.add(name);
  return all;
}

function partsOf(unsure: Unsure | undefined): readonly object[] {
  return unsure === undefined ? [] : [...unsure.facts, ...unsure.missing];
}

/** All of it, each once. */
export function joined(all: Iterable<Unsure>): Unsure {
  const facts = new Set<AskedFact>();
  const missing = new Set<Missing>();
  for (const each of all) {
    for (const fact of each.facts) facts.add(fact);
    for (const item of each.missing) missing.add(item);
  }
  return { facts: [...facts], missing: [...missing] };
}
