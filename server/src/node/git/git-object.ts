import { crypto } from '../builtin-on-demand.ts';

/** Checks whether a blob has this object id, by SHA-1 or, in repositories created for it, by SHA-256. */
export function isGitObject(blob: string | Uint8Array, object: string): boolean {
  const bytes = typeof blob === 'string' ? Buffer.from(blob) : blob;
  const hash = crypto().createHash(object.length === 64 ? 'sha256' : 'sha1');
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex') === object;
}

/** Returns the object id of a file's bytes by SHA-1. */
export function blobId(bytes: Uint8Array): string {
  return crypto().createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}
