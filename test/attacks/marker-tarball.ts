import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

export type HashAlgorithm = 'sha512' | 'sha384' | 'sha256' | 'sha1';

/** A file whose presence in an installed tree proves that the planted package was installed. It holds no code. */
export const MARKER = 'MARKER';

/** A package's archive: its manifest and further files. The same content gives the same bytes on every platform. */
export function markerTarball(manifest: object, files: Readonly<Record<string, string>> = {}): Buffer {
  const all = { 'package.json': `${JSON.stringify(manifest, undefined, 2)}\n`, ...files };
  const blocks = Object.entries(all).flatMap(([name, text]) => {
    const content = Buffer.from(text);
    const padding = Buffer.alloc((512 - (content.length % 512)) % 512);
    return [header(`package/${name}`, content.length), content, padding];
  });
  // Stored, not compressed: how well zlib compresses depends on its version, and lockfiles hold the hash of the bytes.
  const bytes = gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]), { level: 0 });
  bytes[9] = 255;
  return bytes;
}

/** The hash of an archive as a lockfile has it (Subresource Integrity). */
export function integrityOf(bytes: Buffer, algorithm: HashAlgorithm = 'sha512'): string {
  return `${algorithm}-${createHash(algorithm).update(bytes).digest('base64')}`;
}

/** The SHA-1 in hexadecimal, as Yarn 1 writes it behind a URL. */
export function shasumOf(bytes: Buffer): string {
  return createHash('sha1').update(bytes).digest('hex');
}

/** One file's header of a POSIX archive (ustar). */
function header(name: string, size: number): Buffer {
  const block = Buffer.alloc(512);
  const octal = (value: number, at: number, length: number) =>
    block.write(`${value.toString(8).padStart(length - 1, '0')}\0`, at);
  block.write(name, 0);
  octal(0o644, 100, 8);
  octal(0, 108, 8);
  octal(0, 116, 8);
  octal(size, 124, 12);
  octal(0, 136, 12);
  block.write('        ', 148);
  block.write('0', 156);
  block.write('ustar\0', 257);
  block.write('00', 263);
  const sum = block.reduce((total, byte) => total + byte, 0);
  block.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return block;
}
