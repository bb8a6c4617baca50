import type { RegistryKey } from '../registry/documents/keys-kind.ts';
import type { RegistrySignature } from '../registry/documents/packument.ts';

/** A version as its registry signs it. */
export interface SignedVersion {
  readonly name: string;
  readonly version: string;
  /** From the registry's document, as it is signed. */
  readonly integrity: string;
  readonly signatures: readonly RegistrySignature[];
  /** In milliseconds since 1970; undefined if the registry does not provide it. */
  readonly published: number | undefined;
}

/**
 * The verdict on the signatures of a version. verified: one of them is by a key of the registry, and none is wrong;
 * invalid: not the signature of the registry's key that it names; expired-key: only by keys that had expired when it
 * was published; unknown-key: only by keys that the registry does not list; missing: it has none; unreadable: its keys
 * are of an unsupported kind.
 */
export interface SignatureVerdict {
  readonly type: 'verified' | 'invalid' | 'expired-key' | 'unknown-key' | 'missing' | 'unreadable';
  /** The deciding key. */
  readonly keyid: string | undefined;
  /** What was signed, or should have been. */
  readonly integrity: string;
}

/** Checks whether the text was signed with the key; undefined if the key is of an unsupported kind. */
export type VerifySignature = (
  key: RegistryKey,
  text: string,
  signature: string,
) => Promise<boolean | undefined>;

/**
 * Checks all signatures of a version. A single wrong one decides, because it proves a change; one by an unlisted key is
 * ignored beside a good one, as during the replacement of a key.
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
  // An unknown time cannot be later than the expiry: npm then treats it as before all keys.
  const isLate = key.expires !== undefined && published !== undefined && published >= key.expires;
  return isLate ? 'expired-key' : 'verified';
}
