import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import type { CoolDownAnswer } from '../../read/project/manager/cool-down.ts';
import type { FileEdit } from '../../read/text/finding.ts';
import type { BadPackage } from './bad-package.ts';
import type { PlannedOverride } from './plan-override.ts';
import type { RaisedRange } from './raised-range.ts';

/**
 * A way out of a version that advisories affect, for all of the project that takes it.
 * direct: what the project declares itself takes another version. refresh: every range takes one in already, so that
 * only the lockfile has to forget the bad one. parent: what brings the package is updated. override: a line of the root
 * puts another version in place of what packages declare.
 */
export interface Remedy {
  readonly kind: 'direct' | 'refresh' | 'parent' | 'override';
  /** The version that it gets rid of. */
  readonly bad: BadPackage;
  readonly isMalware: boolean;
  /** The change itself, `lodash → 4.18.0`: `fixTitle` says what it achieves. */
  readonly title: string;
  /** What the package is then, ascending: several where it stays on several lines, none where nothing needs it any more. */
  readonly versions: readonly string[];
  /** Empty where the command does it all. */
  readonly edits: readonly FileEdit[];
  /** What makes the lockfile follow: never run by us. */
  readonly command: string | undefined;
  /** What the edits are made of: `combineRemedies` makes the edits of several from these. */
  readonly parts: RemedyParts;
  /** Whether anything moves to another major version. */
  readonly isMajor: boolean;
  /** Of the versions that it names, the answer that counts against it most. */
  readonly coolDown: CoolDownAnswer;
  /** Whether the registry says that the versions exist; else advisories or the lockfile name them. */
  readonly isListed: boolean;
  /** Ids of the advisories that affect the bad version and no longer what is taken then. */
  readonly clears: readonly string[];
  /** Ids of those that affect what is taken then. */
  readonly leaves: readonly string[];
  /** The packages in whose tarballs copies of the bad version stay. */
  readonly bundlers: readonly LockEntry[];
}

export interface RemedyParts {
  readonly raised: readonly RaisedRange[];
  /** Versions that only the lockfile holds, which has to forget them. */
  readonly refreshed: readonly BadPackage[];
  readonly overrides: readonly PlannedOverride[];
}
