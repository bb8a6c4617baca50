import { specNamed } from '../manager/managers.ts';
import type { PackageManagerName } from '../manager/package-manager.ts';
import type { Specifier } from './specifier.ts';

export type GitSpecifier = Extract<Specifier, { type: 'git' }>;

/**
 * The specifier as one of git, undefined where it is none. Yarn clones what npm downloads: an `https:` address that ends
 * with `.git`.
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

/** The part of the committish that names a state of the code, and where it stands in the specifier. */
export interface GitRef {
  readonly value: string;
  readonly start: number;
  readonly end: number;
}

/** npm separates parts with `::`, pnpm and Yarn with `&`; a `path:` or `workspace=` names a folder, not a state. */
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

/** Whether the ref is a full commit, which nobody can move. */
export function isFullCommit(ref: string): boolean {
  return /^(?:commit=)?(?:[0-9a-f]{40}|[0-9a-f]{64})$/i.test(ref);
}
