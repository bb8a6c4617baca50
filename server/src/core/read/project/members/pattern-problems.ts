import { globProblem } from '../../text/paths/glob.ts';
import type { ParseProblem } from '../../text/problem.ts';
import type { CheckedFile } from '../checked-file.ts';

/**
 * Returns the patterns of a package.json or pnpm-workspace.yaml that may have members which are not found here. One with a `!`
 * only takes members away.
 */
export function patternProblems(file: CheckedFile | undefined): readonly ParseProblem[] {
  const patterns =
    file?.kind === 'manifest'
      ? file.workspaces?.patterns
      : file?.kind === 'pnpmWorkspace'
        ? file.packages
        : undefined;
  return (patterns ?? []).flatMap(({ value, span }) => {
    const marks = /^!*/.exec(value)![0].length;
    const why = marks % 2 === 1 ? undefined : globProblem(value.slice(marks).replaceAll('\\', '/'));
    if (why === undefined) return [];
    const shown = value.length > LONGEST ? `${value.slice(0, LONGEST)}…` : value;
    return [{ message: `The members of "${shown}" are not looked for, as it ${why}.`, span }];
  });
}

const LONGEST = 60;
