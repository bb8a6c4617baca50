import type { LockfileDiff } from '../../../read/graph/diff/diff-types.ts';
import type { Lockfile, ReadStatus } from '../../../read/lockfile/model/lockfile.ts';
import type { UnlockedMember } from '../../../read/project/locked/unlocked-member.ts';
import type { PackageRisks } from './package-risks.ts';

/** What a lockfile is compared with. */
export interface DiffBase {
  /** `HEAD`, a commit, or the path of a lockfile, as given. */
  readonly name: string;
  /** The full commit hash; undefined for a file. */
  readonly commit: string | undefined;
  /** absent: the commit has no such lockfile; unknown: the commit could not be read. */
  readonly status: ReadStatus | 'absent' | 'unknown';
  readonly format: Lockfile['format'] | undefined;
  /** Why it is unknown, as a clause; why it is not `checked`, as a sentence. */
  readonly reason: string | undefined;
}

/** A lockfile and its differences from the base, if both could be read. */
export interface DiffedLockfile {
  readonly path: string;
  readonly format: Lockfile['format'];
  /** absent: it was removed. */
  readonly status: ReadStatus | 'absent';
  readonly reason: string | undefined;
  /**
   * Whether disk, commit or both have the file; replaced: it is new, in the folder of a removed one. Undefined if
   * unknown, or if the base is not a commit.
   */
  readonly file: 'kept' | 'new' | 'gone' | 'replaced' | undefined;
  /** The path of the removed one, which the lockfile is compared with. */
  readonly replaces: string | undefined;
  readonly base: DiffBase;
  readonly diff: LockfileDiff | undefined;
  /** Workspace members missing from the base that the lockfile was made without, sorted by path. */
  readonly unlockedMembers?: readonly UnlockedMember[];
  /** What is known of its packages; omitted if nothing was added or changed, or it was not asked for. */
  readonly risks?: PackageRisks;
}
