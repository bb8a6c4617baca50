import { parseJson } from './document-kind.ts';
import { asList, asText } from './json-value.ts';
import type { RegistrySignature, VersionProof } from './packument.ts';

const MAX = 1_000_000;

/**
 * Converts proofs for a cache, by the index of their versions: the indexes that have one, and all of them as one text,
 * because they are most of a record and hardly any is ever read.
 */
export function proofsToRecord(proofs: readonly (VersionProof | undefined)[]): readonly unknown[] {
  const kept = proofs.flatMap((proof, at) => (proof === undefined ? [] : [{ at, proof }]));
  const written = kept.map(({ proof: { integrity, shasum, signatures, gitHead } }) => {
    const flat = signatures?.flatMap(({ keyid, sig }) => [keyid, sig]);
    return [integrity ?? null, shasum ?? null, flat ?? null, gitHead ?? null];
  });
  return [kept.map(({ at }) => at), JSON.stringify(written)];
}

/**
 * Returns a lookup of proofs by version index in the output of `proofsToRecord`; a broken one counts as not provided.
 */
export function proofsFrom([places, text]: readonly unknown[]): (at: number) => VersionProof | undefined {
  const indices = new Map(asList(places).map((at, index) => [at, index]));
  let parsed: readonly unknown[] | undefined;
  const written = (index: number) => {
    parsed ??= asList(typeof text === 'string' ? parseJson(text) : undefined);
    return asList(parsed[index]);
  };
  return (at) => {
    const index = indices.get(at);
    return index === undefined ? undefined : new WrittenProof(written, index);
  };
}

/** A proof that is read on demand. */
class WrittenProof implements VersionProof {
  readonly #written: (index: number) => readonly unknown[];
  readonly #index: number;

  constructor(written: (index: number) => readonly unknown[], index: number) {
    this.#written = written;
    this.#index = index;
  }

  get integrity(): string | undefined {
    return asText(this.#written(this.#index)[0], MAX);
  }

  get shasum(): string | undefined {
    return asText(this.#written(this.#index)[1], MAX);
  }

  get signatures(): readonly RegistrySignature[] | undefined {
    const flat = this.#written(this.#index)[2];
    return Array.isArray(flat) ? signaturesFrom(flat) : undefined;
  }

  get gitHead(): string | undefined {
    return asText(this.#written(this.#index)[3], MAX);
  }
}

function signaturesFrom(flat: readonly unknown[]): readonly RegistrySignature[] {
  const found: RegistrySignature[] = [];
  for (let at = 0; at + 1 < flat.length; at += 2) {
    const [keyid, sig] = [flat[at], flat[at + 1]];
    if (typeof keyid === 'string' && typeof sig === 'string') found.push({ keyid, sig });
  }
  return found;
}
