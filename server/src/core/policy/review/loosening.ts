import type { RuleCategory } from '../../rules/rule.ts';
import type { Span } from '../../text/span.ts';

/** Something that a policy lets pass and that of the base does not. */
export interface PolicyLoosening {
  /** The keys from the outside in, with dots between: `rules.fresh-version.days`. */
  readonly key: string;
  /** What it is now, or what a list has now. */
  readonly value: string;
  /** What it was; undefined for an item that is new in a list. */
  readonly before: string | undefined;
  /** The token that says so; undefined where it follows from what is no longer there. */
  readonly span: Span | undefined;
  readonly severity: 'warning' | 'information';
  /** Whether it is in force all the same, as with an advisory that is accepted with a reason. */
  readonly counts: boolean;
}

const GUARDING: ReadonlySet<RuleCategory> = new Set([
  ...(['identity', 'registry', 'scripts', 'advisories', 'releases', 'lockfile'] as const),
]);

/** Whether a rule is about what is installed and from where: what a change does to it does not count for the change itself. */
export function isGuarding({ category }: { readonly category: RuleCategory }): boolean {
  return GUARDING.has(category);
}
