import { hanging } from '../../../read/text/hanging-text.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';
import { plural } from '../../../read/text/words/words.ts';
import { wrap } from '../../../read/text/wrap.ts';
import { COLOURED, PLAIN } from '../paint.ts';
import { table } from '../table.ts';
import { type UnusedKind, type UnusedReport, unusedCoverage } from './unused-report.ts';

const HEADS = ['Package', 'Finding', 'Seen in', 'Manifest'];

const WORDS: Readonly<Record<UnusedKind, string>> = {
  unused: 'unused',
  missing: 'not declared',
  'development-only': 'only for development',
  'published-development': 'published, but a development dependency',
};

/** Formats the findings as a table, then what was searched and what was not; with a trailing newline. */
export function unusedText(
  report: UnusedReport,
  { columns, colour }: { readonly columns: number; readonly colour: boolean },
): string {
  const paint = colour ? COLOURED : PLAIN;
  const { findings, manifests } = report;
  const rows = findings.map(({ package: name, kind, seen, path, line }) =>
    [name, WORDS[kind], seen === undefined ? '-' : `${seen.path}:${seen.line}`, `${path}:${line}`].map(
      visibleText,
    ),
  );
  const painted = (text: string, row: number, column: number): string => {
    if (row === -1) return paint.faint(text);
    if (column === 0) return paint.strong(text);
    return column === 1 ? paint.severity(findings[row]?.severity ?? 'hint', text) : text;
  };
  const lines = rows.length === 0 ? [] : [...table(HEADS, rows, columns, painted), ''];
  lines.push(...wrap(summary(report), columns));
  for (const { subject, detail } of unusedCoverage(report).gaps)
    lines.push(...hanging('Not checked: ', visibleText(`${subject}: ${detail}.`), columns));
  if (manifests.length === 0) lines.push('No manifest was searched.');
  return `${lines.join('\n')}\n`;
}

function summary({ findings, manifests }: UnusedReport): string {
  const files = (kind: 'code' | 'configuration') =>
    // The files of a member are among those of the manifests above it.
    Math.max(0, ...manifests.map((manifest) => manifest[kind]));
  const searched = `searched ${plural(files('code'), 'source file')} and ${plural(files('configuration'), 'configuration file')} for ${plural(manifests.length, 'manifest')}`;
  if (findings.length === 0) return `Nothing is unused or missing: ${searched}.`;
  const count = (kind: UnusedKind) => findings.filter((finding) => finding.kind === kind).length;
  const parts = [
    `${count('unused')} unused`,
    `${count('missing')} not declared`,
    `${count('development-only') + count('published-development')} in the wrong section`,
  ];
  return `${parts.join(', ')}: ${searched}.`;
}
