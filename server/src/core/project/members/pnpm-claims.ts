import type { PnpmWorkspace } from '../../config/pnpm/pnpm-workspace.ts';
import { compileGlob } from '../../text/glob.ts';
import type { WorkspaceClaims } from './workspace-claims.ts';

/**
 * Which folders the `packages` of a pnpm-workspace.yaml make members: those that a pattern matches and no pattern with a
 * `!` does, in whatever order they stand. A file without `packages` has settings and no members. Where its text is
 * broken and shows none, every folder below counts as one: a member taken for a root would be told that it lacks a lockfile.
 */
export function readPnpmClaims({ packages, problems }: PnpmWorkspace): WorkspaceClaims {
  if (packages === undefined) return problems.length > 0 ? { claims: isOfUser, depth: undefined } : NONE;
  const globsOf = (patterns: readonly string[]) =>
    patterns.map((pattern) => compileGlob(pattern, { dot: false })).filter((glob) => glob !== undefined);
  const texts = packages.map(({ value }) => value.replaceAll('\\', '/'));
  const positive = globsOf(texts.filter((text) => !text.startsWith('!')));
  const negative = globsOf(texts.filter((text) => text.startsWith('!')).map((text) => text.slice(1)));
  return {
    claims: (path) =>
      isOfUser(path) &&
      positive.some((glob) => glob.matches(path)) &&
      !negative.some((glob) => glob.matches(path) || glob.matches(`${path}/package.json`)),
    depth: positive.some(({ depth }) => depth === undefined)
      ? undefined
      : Math.max(0, ...positive.map(({ depth }) => depth!)),
  };
}

const NONE: WorkspaceClaims = { claims: () => false, depth: 0 };

function isOfUser(path: string): boolean {
  return path !== '' && !path.split('/').some((name) => NEVER.has(name));
}

const NEVER: ReadonlySet<string> = new Set(['..', 'node_modules', 'bower_components']);
