import type { Rule, RuleCategory } from '../../check/rule.ts';

const GUARDING: ReadonlySet<RuleCategory> = new Set([
  ...(['identity', 'registry', 'scripts', 'advisories', 'releases', 'lockfile', 'automation'] as const),
]);

/** Rules by which a policy limits what a project installs. */
const OF_POLICY: ReadonlySet<string> = new Set([
  'policy-denied-dependency',
  'policy-approval-missing',
  'control-missing',
]);

/** Checks whether a rule guards what is installed and from where. A change cannot loosen such a rule for itself. */
export function isGuarding({ id, category }: Pick<Rule, 'id' | 'category'>): boolean {
  return GUARDING.has(category) || OF_POLICY.has(id);
}
