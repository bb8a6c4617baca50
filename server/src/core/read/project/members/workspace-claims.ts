import { compileGlob, type Glob } from '../../text/paths/glob.ts';

/** The folders below a root that its `workspaces` patterns make members of it. */
export interface WorkspaceClaims {
  /** Checks whether the folder at `path` (relative to the root, with `/`) is a member. */
  claims(path: string): boolean;
  /** Checks whether a folder below that one may be a member. */
  claimsBelow(path: string): boolean;
  /** How many levels below the root a member can be; undefined for an unbounded `**`. */
  readonly depth: number | undefined;
}

/**
 * Reads `workspaces` as npm's map-workspaces does: an odd number of `!` excludes, wherever it is, unless a later
 * pattern itself matches what it excludes; backslashes are slashes; nothing in node_modules is a member.
 */
export function readWorkspaceClaims(patterns: readonly string[]): WorkspaceClaims {
  const positive: Glob[] = [];
  let negative: Glob[] = [];
  for (const pattern of patterns) {
    const marks = /^!*/.exec(pattern)![0].length;
    const text = pattern.slice(marks).replaceAll('\\', '/');
    const glob = compileGlob(text, { dot: false });
    if (glob === undefined) continue;
    if (marks % 2 === 1) {
      negative.push(glob);
    } else {
      const path = text.replace(/^\.?\/+/, '').replace(/\/$/, '');
      negative = negative.filter((earlier) => !earlier.matches(path));
      positive.push(glob);
    }
  }
  return {
    claims(path) {
      if (path === '' || path.split('/').some((name) => name === '..' || name === 'node_modules'))
        return false;
      return positive.some((glob) => glob.matches(path)) && !negative.some((glob) => glob.matches(path));
    },
    claimsBelow: (path) => positive.some((glob) => glob.matchesBelow(path)),
    depth: positive.some(({ depth }) => depth === undefined)
      ? undefined
      : Math.max(0, ...positive.map(({ depth }) => depth!)),
  };
}
