import { describeValues } from '../../../judge/check/option-value.ts';
import type { Rule, RuleOption } from '../../../judge/check/rule.ts';
import type { Severity } from '../../../read/text/finding.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';
import { wrap } from '../../../read/text/wrap.ts';
import { advisoryLines, exampleFiles, registryLines } from './rule-example.ts';

/** A rule as other programs list it. */
export interface DescribedRule {
  readonly id: string;
  readonly category: string;
  readonly severity: Severity;
  /** What it reports, in one sentence. */
  readonly summary: string;
  /** Why it matters, as Markdown. */
  readonly why: string;
}

export function describeRule({ id, category, severity, docs }: Rule): DescribedRule {
  return { id, category, severity, summary: docs.summary, why: docs.why };
}

/**
 * Formats what a rule reports, why, and how to configure it: its documentation for a terminal, with a trailing newline.
 */
export function explainRule(rule: Rule, columns: number): string {
  const { id, category, severity, docs } = rule;
  const sections = [
    [`${id} (${severity} by default, ${category})`],
    wrap(docs.summary, columns),
    ...blocks(docs.why, columns),
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

/**
 * Returns the paragraphs and lists of a Markdown text as lines: items have hanging indents, and steps are separated.
 */
function blocks(markdown: string, columns: number): readonly (readonly string[])[] {
  return markdown.split(/\n\n|\n(?=\d{1,2}\. )/).map((block) =>
    block
      .split(/\n(?=- )/)
      .map((item) => item.trim().replace(/\s*\n\s*/g, ' '))
      .filter((item) => item !== '')
      .flatMap((item) => {
        const mark = /^(?:-|\d{1,2}\.) /.exec(item)?.[0] ?? '';
        const lines = wrap(item.slice(mark.length), columns - mark.length);
        return lines.map((line, index) => `${index === 0 ? mark : ' '.repeat(mark.length)}${line}`);
      }),
  );
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
  return ['Registry data in these examples:', ...lines];
}

function saidByAdvisories({ docs }: Rule): readonly string[] {
  if (docs.advisories === undefined) return [];
  const lines = advisoryLines(docs.advisories).map((line) => `  ${visibleText(line)}`);
  return ['Advisories in these examples, in OSV format:', ...lines];
}

function options(rule: Rule, columns: number): readonly string[] {
  const entries = Object.entries(rule.options);
  if (entries.length === 0) return [];
  return ['Options:', ...entries.flatMap(([name, option]) => optionLines(name, option, columns))];
}

function optionLines(name: string, option: RuleOption, columns: number): readonly string[] {
  const values = option.type === 'choice' ? ` It is ${describeValues(option)}.` : '';
  const text = `${option.description}${values} Default: ${JSON.stringify(option.default)}.`;
  return [`  ${name}`, ...wrap(text, columns - 4).map((line) => `    ${line}`)];
}

function setting({ id }: Rule): readonly string[] {
  return ['In dependency-hygiene.json:', `  { "rules": { "${id}": "off" } }`];
}
