import type { Rule, RuleCategory } from '../../src/core/rules/rule.ts';
import { type GeneratedFile, NOTE } from './generated-file.ts';

const TABLE_START = '<!-- rules:start -->';
const TABLE_END = '<!-- rules:end -->';

const CATEGORIES: readonly RuleCategory[] = [
  'identity',
  'registry',
  'scripts',
  'advisories',
  'versions',
  'releases',
  'maintenance',
  'lockfile',
  'policy',
];

/** A Markdown table of all rules, by category; `pages` is the path to the directory of the rules' pages. */
function rulesTable(rules: readonly Rule[], pages: string): string {
  const sorted = CATEGORIES.flatMap((category) => rules.filter((rule) => rule.category === category));
  const rows = sorted.map(
    ({ id, severity, preset, docs }) =>
      `| [\`${id}\`](${pages}${id}.md) | ${severity} | ${preset} | ${escapeCell(docs.summary)} |`,
  );
  return ['| Rule | Default | Preset | Reports |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** The list of all rules' pages. */
export function rulesIndexPage(rules: readonly Rule[]): GeneratedFile {
  return { path: 'server/docs/rules/README.md', text: `${NOTE}\n\n# Rules\n\n${rulesTable(rules, '')}\n` };
}

/** The README with the table between its two marks; unchanged where it has none. */
export function readmeWithTable(readme: string, rules: readonly Rule[]): string {
  const start = readme.indexOf(TABLE_START);
  const end = readme.indexOf(TABLE_END);
  if (start === -1 || end < start) return readme;
  const table = rulesTable(rules, 'server/docs/rules/');
  return `${readme.slice(0, start + TABLE_START.length)}\n${table}\n${readme.slice(end)}`;
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
