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
