import { relative, sep } from 'node:path';

/** The output of `ls-tree -r -z` for a commit in a folder. */
export interface TreeListing {
  readonly repository: string;
  readonly directory: string;
  readonly commit: string;
  readonly out: Buffer;
}

/** Larger ones would be kept for little: files are read one by one after few of them. */
const MAX_KEPT = 8 * 1024 * 1024;

/** Returns a listing if it is small enough to be kept. */
export function keptListing(listing: TreeListing): TreeListing | undefined {
  return listing.out.length <= MAX_KEPT ? listing : undefined;
}

/**
 * Returns the line of a file, or an empty text if the commit has neither a file nor a folder there. Undefined if the
 * listing does not say.
 */
export function lineOf({ directory, out }: TreeListing, path: string): string | undefined {
  const below = relative(directory, path).split(sep).join('/');
  // git may normalize other characters in its arguments.
  if (below === '' || below.startsWith('../') || !/^[\x20-\x7e]+$/.test(below)) return undefined;
  const at = out.indexOf(`\t${below}\0`);
  if (at !== -1) return out.toString('utf8', out.lastIndexOf(0, at) + 1, at + 1 + below.length);
  return out.includes(`\t${below}/`) ? undefined : '';
}
