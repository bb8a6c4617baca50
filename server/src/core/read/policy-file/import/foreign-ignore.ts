import type { Span } from '../../text/span.ts';

/** A tool whose configuration lists the advisories that it ignores. */
export type IgnoreTool =
  | 'audit-resolve'
  | 'better-npm-audit'
  | 'osv-scanner'
  | 'audit-ci'
  | 'pnpm-audit'
  | 'yarn-audit';

/** The tools' own names, and that of the list, for people. */
export const TOOL_WORDS: Readonly<Record<IgnoreTool, string>> = {
  'audit-resolve': 'npm-audit-resolver',
  'better-npm-audit': 'better-npm-audit',
  'osv-scanner': 'osv-scanner',
  'audit-ci': 'audit-ci',
  'pnpm-audit': 'pnpm audit',
  'yarn-audit': 'yarn npm audit',
};

/**
 * What an entry ignores. advisory: the one with the id, optionally for one package; package: everything ever known of
 * the package; number: an advisory by the number that only its registry knows; wide: more than an entry of ours can
 * express, or something that does not concern npm packages; everything: all advisories.
 */
export type IgnoreScope = 'advisory' | 'package' | 'number' | 'wide' | 'everything';

/** One entry of another tool's configuration. */
export interface ForeignIgnore {
  readonly tool: IgnoreTool;
  /** What it names, as written, for people. */
  readonly text: string;
  /** The token that names it. */
  readonly span: Span;
  /** The whole entry, for removing it: the property, the item of a list, the table. */
  readonly entrySpan: Span;
  readonly scope: IgnoreScope;
  readonly id: string | undefined;
  readonly package: string | undefined;
  readonly version: string | undefined;
  /** From the tool's own field, otherwise from a comment beside the entry. */
  readonly reason: string | undefined;
  /** The last effective day: `YYYY-MM-DD`. */
  readonly expires: string | undefined;
  /** The token of that day, to be overwritten with another one. */
  readonly expirySpan: Span | undefined;
  /** Why it has no effect, as a clause: it is disabled. */
  readonly inactive: string | undefined;
  /** A restriction that an entry of ours cannot express, as a clause: it applies to one path only. */
  readonly narrower: string | undefined;
}

/** Fills in defaults for everything that an entry does not state. */
export function foreignIgnore(
  entry: Pick<ForeignIgnore, 'tool' | 'text' | 'span' | 'entrySpan' | 'scope'> & Partial<ForeignIgnore>,
): ForeignIgnore {
  return {
    id: undefined,
    package: undefined,
    version: undefined,
    reason: undefined,
    expires: undefined,
    expirySpan: undefined,
    inactive: undefined,
    narrower: undefined,
    ...entry,
  };
}
