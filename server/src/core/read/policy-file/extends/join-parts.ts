import type { Policy, RuleSetting } from '../policy.ts';

/** Joins rule settings: severity and options of the second count first. */
export function joinRules(first: Policy['rules'], second: Policy['rules']): Policy['rules'] {
  const rules = new Map<string, RuleSetting>(first);
  for (const [id, setting] of second) {
    const other = first.get(id);
    rules.set(id, other === undefined ? setting : joinSettings(other, setting));
  }
  return rules;
}

function joinSettings(first: RuleSetting, second: RuleSetting): RuleSetting {
  return {
    severity: second.severity ?? first.severity,
    options: { ...first.options, ...second.options },
    optionSpans: new Map([...first.optionSpans, ...second.optionSpans]),
    span: second.span,
  };
}

/** Joins values by key: those of the second count first. */
export function joinValues<T extends object>(first: T, second: T): T {
  const set = Object.entries(second).filter(([, value]) => value !== undefined);
  return { ...first, ...Object.fromEntries(set) };
}
