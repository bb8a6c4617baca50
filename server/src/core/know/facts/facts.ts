import type { AttestationVerdict } from '../proof/judge-attestation.ts';
import type { SignatureVerdict } from '../proof/judge-signatures.ts';
import type { Attestation } from '../registry/documents/attestations-kind.ts';
import type { Downloads } from '../registry/documents/downloads-kind.ts';
import type { Fact, Unavailable } from '../registry/documents/fact.ts';
import type { RegistryKeys } from '../registry/documents/keys-kind.ts';
import type { Packument, PackumentVersion } from '../registry/documents/packument.ts';

/** The facts from registries, as known now. A lookup never starts a request; see `Rule.facts`. */
export interface Facts {
  /** Why no registry may be queried; undefined if one may. If set, it is the result of every lookup. */
  readonly unreachable?: Unavailable | undefined;
  packument(name: string): Fact<Packument>;
  /** Returns one version with its proof, which packuments keep for some versions only. */
  version(name: string, version: string): Fact<PackumentVersion>;
  /** Returns the downloads of a package, for the public registry only. */
  downloads(name: string): Fact<Downloads>;
  /** Returns the keys of the registry that serves the package; `absent` if it does not sign. */
  keys(name: string): Fact<RegistryKeys>;
  attestations(name: string, version: string): Fact<readonly Attestation[]>;
  /** Returns the verdict on the registry's signatures of a version; `absent` if the registry does not sign. */
  signature(name: string, version: string): Fact<SignatureVerdict>;
  /** Returns the verdicts on a version's attestations; `absent` if it has none. */
  provenance(name: string, version: string): Fact<readonly AttestationVerdict[]>;
}

/** Facts that a rule needs before its result counts as final. None of them ever makes a check wait. */
export type FactKind = Exclude<keyof Facts, 'unreachable'>;

/** A single lookup. */
export interface FactRequest {
  readonly kind: FactKind;
  readonly name: string;
  /** For kinds that concern a version. */
  readonly version: string | undefined;
}

export function factKey({ kind, name, version }: FactRequest): string {
  return version === undefined ? `${kind} ${name}` : `${kind} ${name} ${version}`;
}

export function lookUp(facts: Facts, { kind, name, version = '' }: FactRequest): Fact<unknown> {
  return facts[kind](name, version);
}

/** Wraps facts so that each lookup goes through `see`, which returns the present or an earlier result of `look`. */
export function watchedFacts(
  facts: Facts,
  see: <T>(request: FactRequest, look: () => Fact<T>) => Fact<T>,
): Facts {
  if (facts.unreachable !== undefined) return facts;
  const ofName = (kind: FactKind, name: string): FactRequest => ({ kind, name, version: undefined });
  return {
    packument: (name) => see(ofName('packument', name), () => facts.packument(name)),
    downloads: (name) => see(ofName('downloads', name), () => facts.downloads(name)),
    keys: (name) => see(ofName('keys', name), () => facts.keys(name)),
    version: (name, version) => see({ kind: 'version', name, version }, () => facts.version(name, version)),
    attestations: (name, version) =>
      see({ kind: 'attestations', name, version }, () => facts.attestations(name, version)),
    signature: (name, version) =>
      see({ kind: 'signature', name, version }, () => facts.signature(name, version)),
    provenance: (name, version) =>
      see({ kind: 'provenance', name, version }, () => facts.provenance(name, version)),
  };
}

/** Returns facts for when no registry may be queried: none, each for the same reason. */
export function unreachableFacts(unreachable: Unavailable, onLook?: (name: string) => void): Facts {
  const fact: Fact<never> = { state: 'unavailable', ...unreachable };
  const look = (name: string) => {
    onLook?.(name);
    return fact;
  };
  return {
    unreachable,
    packument: look,
    downloads: look,
    keys: look,
    version: look,
    attestations: look,
    signature: look,
    provenance: look,
  };
}
