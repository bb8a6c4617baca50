import type { UnavailableReason } from '../../know/registry/documents/fact.ts';

/** How completely something was checked. */
export type CoverageState = 'checked' | 'partly' | 'not-checked';

/**
 * Why something was not checked, for programs. damaged: only partly read; unread: not read at all; unsupported:
 * unsupported format; switched-off: source disabled by the user; missing: no such data here; undecided: an advisory
 * does not state whether it affects the version; not-asked: registries were only asked about others. The remaining
 * values are those of facts.
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

/** Something that was not checked, or only partly. The texts are untrusted. */
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
  /** For a file: relative to the checked folder. */
  readonly path?: string;
  /** The rules that could not judge the packages. */
  readonly rules?: readonly string[];
  /** Package names; `name@version` for advisories. */
  readonly packages?: readonly string[];
}

/** How completely everything that a command looked at was checked. */
export interface Coverage {
  /** `checked` only if there is no gap. */
  readonly state: CoverageState;
  readonly gaps: readonly CoverageGap[];
}

/** Returns the coverage of something that was checked except for these gaps. */
export function coverageWith(gaps: readonly CoverageGap[]): Coverage {
  return { state: gaps.length === 0 ? 'checked' : 'partly', gaps };
}
