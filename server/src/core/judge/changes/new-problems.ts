import type { CheckedFile } from '../../read/project/checked-file.ts';
import { patternProblems } from '../../read/project/members/pattern-problems.ts';
import type { ParseProblem } from '../../read/text/problem.ts';

/**
 * Returns what keeps a configuration file from being read as a whole since the base, where it was written since then: the
 * settings behind it cannot be compared. Of .npmrc, npm leaves out the same lines.
 */
export function newProblems(before: CheckedFile | undefined, after: CheckedFile): readonly ParseProblem[] {
  const known = new Set(problemsOf(before).map(({ message }) => message));
  return problemsOf(after).filter(({ message }) => !known.has(message));
}

function problemsOf(file: CheckedFile | undefined): readonly ParseProblem[] {
  switch (file?.kind) {
    case 'manifest':
      return patternProblems(file);
    case 'pnpmWorkspace':
      return [...file.problems, ...patternProblems(file)];
    case 'yarnrc':
    case 'bunfig':
      return file.problems;
    default:
      return [];
  }
}
