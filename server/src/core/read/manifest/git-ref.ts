import { specNamed } from '../manager/managers.ts';
import type { PackageManagerName } from '../manager/package-manager.ts';
import type { Specifier } from './specifier.ts';

export type GitSpecifier = Extract<Specifier, { type: 'git' }>;

/**
 * Returns the specifier as one of git; undefined for any other. Yarn clones what npm downloads: an `https:` URL that
 * ends with `.git`.
 */
export function asGit(specifier: Specifier, manager: PackageManagerName): GitSpecifier | undefined {
  if (specifier.type === 'git') return specifier;
  if (specifier.type !== 'remote' || !specNamed(manager).specifiers.clonesGitUrls) return undefined;
  const hash = specifier.address.indexOf('#');
  const address = hash === -1 ? specifier.address : specifier.address.slice(0, hash);
  if (!address.endsWith('.git')) return undefined;
  return {
    type: 'git',
    host: undefined,
    address,
    committish: hash === -1 ? undefined : specifier.address.slice(hash + 1),
    committishStart: hash === -1 ? undefined : hash + 1,
  };
}

/** The part of the committish that names a revision, with its offset in the specifier. */
export interface GitRef {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Returns the revision in a committish. npm separates its parts with `::`, pnpm and Yarn with `&`; a `path:` or
 * `workspace=` names a folder, not a revision.
 */
export function gitRefOf({ committish, committishStart }: GitSpecifier): GitRef | undefined {
  if (committish === undefined || committishStart === undefined) return undefined;
  let start = committishStart;
  for (const part of committish.split(/(::|&)/)) {
    const isSeparator = part === '::' || part === '&';
    if (part !== '' && !isSeparator && !/^(?:path:|workspace=|cwd=)/.test(part)) {
      return { value: part, start, end: start + part.length };
    }
    start += part.length;
  }
  return undefined;
}

/** Checks whether the ref is a full commit, which is immutable. */
export function isFullCommit(ref: string): boolean {
  return /^(?:commit=)?(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(ref);
}

/**
 * Returns what is wrong with a committish: npm accepts one commit, branch or tag, or one `semver:` range, and a
 * `path:`, separated by `::`.
 */
export function committishProblem(committish: string): string | undefined {
  let refs = 0;
  let paths = 0;
  for (const part of committish.split('::')) {
    if (!part.includes(':') || part.startsWith('semver:')) refs++;
    else if (part.startsWith('path:')) paths++;
  }
  if (refs > 1) return 'it names more than one commit, branch, tag or range';
  return paths > 1 ? 'it names more than one path' : undefined;
}
