import { type AttestationVerdict, judgeAttestation } from '../../core/know/proof/judge-attestation.ts';
import { judgeSignatures, type SignatureVerdict } from '../../core/know/proof/judge-signatures.ts';
import type { Attestation } from '../../core/know/registry/documents/attestations-kind.ts';
import { type Fact, PENDING, type Unavailable } from '../../core/know/registry/documents/fact.ts';
import type { RegistryKey, RegistryKeys } from '../../core/know/registry/documents/keys-kind.ts';
import type { Packument, PackumentVersion } from '../../core/know/registry/documents/packument.ts';
import { hashesOf } from '../../core/read/lockfile/model/entry-hashes.ts';
import type { FactSource } from './fact-source.ts';
import type { ProofChecks } from './proof-checks.ts';

/** The sources that signatures and attestations are judged by. */
export interface ProofSources {
  readonly packument: Pick<FactSource<Packument>, 'peek'>;
  readonly version: FactSource<PackumentVersion>;
  readonly keys: FactSource<RegistryKeys>;
  readonly attestations: FactSource<readonly Attestation[]>;
}

export interface ProofFacts {
  /** `absent` if the registry does not sign. */
  readonly signature: FactSource<SignatureVerdict>;
  /** `absent` if the version has no attestations. */
  readonly provenance: FactSource<readonly AttestationVerdict[]>;
}

/** Returns verdicts about versions, based on registry documents. `online`: whether Sigstore may be queried. */
export function proofFacts(sources: ProofSources, checks: ProofChecks, online: boolean): ProofFacts {
  return {
    signature: sourceOf(
      (name, version) => signatureState(sources, checks, name, version),
      (name) => [
        [sources.version, true],
        [sources.keys, name !== ''],
      ],
    ),
    provenance: sourceOf(
      (name, version) => provenanceState(sources, checks, online, name, version),
      (name, version) => {
        const fact = sources.version.peek(name, version);
        const isAttested = fact.state !== 'ready' || fact.value.attestations !== undefined;
        return [
          [sources.version, true],
          [sources.keys, isAttested],
          [sources.attestations, isAttested],
        ];
      },
    ),
  };
}

/** The known fact, and how to complete it if only the judgement is missing. */
interface State<T> {
  readonly fact: Fact<T>;
  readonly judge?: (() => Promise<void>) | undefined;
}

type Needs = readonly (readonly [source: FactSource<unknown>, isNeeded: boolean])[];

function sourceOf<T>(
  stateOf: (name: string, version: string) => State<T>,
  needsOf: (name: string, version: string) => Needs,
): FactSource<T> {
  const each = async (
    name: string,
    version: string,
    take: (source: FactSource<unknown>) => Promise<unknown>,
  ) => {
    // Each result decides whether the next one is needed.
    const length = needsOf(name, version).length;
    for (let at = 0; at < length; at++) {
      const [source, isNeeded] = needsOf(name, version)[at]!;
      if (isNeeded) await take(source);
    }
    await stateOf(name, version).judge?.();
  };
  return {
    peek: (name, version = '') => stateOf(name, version).fact,
    load: (name, version = '') => each(name, version, (source) => source.load(name, version)),
    async ensure(name, version = '', options) {
      await each(name, version, (source) => source.ensure(name, version, options));
      return stateOf(name, version).fact;
    },
  };
}

function signatureState(
  { packument, version: versions, keys: keyFacts }: ProofSources,
  checks: ProofChecks,
  name: string,
  version: string,
): State<SignatureVerdict> {
  const document = versions.peek(name, version);
  if (document.state !== 'ready') return { fact: document };
  const { proof } = document.value;
  if (proof?.integrity === undefined) return { fact: checks.unavailable(NO_HASH) };
  const keys = keyFacts.peek(name);
  if (keys.state !== 'ready') return { fact: keys };
  const own = keys.value.keys;
  const known = packument.peek(name);
  const published = known.state === 'ready' ? known.value.times.get(version) : undefined;
  const { integrity, signatures = [] } = proof;
  const signed = { name, version, integrity, signatures, published };
  const check = checks.of<SignatureVerdict>(['signature', signed, own.map(keyText)], document);
  const fact = check.fact();
  // A key that was added after the list was fetched is not the version's fault.
  const isOld = keys.stale || (published !== undefined && keys.asOf < published);
  if (fact.state === 'ready' && fact.value.type === 'unknown-key' && isOld) {
    return { fact: checks.unavailable(OLD_KEYS) };
  }
  return { fact, judge: check.judge((port) => judgeSignatures(signed, own, port.verifySignature)) };
}

function provenanceState(
  { version: versions, keys: keyFacts, attestations }: ProofSources,
  checks: ProofChecks,
  online: boolean,
  name: string,
  version: string,
): State<readonly AttestationVerdict[]> {
  const document = versions.peek(name, version);
  if (document.state !== 'ready') return { fact: document };
  const { attestations: where, proof } = document.value;
  if (where === undefined) return { fact: checks.absent(document) };
  const [sha512] =
    hashesOf({ integrity: located(proof?.integrity), checksum: undefined }).get('sha512') ?? [];
  if (sha512 === undefined) return { fact: checks.unavailable(NO_HASH) };
  const given = attestations.peek(name, version);
  if (given.state === 'absent') return { fact: checks.unavailable(NOT_GIVEN) };
  if (given.state !== 'ready') return { fact: given };
  const keys = keyFacts.peek(name);
  if (keys.state === 'pending') return { fact: PENDING };
  const own = keys.state === 'ready' ? keys.value.keys : [];
  const subject = { name, version, sha512 };
  const check = checks.of<readonly AttestationVerdict[]>(
    ['provenance', subject, checks.idOf(given.value), own.map(keyText), online],
    document,
  );
  const judge = check.judge(async (port) => {
    const options = { keys: own, online };
    const judged = given.value.map(async (attestation) =>
      judgeAttestation(subject, attestation, await port.verifyBundle(attestation.bundle, options)),
    );
    return Promise.all(judged);
  });
  const fact = check.fact();
  const first = fact.state === 'ready' ? fact.value[0] : undefined;
  const isUnknown = fact.state === 'ready' && fact.value.every(({ result }) => result === 'unknown');
  return { fact: isUnknown && first?.result === 'unknown' ? checks.unavailable(first.why) : fact, judge };
}

function keyText({ keyid, key, expires }: RegistryKey): string {
  return `${keyid} ${key} ${expires ?? ''}`;
}

function located(text: string | undefined) {
  return text === undefined ? undefined : { value: text, span: { start: 0, end: 0 } };
}

const NO_HASH: Unavailable = { reason: 'not-provided', detail: 'the registry gives no SHA-512 of it' };
const NOT_GIVEN: Unavailable = {
  reason: 'not-provided',
  detail: 'the registry names attestations and does not give them',
};
const OLD_KEYS: Unavailable = {
  reason: 'failed',
  detail: "the registry's keys were last read before it was published",
};
