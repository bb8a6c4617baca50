import type { Unavailable } from '../registry/documents/fact.ts';

/** The result of downloading the version's file. Digests are in hexadecimal, by algorithm. */
export type TarballResult =
  | { readonly type: 'hashed'; readonly size: number; readonly digests: ReadonlyMap<string, string> }
  | { readonly type: 'unknown'; readonly why: Unavailable };
