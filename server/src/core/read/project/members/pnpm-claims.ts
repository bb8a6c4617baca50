import type { PnpmWorkspace } from '../../config/pnpm/pnpm-workspace.ts';
import { compileGlob } from '../../text/paths/glob.ts';
import type { WorkspaceClaims } from './workspace-claims.ts';

/** The patterns of `packages`, "unread" where the text is broken and shows none, undefined where it has none. */
export type PnpmPackages = readonly string[] | 'unread' | undefined;

/** All that a pnpm-workspace.yaml says of which folders are members. */
export function pnpmPackages({ packages, problems }: PnpmWorkspace): PnpmPackages {
  if (packages === undefined) return problems.length > 0 ? 'unread' : undefined;
  return packages.map(({ value }) => value);
}

/**
 * Which folders the `packages` of a pnpm-workspace.yaml make members: those that a pattern matches and no pattern with a
 * `!` does, in whatever order they stand. A file without `packages` has settings and no members. Where they are not
 * read, every folder below counts as one: a member taken for a root would be told that it lacks a lockfile.
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
