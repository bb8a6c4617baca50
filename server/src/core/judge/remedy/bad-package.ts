import type { FixContext } from '../check/rule.ts';

/** The inputs of plans, a subset of the context that a rule's `fix` gets. */
export type RemedyContext = Pick<FixContext, 'project' | 'facts' | 'advisories' | 'now' | 'text' | 'moment'>;

/** A package version, by the package's own name, that the project has locked or would select but should not. */
export interface BadPackage {
  readonly name: string;
  readonly version: string;
}
