import { RULES } from '../../../judge/rules/index.ts';
import { type DescribedRule, describeRule, explainRule } from './explain.ts';

/** Returns the documentation of the rule with this id for a terminal; undefined if there is no such rule. */
export function explainedRule(id: string, columns: number): string | undefined {
  const rule = RULES.find((known) => known.id === id);
  return rule === undefined ? undefined : explainRule(rule, columns);
}

/** Returns the descriptions of those rules that have one of the ids. */
export function describedRules(ids: ReadonlySet<string>): readonly DescribedRule[] {
  return RULES.filter(({ id }) => ids.has(id)).map(describeRule);
}
