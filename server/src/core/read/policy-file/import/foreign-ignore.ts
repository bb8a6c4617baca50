import type { Span } from '../../text/span.ts';

/** A tool whose configuration says which advisories it leaves out. */
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
 * What an entry leaves out. advisory: the one with the id, perhaps of one package; package: all that is ever known of the
 * package; number: an advisory by the number that only its registry knows; wide: more than can be said in an entry of
 * ours, or something that is not about packages of npm; everything: whatever there is.
 */
export type IgnoreScope = 'advisory' | 'package' | 'number' | 'wide' | 'everything';

/** One entry of another tool's configuration. */
export interface ForeignIgnore {
  readonly tool: IgnoreTool;
  /** What it names, as written, for people. */
  readonly text: string;
  /** The token that names it. */
  readonly span: Span;
  /** All of the entry, for taking it out: the property, the item of a list, the table. */
  readonly entrySpan: Span;
  readonly scope: IgnoreScope;
  readonly id: string | undefined;
  readonly package: string | undefined;
  readonly version: string | undefined;
  /** As the tool has it, else from a comment beside the entry. */
  readonly reason: string | undefined;
  /** The last day on which it counts: `YYYY-MM-DD`. */
  readonly expires: string | undefined;
  /** The token of that day, for another one to be written over it. */
  readonly expirySpan: Span | undefined;
  /** Why it leaves nothing out although it stands there, as a clause: it is switched off. */
  readonly inactive: string | undefined;
  /** What it says beside that and an entry of ours cannot, as a clause: that it counts on one path only. */
  readonly narrower: string | undefined;
}

/** Everything but what an entry has to say; the rest is filled in. */
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
