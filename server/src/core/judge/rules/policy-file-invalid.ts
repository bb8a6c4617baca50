import { shownText } from '../../read/lockfile/model/shown-text.ts';
import type { Policy } from '../../read/policy-file/policy.ts';
import { type Span, START } from '../../read/text/span.ts';
import { meantWord } from '../../read/text/words/nearest-word.ts';
import { describeValues, isOptionValue } from '../check/option-value.ts';
import { defineRule, type Rule } from '../check/rule.ts';

/**
 * A mistake in the configuration file silently disables what it was meant to set: an unknown rule id sets nothing, an
 * ignore entry without an expiry ignores nothing. So everything ineffective is reported at its place. Keys with the
 * prefix `x-` are the project's own. Known false positives: the id of a rule in a later version.
 */
interface Invalid {
  readonly problem: string;
  /** The replacement for the token; null if the intention is unclear. */
  readonly suggestion: string | null;
}

export const policyFileInvalid = defineRule({
  id: 'policy-file-invalid',
  category: 'policy',
  preset: 'security',
  severity: 'error',
  facts: [],
  options: {},
  docs: {
    summary: 'An invalid entry in dependency-hygiene.json.',
    why: `A misspelled key or rule id sets nothing, and an ignore entry without a reason and a day ignores nothing.
Nobody notices, because the file looks right. Keys that begin with \`x-\` are free for your own use.`,
    bad: `-- package.json --
{
  "name": "shop"
}
-- dependency-hygiene.json --
{
  "rules": {
    "typosqat-name": "error"
    ^^^^^^^^^^^^^^^ policy-file-invalid
  }
}
`,
    good: `-- package.json --
{
  "name": "shop"
}
-- dependency-hygiene.json --
{
  "x-owner": "the platform team",
  "rules": {
    "typosquat-name": "error"
  }
}
`,
  },
  check: {
    *policy(policy, { project, rules }) {
      for (const { span, message, suggestion } of policy.problems) yield invalid(span, message, suggestion);
      yield* judgeRules(policy, rules);
      if (policy.uri !== project.policy.uri) return;
      for (const { key, value, before, span } of project.policyOverruled ?? []) {
        const set = shownText(`${key}: ${value}`, 120);
        const wanted = before === undefined ? 'does not have it' : `has ${shownText(before, 80)}`;
        const problem = `"${set}" has no effect: the organization's policy ${wanted}.`;
        yield { ...invalid(span ?? firstToken(policy), problem), severity: 'warning' };
      }
    },
  },
  message: ({ data }) => data.problem,
  *fix({ data, span }, { uri }) {
    if (data.suggestion === null) return;
    const newText = JSON.stringify(data.suggestion);
    yield { title: `Replace with ${newText}`, applicability: 'unsafe', edits: [{ uri, span, newText }] };
  },
});

/** Judges the rule ids in `rules` and `ignores`, and the options set for each rule. */
function* judgeRules(policy: Policy, rules: readonly Rule[]) {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  for (const [id, setting] of [policy, ...policy.overrides].flatMap(({ rules }) => [...rules])) {
    const rule = byId.get(id);
    if (rule === undefined) {
      yield unknown('rule id', id, setting.span, byId.keys());
      continue;
    }
    for (const [name, spans] of setting.optionSpans) {
      const option = Object.hasOwn(rule.options, name) ? rule.options[name] : undefined;
      if (option === undefined) {
        yield unknown(`option of ${id}`, name, spans.key, Object.keys(rule.options));
      } else if (!isOptionValue(option, setting.options[name])) {
        yield invalid(spans.value, `The option "${name}" of ${id} must be ${describeValues(option)}.`);
      }
    }
  }
  for (const { rule, ruleSpan } of policy.ignores) {
    if (!byId.has(rule)) yield unknown('rule id', rule, ruleSpan, byId.keys());
  }
}

function firstToken({ rootSpan = START }: Policy): Span {
  return { start: rootSpan.start, end: Math.min(rootSpan.start + 1, rootSpan.end) };
}

function unknown(what: string, word: string, span: Span, candidates: Iterable<string>) {
  const meant = meantWord(word, candidates);
  const question = meant === undefined ? '.' : `. Did you mean "${meant}"?`;
  return invalid(span, `Unknown ${what} "${word}"${question}`, meant);
}

function invalid(span: Span, problem: string, suggestion?: string): { span: Span; data: Invalid } {
  return { span, data: { problem, suggestion: suggestion ?? null } };
}
