import type { LockfileDiff } from '../../../read/graph/diff/diff-types.ts';
import type { Lockfile, ReadStatus } from '../../../read/lockfile/model/lockfile.ts';
import type { UnlockedMember } from '../../../read/project/locked/unlocked-member.ts';

/** What a lockfile is compared with. */
export interface DiffBase {
  /** `HEAD`, a commit, or the path of a lockfile, as it was given. */
  readonly name: string;
  /** The commit's full name; undefined for a file. */
  readonly commit: string | undefined;
  /** absent: the commit has no such lockfile; unknown: the commit could not be asked. */
  readonly status: ReadStatus | 'absent' | 'unknown';
  readonly format: Lockfile['format'] | undefined;
  /** Why it is unknown, as a clause; why it is not `checked`, as a sentence. */
  readonly reason: string | undefined;
}

/** A lockfile and what differs from its base, where both could be read. */
export interface DiffedLockfile {
  readonly path: string;
  readonly format: Lockfile['format'];
  /** absent: it is gone. */
  readonly status: ReadStatus | 'absent';
  readonly reason: string | undefined;
  /**
   * Which of disk and commit have the file; replaced: it is new, in the folder of another one that is gone. Undefined
   * where that is not known, or the base is no commit.
   */
  readonly file: 'kept' | 'new' | 'gone' | 'replaced' | undefined;
  /** The path of the one that is gone. It is what the lockfile is compared with. */
  readonly replaces: string | undefined;
  readonly base: DiffBase;
  readonly diff: LockfileDiff | undefined;
  /** Workspace members that the base has not and the lockfile was made without, sorted by path. */
  readonly unlockedMembers?: readonly UnlockedMember[];
}
