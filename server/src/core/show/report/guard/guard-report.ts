import type { CoverageGap } from '../../../judge/check/coverage.ts';
import type { Severity } from '../../../read/text/finding.ts';

/** A finding about a package that a command would install. */
export interface GuardFinding {
  readonly rule: string;
  /** What it is about, in a word or two: `malware`, `age`. */
  readonly subject: string;
  readonly severity: Severity;
  /** Whether it keeps the command from running. */
  readonly stops: boolean;
  readonly package: string | undefined;
  readonly version: string | undefined;
  /** Whether the lockfile had this package in this version before. */
  readonly isLocked: boolean;
  readonly message: string;
  /** The names from the project's own dependency to the package; empty if unknown. */
  readonly path: readonly string[];
}

/**
 * clean: nothing is wrong with what could be judged; wrong: something is; not-judged: something could not be judged that
 * should have been; nothing: the command installs nothing.
 */
export type GuardVerdict = 'clean' | 'wrong' | 'not-judged' | 'nothing';

export interface GuardReport {
  /** As typed. */
  readonly command: string;
  readonly verdict: GuardVerdict;
  /** Why it could not be judged at all, as a clause, and what to do about it. */
  readonly reason: string | undefined;
  /** The packages that would be installed, and those that the lockfile lacks now; undefined if unknown. */
  readonly packages: { readonly all: number; readonly new: number } | undefined;
  /** Worst first. */
  readonly findings: readonly GuardFinding[];
  /** What should have been judged and was not: with any of these the verdict is not `clean`. */
  readonly failed: readonly CoverageGap[];
  /** What is unknown because nobody provides it. */
  readonly unknown: readonly CoverageGap[];
  /** Settings that were not used to resolve, because they start programs. */
  readonly withheld: readonly string[];
}
