import { SEVERITIES } from '../../../read/text/finding.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';
import { pathsFrom } from '../check/report.ts';
import { severityLabels, summarize } from '../check/summary.ts';
import {
  dataOf,
  describeBaseline,
  describeExit,
  exclusions,
  extent,
  gapItems,
  verdictOf,
} from '../check/summary-parts.ts';
import { describeNested } from '../watch/nested-words.ts';
import type { Usage } from './finding-places.ts';
import { type Markup, markup, type Part, withOptions } from './markup.ts';
import { figure, pageTable, type Section, severityBadge } from './page-parts.ts';
import type { PageView } from './page-view.ts';

/** Makes the first lines of a report, as `check` prints them, and the findings by severity and use. */
export function summarySection(input: PageView): Section {
  const { report, ending, failOn, now } = input;
  const { state, text } = verdictOf(report, ending);
  const counts = severityLabels(report.findings.map(({ finding }) => finding)).map(
    ([severity, label]) => markup`<span class="count ${severity}">${label}</span>`,
  );
  const excluded = exclusions(report, pathsFrom(report.root));
  const gaps = gapItems(ending.coverage.gaps).map(withOptions);
  const lines: readonly (readonly [label: string, items: readonly Part[]])[] = [
    ['Checked', [extent(report).join(' · ')]],
    ['dephygiene check', [describeExit(ending.exitReason, failOn)]],
    ['Not checked', gaps.length === 0 ? ['Nothing: everything was checked.'] : gaps],
    ['Baseline', [describeBaseline(report)].filter((line) => line !== undefined)],
    ['Excluded', excluded.map(({ summary }) => visibleText(summary))],
    ['Remark', [describeNested(report.nestedConfigurations ?? 0)].filter((line) => line !== undefined)],
    ['Data', [dataOf(report, now).join(' · ')]],
  ];
  return {
    id: 'summary',
    title: 'Summary',
    body: markup`<p class="verdict ${(state ?? 'unknown').toLowerCase()}"><strong>${state ?? 'Not known'}</strong> <span>${text ?? counts}</span></p>
<div class="columns"><dl>${lines
      .filter(([, items]) => items.length > 0)
      .map(
        ([label, items]) => markup`<dt>${label}</dt>${items.map((item) => markup`<dd>${item}</dd>`)}`,
      )}</dl>
${matrix(input)}</div>`,
  };
}

const USAGES: readonly (readonly [usage: Usage, title: string])[] = [
  ['production', 'Production'],
  ['development', 'Development'],
  ['project', 'Files and settings'],
];

/** Returns the table of the findings by severity and by where the packages are used. */
function matrix({ report, placeOf }: PageView): Markup | undefined {
  const { findings } = report;
  if (findings.length === 0) return undefined;
  const total = summarize(findings.map(({ finding }) => finding));
  const of = USAGES.map(([usage]) =>
    summarize(findings.map(({ finding }) => finding).filter((finding) => placeOf(finding).usage === usage)),
  );
  const key = { error: 'errors', warning: 'warnings', information: 'information', hint: 'hints' } as const;
  return pageTable(
    'Findings by severity and use',
    [
      'Severity',
      ...USAGES.map(([, title]) => ({ title, look: 'number' as const })),
      { title: 'All', look: 'number' as const },
    ],
    SEVERITIES.map((severity) => ({
      cells: [
        severityBadge(severity),
        ...of.map((counts) => figure(counts[key[severity]])),
        figure(total[key[severity]]),
      ],
    })),
    'plain',
  );
}
