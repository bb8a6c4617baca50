import type { Finding, Severity } from '../../../read/text/finding.ts';
import { groupBy } from '../../../read/text/group-by.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';
import { group } from '../../../read/text/words/words.ts';
import { worstFirst } from '../check/rank-findings.ts';
import { markup } from './markup.ts';
import { figure, firstSentence, pageTable, type Row, type Section } from './page-parts.ts';
import type { PageView } from './page-view.ts';

/** More would only have what others have as well. */
const MOST_ROWS = 50;

/** The columns of findings. */
export const COUNTED: readonly (readonly [title: string, severities: readonly Severity[]])[] = [
  ['Errors', ['error']],
  ['Warnings', ['warning']],
  ['Other findings', ['information', 'hint']],
];

/** Shows who has to act, by CODEOWNERS or by workspace member; undefined if that is one for all. */
export function ownersSection({ report, ownersOf, responsible }: PageView): Section | undefined {
  const pairs = worstFirst(report.findings).flatMap(({ finding }) =>
    responsible(finding).map((who) => ({ who, finding })),
  );
  const groups = [...groupBy(pairs, ({ who }) => who)];
  if (groups.length === 0 || (groups.length < 2 && ownersOf === undefined)) return undefined;
  const more = groups.length - MOST_ROWS;
  const rows = groups.slice(0, MOST_ROWS).map(([who, own]): Row => {
    const findings = own.map(({ finding }) => finding);
    return { cells: [who, ...countsOf(findings), firstSentence(visibleText(findings[0]!.message))] };
  });
  return {
    id: 'owners',
    title: 'Owners',
    count: groups.length,
    body: markup`${pageTable(
      `${ownersOf === undefined ? 'Workspace members and projects' : 'Owners by CODEOWNERS'}, those with the worst findings first; a finding may count for several`,
      [
        'Who',
        ...COUNTED.map(([title]) => ({ title, look: 'number' as const })),
        { title: 'Worst finding', look: 'wide' },
      ],
      rows,
    )}${more > 0 ? markup`<p class="note">And ${group(more)} more with milder findings.</p>` : undefined}`,
  };
}

/** Returns the cells of the columns of findings. */
export function countsOf(findings: readonly Finding[]) {
  return COUNTED.map(([, severities]) => {
    const count = findings.filter(({ severity }) => severities.includes(severity)).length;
    return count === 0 ? figure(0) : markup`<span class="count ${severities[0]!}">${count}</span>`;
  });
}
