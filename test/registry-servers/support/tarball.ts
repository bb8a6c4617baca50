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

/** Returns a package with its manifest and other files. The same ones give the same bytes. */
export function tarballOf(manifest: object, files: Readonly<Record<string, string>> = {}): Tarball {
  const content = Buffer.from(JSON.stringify(manifest));
  const all = [['package.json', content], ...Object.entries(files)] as const;
  const archive = Buffer.concat([
    ...all.flatMap(([path, text]) => {
      const body = Buffer.from(text);
      return [
        tarHeader(`package/${path}`, body.length),
        body,
        Buffer.alloc((512 - (body.length % 512)) % 512),
      ];
    }),
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
