import type { CoverageGap } from '../../../judge/check/coverage.ts';
import { hanging } from '../../../read/text/hanging-text.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';

/** Formats each gap on its own line, with the reason and what to do about it, wrapped to the columns. */
export function gapLines(gaps: readonly CoverageGap[], columns: number): readonly string[] {
  return gaps.flatMap((gap) =>
    hanging('  - ', visibleText(`${describeGap(gap)}. ${sentence(gap.advice)}`), columns),
  );
}

/** Formats what was not checked, and why. The subject of an advisory source already includes the reason. */
export function describeGap({ kind, subject, detail }: CoverageGap): string {
  return kind === 'advisory-source' ? subject : `${subject}: ${detail}`;
}

/** Converts a clause into a sentence. */
export function sentence(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}
