import type { RuleCategory } from '../../check/rule.ts';

const GUARDING: ReadonlySet<RuleCategory> = new Set([
  ...(['identity', 'registry', 'scripts', 'advisories', 'releases', 'lockfile', 'automation'] as const),
]);

/** Checks whether a rule guards what is installed and from where. A change cannot loosen such a rule for itself. */
export function isGuarding({ category }: { readonly category: RuleCategory }): boolean {
  return GUARDING.has(category);
}
