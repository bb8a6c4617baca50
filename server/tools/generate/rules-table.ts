import type { Rule, RuleCategory } from '../../src/core/judge/check/rule.ts';
import { type GeneratedFile, NOTE } from './generated-file.ts';

const CATEGORIES: readonly RuleCategory[] = [
  'identity',
  'registry',
  'scripts',
  'advisories',
  'versions',
  'releases',
  'maintenance',
  'lockfile',
  'automation',
  'policy',
];

/** Returns a Markdown table of all rules, by category. */
function rulesTable(rules: readonly Rule[]): string {
  const sorted = CATEGORIES.flatMap((category) => rules.filter((rule) => rule.category === category));
  const rows = sorted.map(
    ({ id, severity, preset, docs }) =>
      `| [\`${id}\`](${id}.md) | ${severity} | ${preset} | ${escapeCell(docs.summary)} |`,
  );
  return ['| Rule | Default | Preset | Reports |', '| --- | --- | --- | --- |', ...rows].join('\n');
}

/** Returns the list of all rules' pages. */
export function rulesIndexPage(rules: readonly Rule[]): GeneratedFile {
  return { path: 'server/docs/rules/README.md', text: `${NOTE}\n\n# Rules\n\n${rulesTable(rules)}\n` };
}

function escapeCell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
