import { crypto } from '../builtin-on-demand.ts';

/** Tells whether git names the text so, by SHA-1 or, in repositories made for it, by SHA-256. */
export function isGitObject(text: string, object: string): boolean {
  const bytes = Buffer.from(text);
  const hash = crypto().createHash(object.length === 64 ? 'sha256' : 'sha1');
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex') === object;
}
