import type { Uri } from '../../text/paths/uri.ts';
import type { ParseProblem } from '../../text/problem.ts';
import type { Span } from '../../text/span.ts';

/** The levels of npm's configuration that come from files, strongest first, as npm has them. */
export type NpmrcLevel = 'project' | 'user' | 'global';

/** One line `key = value` of an .npmrc. A key alone has the value "true". */
export interface NpmrcEntry {
  /** Quotes and the `[]` of a list removed, `${VAR}` not expanded. */
  readonly key: string;
  /** Whether the line adds to a list: `key[] = value`. */
  readonly list: boolean;
  readonly keySpan: Span;
  /** As written, quotes removed, `${VAR}` not expanded. */
  readonly value: string;
  readonly valueSpan: Span;
  /** The whole line without its line end. */
  readonly lineSpan: Span;
}

export interface Npmrc {
  readonly kind: 'npmrc';
  readonly uri: Uri;
  readonly text: string;
  readonly level: NpmrcLevel;
  readonly entries: readonly NpmrcEntry[];
  readonly problems: readonly ParseProblem[];
}
