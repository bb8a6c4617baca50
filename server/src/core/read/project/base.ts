/** The commit that the files of a project are compared with. */
export interface Base {
  /** A name that git knows, as the user gave it. */
  readonly revision: string;
}

/** The base where none is given. */
export const HEAD: Base = { revision: 'HEAD' };

/** Returns the words for a base in a sentence. */
export function baseWords({ revision }: Base): string {
  if (revision === HEAD.revision) return 'the last commit';
  return /^[\da-f]{40,64}$/.test(revision) ? `commit ${revision.slice(0, 12)}` : revision;
}
