import type { CoverageGap } from '../coverage/coverage.ts';
import { hanging } from './hanging-text.ts';
import { visibleText } from './visible-text.ts';

/** Each gap on a line of its own, with the reason and what to do about it, wrapped to the columns. */
export function gapLines(gaps: readonly CoverageGap[], columns: number): readonly string[] {
  return gaps.flatMap(({ subject, detail, advice }) => {
    // The words of a source of advisories name the reason already.
    const why = subject.includes(detail) ? '' : `: ${detail}`;
    return hanging('  - ', visibleText(`${subject}${why}. ${sentence(advice)}`), columns);
  });
}

function sentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}
