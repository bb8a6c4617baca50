import type { CheckedFile } from '../../read/project/checked-file.ts';
import { patternProblems } from '../../read/project/members/pattern-problems.ts';
import type { ParseProblem } from '../../read/text/problem.ts';

/**
 * Returns the problems introduced since the base that keep a configuration file from being fully read, so that the
 * settings behind them cannot be compared. Not for .npmrc, where npm skips the same lines.
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
