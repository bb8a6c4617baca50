import type { Severity } from '../../../../read/text/finding.ts';
import { visibleText } from '../../../../read/text/words/visible-text.ts';
import type { JsonFinding, JsonReport } from '../json.ts';
import { reaches } from '../summary.ts';
import { bySeverity } from './by-severity.ts';

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
};

/**
 * Returns a workflow command of GitHub Actions for each finding, worst first, because GitHub shows ten of each kind in
 * a step. Empty if there are none.
 *
 * @param prefix the checked directory, relative to the repository, with a slash at the end; empty for the repository
 */
export function githubAnnotations({ findings }: JsonReport, leastShown: Severity, prefix = ''): string {
  return bySeverity(findings)
    .filter(({ severity }) => reaches(severity, leastShown))
    .map((finding) => annotationOf(finding, prefix))
    .join('');
}

function annotationOf({ severity, rule, message, path, range }: JsonFinding, prefix: string): string {
  const isOneLine = range.start.line === range.end.line;
  const properties = Object.entries({
    file: prefix + path,
    line: range.start.line + 1,
    endLine: range.end.line + 1,
    ...(isOneLine ? { col: range.start.character + 1, endColumn: range.end.character + 1 } : {}),
    title: rule,
  });
  const listed = properties.map(([name, value]) => `${name}=${escapedProperty(String(value))}`);
  return `::${COMMANDS[severity]} ${listed.join(',')}::${escaped(visibleText(message))}\n`;
}

/** Escapes as the toolkit of GitHub Actions does: nothing in a message can end it and start another command. */
function escaped(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapedProperty(text: string): string {
  return escaped(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
