import { isWithin } from '../../../read/text/paths/uri.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';
import { plural } from '../../../read/text/words/words.ts';
import { describeGap, sentence } from '../check/gap-lines.ts';
import { pathsFrom } from '../check/report.ts';
import { exclusions, sourcesOf } from '../check/summary-parts.ts';
import { markup, type Part, withOptions } from './markup.ts';
import type { PageInput } from './page-input.ts';
import { pageTable, type Section, severityBadge } from './page-parts.ts';

/** Shows everything that was not checked, with the reason and what to do about it. */
export function gapsSection({ report, ending }: PageInput): Section {
  const { gaps } = ending.coverage;
  const excluded = exclusions(report, pathsFrom(report.root));
  return {
    id: 'gaps',
    title: 'Not checked',
    count: gaps.length + excluded.length,
    body: markup`${
      gaps.length === 0
        ? markup`<p>Everything was checked.</p>`
        : pageTable(
            'Not checked, or only in part',
            ['What', 'Checked', { title: 'Why', look: 'reason' }, 'What to do'],
            gaps.map((gap) => ({
              cells: [
                gap.kind === 'advisory-source' ? describeGap(gap) : gap.subject,
                gap.state === 'partly' ? 'in part' : 'no',
                gap.detail,
                withOptions(sentence(gap.advice)),
              ],
            })),
          )
    }${
      excluded.length === 0
        ? undefined
        : pageTable(
            'Excluded by the configuration',
            ['Glob', { title: 'Files', look: 'wide' }],
            excluded.map(({ summary, files }) => ({ cells: [visibleText(summary), files] })),
          )
    }`,
  };
}

/** Shows the findings that the configuration accepts, with their reasons; undefined if there are none. */
export function acceptedSection({ report }: PageInput): Section | undefined {
  const { accepted = [] } = report;
  if (accepted.length === 0) return undefined;
  const path = pathsFrom(report.root);
  return {
    id: 'accepted',
    title: 'Accepted findings',
    count: accepted.length,
    body: pageTable(
      'Findings that dependency-hygiene.json accepts; they are not counted above',
      [{ title: 'Finding', look: 'wide' }, 'Severity', 'Reason', 'Where'],
      accepted.map(({ finding, reasons }) => ({
        cells: [
          finding.message,
          severityBadge(finding.severity),
          reasons.join(' · '),
          markup`<code class="place">${path(finding.uri)}</code>`,
        ],
        severity: finding.severity,
      })),
    ),
  };
}

const STATES: Readonly<Record<string, string>> = {
  checked: 'read completely',
  partial: 'read in part',
  unreadable: 'not read',
  unsupported: 'format not supported',
};

/** Shows the age of the data and every file that was read. */
export function dataSection({ report, now }: PageInput): Section {
  const path = pathsFrom(report.root);
  const files = report.files.filter(({ uri }) => isWithin(report.root, uri));
  const isWhole = files.every(({ status }) => status === 'checked');
  return {
    id: 'data',
    title: 'Data and files',
    count: files.length,
    body: markup`<h3>Data</h3><p>${sourcesOf(report, now).join(' · ')}</p>
<h3>Files</h3><details${isWhole ? undefined : markup` open`}><summary>${plural(files.length, 'file')}${isWhole ? ', all read completely' : undefined}</summary>${pageTable(
      'Files that were read',
      ['File', 'Kind', 'State', { title: 'Locked packages', look: 'number' }],
      files.map(({ uri, kind, status, reason, entries }) => ({
        cells: [
          markup`<code>${path(uri) || '.'}</code>`,
          kind,
          markup`${STATES[status] ?? status}${reason === undefined ? undefined : `: ${reason}`}`,
          entries === undefined ? '' : (countOf(entries) as Part),
        ],
      })),
    )}</details>`,
  };
}

function countOf({ read, total }: { readonly read: number; readonly total: number }): Part {
  return read === total ? read : markup`${read} of ${total}`;
}
