import type { Severity } from '../../../../read/text/finding.ts';
import { visibleText } from '../../../../read/text/words/visible-text.ts';
import { plural } from '../../../../read/text/words/words.ts';
import type { JsonFinding, JsonReport } from '../json.ts';
import { reaches, severityLabels } from '../summary.ts';
import { bySeverity } from './by-severity.ts';

/** More rows are only counted: the summaries of a job and comments have limits. */
const MOST_ROWS = 100;

/** Returns a report as Markdown, for the summary of a CI job or a comment: findings worst first, then the gaps. */
export function markdownReport(report: JsonReport, leastShown: Severity): string {
  const findings = bySeverity(report.findings.filter(({ severity }) => reaches(severity, leastShown)));
  const shown = findings.slice(0, MOST_ROWS);
  const { gaps } = report.coverage;
  const labels = severityLabels(report.findings).map(([, label]) => label);
  const counts = labels.length === 0 ? 'No findings' : labels.join(', ');
  const checked = `${plural(report.files.length, 'file')} read`;
  const blocks = [
    '## Dependency Hygiene',
    `**${counts}**, ${checked}${gaps.length === 0 ? '' : `, ${plural(gaps.length, 'gap')}`}.`,
    ...(shown.length === 0
      ? []
      : [
          ['| Severity | Finding | Rule | Place |', '| --- | --- | --- | --- |', ...shown.map(rowOf)].join(
            '\n',
          ),
        ]),
    ...(findings.length > shown.length ? [`And ${findings.length - shown.length} more.`] : []),
    ...(gaps.length === 0
      ? []
      : [
          [
            '### Not checked',
            '',
            ...gaps.map(
              ({ subject, detail, advice }) => `- ${cell(`${subject}: ${detail}. To do: ${advice}.`)}`,
            ),
          ].join('\n'),
        ]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function rowOf({ severity, message, rule, path, range }: JsonFinding): string {
  return `| ${severity} | ${cell(message)} | ${rule} | ${cell(`${path}:${range.start.line + 1}`)} |`;
}

/** Escapes what Markdown, HTML in it, mentions and automatic links would take for themselves. */
function cell(text: string): string {
  return visibleText(text)
    .replace(/[\\`*_{}[\]<>#|~!]/g, (character) => `\\${character}`)
    .replaceAll('@', '&#64;')
    .replace(/:\/\//g, '&#58;//');
}
