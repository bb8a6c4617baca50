import type { RegistryKey } from '../registry/documents/keys-kind.ts';
import type { RegistrySignature } from '../registry/documents/packument.ts';

/** A version as its registry signs it. */
export interface SignedVersion {
  readonly name: string;
  readonly version: string;
  /** Of the registry's document, as it is signed. */
  readonly integrity: string;
  readonly signatures: readonly RegistrySignature[];
  /** In milliseconds since 1970; undefined where the registry does not say. */
  readonly published: number | undefined;
}

/**
 * What became of the signatures of a version. verified: one of them is by a key of the registry, and none is wrong;
 * invalid: a key of the registry did not sign this; expired-key: only by keys that had expired when it was published;
 * unknown-key: only by keys that the registry does not list; missing: it has none; unreadable: its keys are of a kind
 * that is not known here.
 */
export interface SignatureVerdict {
  readonly type: 'verified' | 'invalid' | 'expired-key' | 'unknown-key' | 'missing' | 'unreadable';
  /** The key that decides. */
  readonly keyid: string | undefined;
  /** What was signed, or should have been. */
  readonly integrity: string;
}

/** Whether the text was signed with the key; undefined where the key is of a kind that is not known. */
export type VerifySignature = (
  key: RegistryKey,
  text: string,
  signature: string,
) => Promise<boolean | undefined>;

/**
 * Judges all signatures of a version. A single wrong one counts, as it is a proof that something was changed; one by a
 * key that is not listed says nothing beside a good one, as with a key that is being replaced.
 */
export async function judgeSignatures(
  signed: SignedVersion,
  keys: readonly RegistryKey[],
  verify: VerifySignature,
): Promise<SignatureVerdict> {
  const { integrity, signatures } = signed;
  const found: SignatureVerdict[] = [];
  for (const { keyid, sig } of signatures) {
    const key = keys.find((each) => each.keyid === keyid);
    found.push({ type: await judgeOne(signed, key, sig, verify), keyid, integrity });
  }
  for (const type of ORDER) {
    const verdict = found.find((each) => each.type === type);
    if (verdict !== undefined) return verdict;
  }
  return { type: 'missing', keyid: undefined, integrity };
}

const ORDER: readonly SignatureVerdict['type'][] = [
  'invalid',
  'verified',
  'expired-key',
  'unknown-key',
  'unreadable',
];

async function judgeOne(
  { name, version, integrity, published }: SignedVersion,
  key: RegistryKey | undefined,
  signature: string,
  verify: VerifySignature,
): Promise<SignatureVerdict['type']> {
  if (key === undefined) return 'unknown-key';
  const isRight = await verify(key, `${name}@${version}:${integrity}`, signature);
  if (isRight !== true) return isRight === undefined ? 'unreadable' : 'invalid';
  // Without a time it cannot have been later: npm then takes one before all keys.
  const isLate = key.expires !== undefined && published !== undefined && published >= key.expires;
  return isLate ? 'expired-key' : 'verified';
}
