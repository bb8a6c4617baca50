import type { UnavailableReason } from '../../know/registry/documents/fact.ts';

/** How far something was checked that should have been. */
export type CoverageState = 'checked' | 'partly' | 'not-checked';

/**
 * Why something was not checked, for programs. damaged: read only in part; unread: not read at all; unsupported: in a
 * format that is not read; switched-off: a source that the user left out; missing: there is no such data here; undecided:
 * an advisory does not say whether it affects the version; not-asked: registries were asked about others only. The others are those of facts.
 */
export type GapReason =
  | UnavailableReason
  | 'damaged'
  | 'unread'
  | 'unsupported'
  | 'switched-off'
  | 'missing'
  | 'undecided'
  | 'not-asked';

/** Something that should have been checked and was not, or not wholly. The texts are untrusted. */
export interface CoverageGap {
  readonly kind: 'file' | 'rules' | 'package' | 'advisory-source' | 'advisories';
  readonly state: Exclude<CoverageState, 'checked'>;
  readonly reason: GapReason;
  /** What was not checked, for people. */
  readonly subject: string;
  /** Why not, as a clause. */
  readonly detail: string;
  /** What to do about it, as an imperative clause. */
  readonly advice: string;
  /** Of a file: relative to the folder that was checked. */
  readonly path?: string;
  /** The rules that could not judge the packages. */
  readonly rules?: readonly string[];
  /** Their names; of advisories `name@version`. */
  readonly packages?: readonly string[];
}

/** How far all that a command looked at was checked. */
export interface Coverage {
  /** `checked` only where there is no gap. */
  readonly state: CoverageState;
  readonly gaps: readonly CoverageGap[];
}

/** Returns the coverage of something that was checked but for these gaps. */
export function coverageWith(gaps: readonly CoverageGap[]): Coverage {
  return { state: gaps.length === 0 ? 'checked' : 'partly', gaps };
}
