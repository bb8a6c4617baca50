import type { AttestationVerdict } from '../proof/judge-attestation.ts';
import type { SignatureVerdict } from '../proof/judge-signatures.ts';
import type { Attestation } from '../registry/documents/attestations-kind.ts';
import type { Downloads } from '../registry/documents/downloads-kind.ts';
import type { Fact, Unavailable } from '../registry/documents/fact.ts';
import type { RegistryKeys } from '../registry/documents/keys-kind.ts';
import type { Packument, PackumentVersion } from '../registry/documents/packument.ts';

/** What is known from registries, as of now. A look-up never starts a request; see `Rule.facts`. */
export interface Facts {
  /** Why no registry may be asked for anything, undefined where one may: then this is the answer to every look-up. */
  readonly unreachable?: Unavailable | undefined;
  packument(name: string): Fact<Packument>;
  /** One version with its proof, which packuments keep of some versions only. */
  version(name: string, version: string): Fact<PackumentVersion>;
  /** Of packages of the public registry alone. */
  downloads(name: string): Fact<Downloads>;
  /** The keys of the registry that serves the package; `absent` where it does not sign. */
  keys(name: string): Fact<RegistryKeys>;
  attestations(name: string, version: string): Fact<readonly Attestation[]>;
  /** What became of the registry's signatures of a version; `absent` where the registry does not sign. */
  signature(name: string, version: string): Fact<SignatureVerdict>;
  /** What became of a version's attestations; `absent` where it has none. */
  provenance(name: string, version: string): Fact<readonly AttestationVerdict[]>;
}

/** Facts that a rule wants known before its result counts as final. None of them ever makes a check wait. */
export type FactKind = Exclude<keyof Facts, 'unreachable'>;

/** One look-up. */
export interface FactRequest {
  readonly kind: FactKind;
  readonly name: string;
  /** Of kinds that are about a version. */
  readonly version: string | undefined;
}

export function factKey({ kind, name, version }: FactRequest): string {
  return version === undefined ? `${kind} ${name}` : `${kind} ${name} ${version}`;
}

export function lookUp(facts: Facts, { kind, name, version = '' }: FactRequest): Fact<unknown> {
  return facts[kind](name, version);
}

/** The same facts, each look-up of which goes through `see`, which answers with what `look` gives or gave before. */
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

/** What is known where no registry may be asked: nothing, each time for the same reason. */
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
