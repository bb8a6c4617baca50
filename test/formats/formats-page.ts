import type { CoverageGap } from '../../server/src/core/judge/check/coverage.ts';
import { groupBy } from '../../server/src/core/read/text/group-by.ts';
import type { Judged, Outcome } from './judge-cells.ts';
import { FORMATS, type LockfileFormat } from './lockfile-formats.ts';
import { NOTHING_TO_JUDGE } from './reasons.ts';

/** Returns why a rule does not apply to a format, from the rule's own statement. */
export function reasonFor({ rule, format }: Judged): string | undefined {
  return NOTHING_TO_JUDGE.find((each) => each.rule === rule.id && each.formats.test(format.id))?.reason;
}

/** Returns the page with a row for each rule that needs a lockfile, and a column for each group of equal formats. */
export function formatsPage(cells: readonly Judged[]): string {
  const notes: string[] = [];
  const noteOf = (text: string): string => {
    if (!notes.includes(text)) notes.push(text);
    return `<sup>${notes.indexOf(text) + 1}</sup>`;
  };
  const rules = [...new Set(cells.map(({ rule }) => rule.id))].sort();
  const columns = FORMATS.map((format) => ({
    format,
    words: rules.map((id) => {
      const cell = cells.find(({ rule, format: other }) => rule.id === id && other.id === format.id)!;
      return wordsOf(cell, noteOf);
    }),
  }));
  const groups = groupBy(columns, ({ words }) => words.join('|'));
  const heads = [...groups.values()].map((group) => titleOf(group.map(({ format }) => format)));
  const rows = rules.map((id, row) => [
    `[\`${id}\`](rules/${id}.md)`,
    ...[...groups.values()].map(([first]) => first!.words[row]!),
  ]);
  const table = [['Rule', ...heads], ['---', ...heads.map(() => '---')], ...rows];
  return `# Which rule judges which lockfile

Each rule that needs something from a lockfile, and each format that is read. Made by running an example of each rule in each
format (\`node test/formats/run.ts\`); \`npm test\` fails where a rule is silent and nothing says why.

- **yes**: the rule judges the format.
- **registry**: the rule needs a registry's documents, so \`check --trust\`; without it the rule is reported as not checked.
- **not checked**: the rule cannot judge the format, and \`check\` lists it as not checked.
- –: there is nothing to judge.

\`check\` lists what is not checked with its reason; see [exit codes](exit-codes.md).

${table.map((cellsOfRow) => `| ${cellsOfRow.join(' | ')} |`).join('\n')}

${notes.map((text, index) => `${index + 1}. ${text}`).join('\n')}
`;
}

function wordsOf(cell: Judged, noteOf: (text: string) => string): string {
  const { trusted, untrusted } = cell;
  const { gap } = trusted;
  // The registry here has no packages for other examples.
  const note = gap === undefined || gap.reason === 'not-provided' ? '' : noteOf(describeGap(gap));
  if (trusted.isReported) return `${untrusted.isReported ? 'yes' : 'registry'}${note}`;
  if (gap !== undefined) return `not checked${noteOf(describeGap(gap))}`;
  return `–${noteOf(reasonFor(cell) ?? 'unknown')}`;
}

function describeGap({ detail, advice }: CoverageGap): string {
  const text = `${detail.replace(/:.*$/s, '')}; ${advice}`;
  return `${text[0]!.toUpperCase()}${text.slice(1)}.`;
}

/** `npm v2, npm v3` */
function titleOf(formats: readonly LockfileFormat[]): string {
  return formats.map(({ title }) => title).join(', ');
}

/**
 * Returns what is wrong with a cell; undefined if it is either judged, reported as not checked, or has
 * nothing to judge.
 */
export function faultOf(cell: Judged): string | undefined {
  const { rule, format, trusted, untrusted } = cell;
  const place = `${rule.id} in ${format.title}`;
  const reason = NOTHING_TO_JUDGE.find((each) => each.rule === rule.id && each.formats.test(format.id));
  for (const [mode, outcome] of [
    ['with', trusted],
    ['without', untrusted],
  ] as const) {
    if (isAccounted(outcome)) continue;
    if (reason === undefined)
      return `${place} is silent ${mode} registries, and nothing says that it is not checked`;
    const { reportedBy } = reason;
    if (reportedBy !== undefined && !outcome.others.has(reportedBy))
      return `${place} is not reported by ${reportedBy}`;
  }
  if (reason !== undefined && trusted.isReported)
    return `${place} is reported, so there is something to judge`;
  return undefined;
}

function isAccounted({ isReported, gap }: Outcome): boolean {
  return isReported || (gap !== undefined && gap.detail !== '' && gap.advice !== '');
}
