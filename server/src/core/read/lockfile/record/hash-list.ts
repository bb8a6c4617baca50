import { decodeBase64, encodeBase64 } from '../../text/encoding.ts';
import type { LockEntry } from '../model/lockfile.ts';
import type { EntryHash } from './entry-hash.ts';

/** Returns every hash of an entry in source order, including those that no package manager would choose. */
export function hashList({
  integrity,
  checksum,
}: Pick<LockEntry, 'integrity' | 'checksum'>): readonly EntryHash[] {
  const hashes: EntryHash[] = [];
  if (integrity !== undefined) {
    for (const text of integrity.value.split(/\s+/)) {
      if (text !== '') hashes.push({ ...readHash(text), text, span: integrity.span });
    }
  }
  if (checksum !== undefined) {
    const { kind, value, span } = checksum;
    const slash = value.indexOf('/');
    if (kind === 'sha1')
      hashes.push({ algorithm: 'sha1', digest: value.toLowerCase(), text: `sha1-${value}`, span });
    else {
      const ownKey = checksum.cacheKey ?? '';
      const key = slash === -1 && ownKey !== '' ? `${ownKey}/` : value.slice(0, slash + 1);
      const digest = value.slice(slash + 1).toLowerCase();
      if (value !== '') hashes.push({ algorithm: `zip ${key}`, digest, text: value, span });
    }
  }
  return hashes;
}

/** Parses one hash of a Subresource Integrity text. */
export function readHash(text: string): Pick<EntryHash, 'algorithm' | 'digest'> {
  const match = /^(sha512|sha384|sha256|sha1|md5)-([A-Za-z\d+/]+=*)(?:\?.*)?$/.exec(text);
  if (match === null) return { algorithm: 'unknown', digest: text };
  const bytes = decodeBase64(match[2]!);
  // Bits after the last byte would be lost, making two texts one hash.
  const isWhole = encodeBase64(bytes).replace(/=+$/, '') === match[2]!.replace(/=+$/, '');
  return { algorithm: match[1]!, digest: isWhole ? hexadecimal(bytes) : match[2]! };
}

function hexadecimal(bytes: string): string {
  let text = '';
  for (let at = 0; at < bytes.length; at++) text += HEX[bytes.charCodeAt(at)]!;
  return text;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
