import { visibleText } from '../../../read/text/words/visible-text.ts';
import { plural } from '../../../read/text/words/words.ts';
import {
  eventCells,
  findingLines,
  formatCounts,
  formatSearched,
  formatVerdict,
  nextSteps,
} from './incident-lines.ts';
import type { IncidentGap, IncidentReport } from './incident-report.ts';

/** Returns the report as Markdown, for a ticket. */
export function incidentMarkdown(report: IncidentReport): string {
  const blocks = [
    `# Incident ${escaped(report.label)}`,
    `${plural(report.repositories.length, 'repository', 'repositories')}: **${formatCounts(report)}**.`,
    rows(
      ['Repository', 'Verdict', 'Searched'],
      report.repositories.map((repository) => [
        repository.path,
        formatVerdict(repository),
        formatSearched(repository, report.isHistory),
      ]),
    ),
  ];
  for (const { path, findings, gaps } of report.repositories) {
    if (findings.length + gaps.length === 0) continue;
    blocks.push(`## ${escaped(path)}`);
    for (const finding of findings) {
      blocks.push(
        `### ${escaped(`${finding.name} ${finding.version} in ${finding.lockfile}`)}`,
        findingLines(finding, report.isHistory)
          .map((line) => `- ${escaped(line)}`)
          .join('\n'),
      );
      if (finding.events.length > 0)
        blocks.push(rows(['Author date', 'Event', 'Commit', 'Branches'], finding.events.map(eventCells)));
    }
    blocks.push(...gapBlocks(gaps, '### Not read'));
  }
  blocks.push(...gapBlocks(report.gaps, '## Not read'));
  if (!report.isHistory) blocks.push('Only working trees and HEAD were read.');
  blocks.push(...report.machine.map(escaped));
  const [lead, ...steps] = nextSteps(report);
  if (lead !== undefined)
    blocks.push(
      '## Next steps',
      escaped(lead),
      steps.map((step, at) => `${at + 1}. ${escaped(step)}`).join('\n'),
    );
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function gapBlocks(gaps: readonly IncidentGap[], heading: string): readonly string[] {
  if (gaps.length === 0) return [];
  return [heading, gaps.map(({ subject, reason }) => `- ${escaped(`${subject}: ${reason}`)}`).join('\n')];
}

function rows(heads: readonly string[], cells: readonly (readonly string[])[]): string {
  const line = (row: readonly string[]) => `| ${row.join(' | ')} |`;
  return [line(heads), line(heads.map(() => '---')), ...cells.map((row) => line(row.map(escaped)))].join(
    '\n',
  );
}

/** Escapes what Markdown, HTML in it, mentions and automatic links would take for themselves. */
function escaped(text: string): string {
  return visibleText(text)
    .replace(/[\\`*_{}[\]<>#|~!]/g, (character) => `\\${character}`)
    .replaceAll('@', '&#64;')
    .replace(/:\/\//g, '&#58;//');
}
