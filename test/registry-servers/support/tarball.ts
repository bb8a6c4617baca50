import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { tarHeader } from '../../tar-header.ts';

export interface Tarball {
  readonly bytes: Buffer;
  readonly integrity: string;
  /** SHA-512 in hexadecimal, as in attestations. */
  readonly sha512: string;
  readonly shasum: string;
  readonly unpackedSize: number;
}

/** Returns a package with only its manifest. The same manifest gives the same bytes. */
export function tarballOf(manifest: object): Tarball {
  const content = Buffer.from(JSON.stringify(manifest));
  const padding = Buffer.alloc((512 - (content.length % 512)) % 512);
  const archive = Buffer.concat([
    tarHeader('package/package.json', content.length),
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
