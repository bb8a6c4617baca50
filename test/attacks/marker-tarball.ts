import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { tarHeader } from '../tar-header.ts';

export type HashAlgorithm = 'sha512' | 'sha384' | 'sha256' | 'sha1';

/** A file whose presence in an installed tree proves that the planted package was installed. It contains no code. */
export const MARKER = 'MARKER';

/**
 * Returns a package's archive: its manifest and further files. The same content gives the same bytes on every platform.
 */
export function markerTarball(manifest: object, files: Readonly<Record<string, string>> = {}): Buffer {
  const all = { 'package.json': `${JSON.stringify(manifest, undefined, 2)}\n`, ...files };
  const blocks = Object.entries(all).flatMap(([name, text]) => {
    const content = Buffer.from(text);
    const padding = Buffer.alloc((512 - (content.length % 512)) % 512);
    return [tarHeader(`package/${name}`, content.length), content, padding];
  });
  // Stored, not compressed: zlib's output depends on its version, and lockfiles contain the hash of the bytes.
  const bytes = gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]), { level: 0 });
  bytes[9] = 255;
  return bytes;
}

/** Returns the hash of an archive in a lockfile's format (Subresource Integrity). */
export function integrityOf(bytes: Buffer, algorithm: HashAlgorithm = 'sha512'): string {
  return `${algorithm}-${createHash(algorithm).update(bytes).digest('base64')}`;
}

/** Returns the SHA-1 in hexadecimal, as Yarn 1 appends it to a URL. */
export function shasumOf(bytes: Buffer): string {
  return createHash('sha1').update(bytes).digest('hex');
}
