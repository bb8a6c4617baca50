import type { Severity } from '../../../read/text/finding.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';
import { lineIndexes, placeOf } from './finding-lines.ts';
import { pathsFrom, type Report } from './report.ts';
import { reaches } from './summary.ts';

/**
 * Returns one line per finding, for editors and grep: `path:line:col: severity message [rule]`, with line and column
 * from 1. Empty if there are no findings.
 */
export function compactReport(report: Report, leastShown: Severity): string {
  const path = pathsFrom(report.root);
  const linesOf = lineIndexes(report);
  return report.findings
    .filter(({ finding }) => reaches(finding.severity, leastShown))
    .map(({ finding: { uri, span, severity, message, rule } }) => {
      const place = `${visibleText(path(uri))}:${placeOf(linesOf(uri), span.start)}`;
      return `${place}: ${severity} ${visibleText(message)} [${rule}]\n`;
    })
    .join('');
}
