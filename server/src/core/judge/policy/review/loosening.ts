import type { RuleCategory } from '../../check/rule.ts';

const GUARDING: ReadonlySet<RuleCategory> = new Set([
  ...(['identity', 'registry', 'scripts', 'advisories', 'releases', 'lockfile'] as const),
]);

/** Whether a rule is about what is installed and from where: what a change does to it does not count for the change itself. */
export function isGuarding({ category }: { readonly category: RuleCategory }): boolean {
  return GUARDING.has(category);
}
