/** The commit that a review compares with. */
export interface ReviewRequest {
  /** `HEAD`, a commit, a branch or a tag. */
  readonly revision: string;
  /** Whether to compare with the last commit that HEAD has in common with it. */
  readonly isMergeBase: boolean;
  /** Whether the projects of all folders are loaded first. */
  readonly loads: boolean;
}

/** A commit to choose, with the text for its row. */
export interface ReviewBase extends Omit<ReviewRequest, 'loads'> {
  readonly label: string;
  readonly description: string;
}

/** The result of `reviewLockfiles`, or a sentence for the user. */
export type ReviewResult = LockfileReview | { readonly problem: string };

export interface LockfileReview {
  /** One sentence about all lockfiles. */
  readonly summary: string;
  /** Those that differ, sorted by path. */
  readonly lockfiles: readonly ReviewedLockfile[];
  /** A sentence for each lockfile, folder or source that could not be compared or asked. */
  readonly gaps: readonly string[];
  /** Whether facts are on their way with which there may be more. */
  readonly isProvisional: boolean;
}

export interface ReviewedLockfile {
  readonly uri: string;
  readonly label: string;
  readonly description: string;
  /** The file as of the commit; undefined if it is new. */
  readonly before: CommittedFile | undefined;
  readonly isGone: boolean;
  /** Without empty ones, worst first. */
  readonly groups: readonly ReviewGroup[];
}

/** `first` is what to review first, whatever its kind. */
export type ReviewGroupType = 'first' | 'added' | 'changed' | 'settings' | 'removed';

export interface ReviewGroup {
  readonly type: ReviewGroupType;
  readonly entries: readonly ReviewEntry[];
}

export interface ReviewEntry {
  readonly label: string;
  readonly description: string;
  /** The highest severity of a finding on it. */
  readonly severity?: 'error' | 'warning' | 'information' | 'hint';
  /** Its entry in the lockfile; undefined if it has none now. */
  readonly place: ReviewPlace | undefined;
}

/** A position as in the protocol. */
export interface ReviewPlace {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
}

/** A file in a commit. */
export interface CommittedFile {
  readonly uri: string;
  /** The full id. */
  readonly commit: string;
}

/** The text of a file in a commit; empty if the commit lacks it. */
export type CommittedText = { readonly text: string } | { readonly problem: string };
