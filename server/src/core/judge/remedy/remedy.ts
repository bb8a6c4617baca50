import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import type { CooldownAnswer } from '../../read/project/manager/cooldown.ts';
import type { FileEdit } from '../../read/text/finding.ts';
import type { BadPackage } from './bad-package.ts';
import type { PlannedOverride } from './overrides/plan-override.ts';
import type { RaisedRange } from './raised-range.ts';

/**
 * A fix for a version that advisories affect, for everything in the project that selects it. direct: a declaration of
 * the project selects another version. refresh: every range already admits one, so only the lockfile must forget the
 * bad one. parent: the package that pulls it in is updated. override: a line of the root replaces the version that
 * packages declare.
 */
export interface Remedy {
  readonly kind: 'direct' | 'refresh' | 'parent' | 'override';
  /** The version it removes. */
  readonly bad: BadPackage;
  readonly isMalware: boolean;
  /** The change itself, `lodash → 4.18.0`; `fixTitle` adds what it achieves. */
  readonly title: string;
  /**
   * The resulting versions of the package, ascending: several if it stays on several majors, none if nothing needs it
   * any more.
   */
  readonly versions: readonly string[];
  /** Empty if the command does everything. */
  readonly edits: readonly FileEdit[];
  /** The command that updates the lockfile; never run by us. */
  readonly command: string | undefined;
  /** The parts of the edits, from which `combineRemedies` builds the edits of several remedies. */
  readonly parts: RemedyParts;
  /** Whether any package moves to another major version. */
  readonly isMajor: boolean;
  /** The least favorable cooldown answer among the versions it names. */
  readonly coolDown: CooldownAnswer;
  /** Whether the versions are listed by the registry; otherwise advisories or the lockfile name them. */
  readonly isListed: boolean;
  /** Ids of the advisories that affect the bad version but not its replacement. */
  readonly clears: readonly string[];
  /** Ids of the advisories that affect the replacement. */
  readonly leaves: readonly string[];
  /** The packages whose tarballs still contain copies of the bad version. */
  readonly bundlers: readonly LockEntry[];
}

export interface RemedyParts {
  readonly raised: readonly RaisedRange[];
  /** Versions that only the lockfile holds and must forget. */
  readonly refreshed: readonly BadPackage[];
  readonly overrides: readonly PlannedOverride[];
}

/** Returns a key that is equal for remedies with the same change, which are displayed as one. */
export function changeOf({ edits, command, parts }: Remedy): string {
  return JSON.stringify(edits.length > 0 ? [edits] : [edits, command, parts.overrides]);
}
