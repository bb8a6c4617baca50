import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';

export interface Tarball {
  readonly bytes: Buffer;
  readonly integrity: string;
  /** SHA-512 in hexadecimal, as attestations have it. */
  readonly sha512: string;
  readonly shasum: string;
  readonly unpackedSize: number;
}

/** A package with nothing but its manifest in it. The same manifest gives the same bytes. */
export function tarballOf(manifest: object): Tarball {
  const content = Buffer.from(JSON.stringify(manifest));
  const padding = Buffer.alloc((512 - (content.length % 512)) % 512);
  const archive = Buffer.concat([
    header('package/package.json', content.length),
    content,
    padding,
    Buffer.alloc(1024),
  ]);
  const bytes = gzipSync(archive);
  const digest = createHash('sha512').update(bytes).digest();
  return {
    bytes,
    integrity: `sha512-${digest.toString('base64')}`,
    sha512: digest.toString('hex'),
    shasum: createHash('sha1').update(bytes).digest('hex'),
    unpackedSize: content.length,
  };
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
