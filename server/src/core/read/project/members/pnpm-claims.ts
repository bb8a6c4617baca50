import type { PnpmWorkspace } from '../../config/pnpm/pnpm-workspace.ts';
import { compileGlob } from '../../text/paths/glob.ts';
import type { WorkspaceClaims } from './workspace-claims.ts';

/** The patterns of `packages`; "unread" if the text is broken and shows none, undefined if it has none. */
export type PnpmPackages = readonly string[] | 'unread' | undefined;

/** Returns everything in a pnpm-workspace.yaml that decides which folders are members. */
export function pnpmPackages({ packages, problems }: PnpmWorkspace): PnpmPackages {
  if (packages === undefined) return problems.length > 0 ? 'unread' : undefined;
  return packages.map(({ value }) => value);
}

/**
 * Returns which folders the `packages` of a pnpm-workspace.yaml make members: those matched by a pattern and by no
 * pattern with a `!`, in any order. A file without `packages` has settings and no members. If they are not read, every
 * folder below counts as one: a member mistaken for a root would be reported as lacking a lockfile.
 */
export function readPnpmClaims(packages: PnpmPackages): WorkspaceClaims {
  if (packages === undefined) return NONE;
  if (packages === 'unread') return { claims: isOfUser, claimsBelow: isOfUser, depth: undefined };
  const globsOf = (patterns: readonly string[]) =>
    patterns.map((pattern) => compileGlob(pattern, { dot: false })).filter((glob) => glob !== undefined);
  const texts = packages.map((text) => text.replaceAll('\\', '/'));
  const positive = globsOf(texts.filter((text) => !text.startsWith('!')));
  const negative = globsOf(texts.filter((text) => text.startsWith('!')).map((text) => text.slice(1)));
  return {
    claims: (path) =>
      isOfUser(path) &&
      positive.some((glob) => glob.matches(path)) &&
      !negative.some((glob) => glob.matches(path) || glob.matches(`${path}/package.json`)),
    claimsBelow: (path) => isOfUser(path) && positive.some((glob) => glob.matchesBelow(path)),
    depth: positive.some(({ depth }) => depth === undefined)
      ? undefined
      : Math.max(0, ...positive.map(({ depth }) => depth!)),
  };
}

const NONE: WorkspaceClaims = { claims: () => false, claimsBelow: () => false, depth: 0 };

function isOfUser(path: string): boolean {
  return path !== '' && !path.split('/').some((name) => NEVER.has(name));
}

const NEVER: ReadonlySet<string> = new Set(['..', 'node_modules', 'bower_components']);
