import type { Finding } from '../../../read/text/finding.ts';
import { groupBy } from '../../../read/text/group-by.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';
import { plural } from '../../../read/text/words/words.ts';
import { adviceOf } from '../check/advice.ts';
import { worstFirst } from '../check/rank-findings.ts';
import type { ReportedFinding } from '../check/report.ts';
import { describePlace } from './findings-section.ts';
import { type Markup, markup, type Part } from './markup.ts';
import { firstSentence, pageTable, type Section, severityBadge, withCommand } from './page-parts.ts';
import type { PageView } from './page-view.ts';

/** More would not be done first. */
const MOST_STEPS = 10;

/** Makes the list of what to do first: the fixes of errors and warnings, those of the worst findings first. */
export function stepsSection(input: PageView): Section {
  const urgent = worstFirst(input.report.findings).filter(
    ({ finding }) => finding.severity === 'error' || finding.severity === 'warning',
  );
  const steps = [...groupBy(urgent, stepOf).values()];
  const shown = steps.slice(0, MOST_STEPS);
  const place = describePlace(input);
  const more = steps.length - shown.length;
  const rows = shown.map((findings, at) => {
    const [{ finding, fixes }] = findings as [ReportedFinding];
    const message = visibleText(finding.message);
    const lead = firstSentence(message);
    const rest = message.slice(lead.length).trim();
    const advice = adviceOf(finding, fixes);
    const others = findings.length - 1;
    const cells: readonly Part[] = [
      at + 1,
      severityBadge(finding.severity),
      advice.length === 0
        ? markup`${subjectOf(finding)}${rest || 'Review it.'}`
        : advice.map((line) => markup`<span class="line">${withCommand(line)}</span>`),
      markup`${lead}${others === 0 ? undefined : markup` <span class="note">And ${plural(others, 'more finding')}.</span>`}`,
      place(finding),
    ];
    return { cells, ...place.filters(finding), severity: finding.severity };
  });
  return {
    id: 'first',
    title: 'What to do first',
    body:
      rows.length === 0
        ? markup`<p>No errors and no warnings: nothing is urgent.</p>`
        : markup`${pageTable(
            'Steps, those against the worst findings first',
            [
              { title: '#', look: 'index' },
              { title: 'Severity', look: 'severity' },
              'Do',
              'Because',
              { title: 'Where', look: 'where' },
            ],
            rows,
            'fixed',
          )}${more > 0 ? markup`<p class="note">${plural(more, 'more step')} for errors and warnings: in the <a href="#findings">findings</a>.</p>` : undefined}`,
  };
}

/** Returns a key of what is to be done: one step may resolve several findings of a file. */
function stepOf({ finding, fixes }: ReportedFinding): string {
  const advice = adviceOf(finding, fixes);
  return [finding.uri, ...(advice.length === 0 ? [finding.message] : advice)].join('\n');
}

/** Names the package that a sentence such as "Remove it." is about. */
function subjectOf({ package: name, version }: Finding): Markup | undefined {
  if (name === undefined) return undefined;
  return markup`<code>${version === undefined ? name : `${name} ${version}`}</code>: `;
}
