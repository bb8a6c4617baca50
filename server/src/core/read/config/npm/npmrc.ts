import type { Uri } from '../../text/paths/uri.ts';
import type { ParseProblem } from '../../text/problem.ts';
import type { Span } from '../../text/span.ts';

/** The levels of npm's configuration that come from files, strongest first. */
export type NpmrcLevel = 'project' | 'user' | 'global';

/** One line `key = value` of an .npmrc. A key without a value has the value "true". */
export interface NpmrcEntry {
  /** Without quotes and the `[]` of a list, `${VAR}` not expanded. */
  readonly key: string;
  /** Whether the line appends to a list: `key[] = value`. */
  readonly list: boolean;
  readonly keySpan: Span;
  /** As written, without quotes, `${VAR}` not expanded. */
  readonly value: string;
  readonly valueSpan: Span;
  /** The whole line without its line ending. */
  readonly lineSpan: Span;
}

/** The .npmrc beside the manifest of a workspace member, which not every package manager reads. */
export interface MemberNpmrc extends Omit<Npmrc, 'kind'> {
  readonly kind: 'memberNpmrc';
}

export interface Npmrc {
  readonly kind: 'npmrc';
  readonly uri: Uri;
  readonly text: string;
  readonly level: NpmrcLevel;
  readonly entries: readonly NpmrcEntry[];
  readonly problems: readonly ParseProblem[];
}
