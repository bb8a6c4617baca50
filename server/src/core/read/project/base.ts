/** The commit that the files of a project are compared with. */
export interface Base {
  /** A revision for git, as the user gave it. */
  readonly revision: string;
}

/** The default base. */
export const HEAD: Base = { revision: 'HEAD' };

/** Formats a base for a sentence. */
export function describeBase({ revision }: Base): string {
  if (revision === HEAD.revision) return 'the last commit';
  return /^[\da-f]{40,64}$/.test(revision) ? `commit ${revision.slice(0, 12)}` : revision;
}
