import type { FixContext } from '../check/rule.ts';

/** What plans are made of. The context that a rule's `fix` gets is one. */
export type RemedyContext = Pick<FixContext, 'project' | 'facts' | 'advisories' | 'now' | 'text' | 'moment'>;

/** A version of a package, by the package's own name, that the project has locked or would take and should not. */
export interface BadPackage {
  readonly name: string;
  readonly version: string;
}
