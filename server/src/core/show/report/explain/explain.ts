import type { Rule, RuleOption } from '../../../judge/check/rule.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';
import { wrap } from '../../../read/text/wrap.ts';
import { advisoryLines, exampleFiles, registryLines } from './rule-example.ts';

/** What a rule reports, why, and how it is set: its documentation for a terminal, with a line end. */
export function explainRule(rule: Rule, columns: number): string {
  const { id, category, severity, docs } = rule;
  const sections = [
    [`${id} (${severity} by default, ${category})`],
    wrap(docs.summary, columns),
    ...paragraphs(docs.why).map((paragraph) => wrap(paragraph, columns)),
    example('Reported', docs.bad),
    example('Not reported', docs.good),
    saidByRegistry(rule),
    saidByAdvisories(rule),
    options(rule, columns),
    setting(rule),
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

/** The paragraphs and the items of lists of a Markdown text, each on one line. */
function paragraphs(markdown: string): readonly string[] {
  return markdown
    .split(/\n\n|\n(?=\d{1,2}\. )/)
    .map((paragraph) =>
      paragraph
        .trim()
        .split('\n')
        .map((line) => line.trim())
        .join(' '),
    )
    .filter((paragraph) => paragraph !== '');
}

function example(title: string, text: string): readonly string[] {
  const files = exampleFiles(text).map(({ path, text: content }) => [
    `  ${path}`,
    ...content.split('\n').map((line) => `    ${line === '' ? '' : visibleText(line)}`.trimEnd()),
  ]);
  return files.length === 0 ? [] : [`${title}:`, ...files.flat()];
}

function saidByRegistry({ docs }: Rule): readonly string[] {
  if (docs.registry === undefined) return [];
  const lines = registryLines(docs.registry).map((line) => `  ${visibleText(line)}`);
  return ['What the registry says in these examples:', ...lines];
}

function saidByAdvisories({ docs }: Rule): readonly string[] {
  if (docs.advisories === undefined) return [];
  const lines = advisoryLines(docs.advisories).map((line) => `  ${visibleText(line)}`);
  return ['The advisories on packages in these examples, in the form of OSV:', ...lines];
}

function options(rule: Rule, columns: number): readonly string[] {
  const entries = Object.entries(rule.options);
  if (entries.length === 0) return [];
  return ['Options:', ...entries.flatMap(([name, option]) => optionLines(name, option, columns))];
}

function optionLines(name: string, option: RuleOption, columns: number): readonly string[] {
  const text = `${option.description} Default: ${JSON.stringify(option.default)}.`;
  return [`  ${name}`, ...wrap(text, columns - 4).map((line) => `    ${line}`)];
}

function setting({ id }: Rule): readonly string[] {
  return ['In dependency-hygiene.json:', `  { "rules": { "${id}": "off" } }`];
}
