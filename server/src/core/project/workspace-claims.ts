import picomatch from 'picomatch';

/**
 * Whether a root's `workspaces` patterns claim the member at `path` (relative to the root, with `/`). As npm's
 * map-workspaces: patterns apply in order, a later `!pattern` takes back, and nothing in node_modules is a member.
 */
export function claimsMember(patterns: readonly string[], path: string): boolean {
  if (path === '' || path.startsWith('..') || path.split('/').includes('node_modules')) return false;
  let claimed = false;
  for (const pattern of patterns) {
    const negated = pattern.startsWith('!');
    const glob = normalisePattern(negated ? pattern.slice(1) : pattern);
    if (glob !== undefined && matcher(glob)(path)) claimed = !negated;
  }
  return claimed;
}

/** How many folders below the root the patterns can reach; undefined where a `**` has no bound. */
export function claimDepth(patterns: readonly string[]): number | undefined {
  let depth = 0;
  for (const pattern of patterns) {
    if (pattern.startsWith('!')) continue;
    const glob = normalisePattern(pattern);
    if (glob === undefined) continue;
    if (glob.includes('**')) return undefined;
    depth = Math.max(depth, glob.split('/').length);
  }
  return depth;
}

const LONGEST_PATTERN = 500;
const matchers = new Map<string, (path: string) => boolean>();

/** Compiled once a pattern; the few patterns of a workspace are asked for every folder. */
function matcher(glob: string): (path: string) => boolean {
  let match = matchers.get(glob);
  if (match === undefined) {
    if (matchers.size > 1000) matchers.clear();
    match = picomatch(glob, { dot: true });
    matchers.set(glob, match);
  }
  return match;
}

function normalisePattern(pattern: string): string | undefined {
  if (pattern.length > LONGEST_PATTERN) return undefined;
  const trimmed = pattern.replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '');
  return trimmed === '' ? undefined : trimmed;
}
