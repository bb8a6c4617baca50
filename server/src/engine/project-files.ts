import type { LockfileKind } from '../core/lockfile/lockfile.ts';
import type { Uri } from '../core/text/uri.ts';

/** Which files make up one project. Found by discovery; their texts are in the file store. */
export interface ProjectFiles {
  readonly root: Uri;
  /** The root's own first where it has one, then the members' by URI. */
  readonly manifests: readonly Uri[];
  readonly lockfiles: readonly LockfileFile[];
  /** The names of all files in the root directory, for detecting the package manager. */
  readonly rootFileNames: ReadonlySet<string>;
  readonly npmrc: Uri | undefined;
  /** The nearest `dependency-hygiene.json` at the root or above. */
  readonly policy: Uri | undefined;
  /** Beside the root manifest. */
  readonly gitIgnore: Uri | undefined;
  /** Read while looking for the project's files, and shown among the files that were read. */
  readonly alsoRead: readonly Uri[];
}

export interface LockfileFile {
  readonly uri: Uri;
  readonly kind: LockfileKind;
  /** In the root directory, not in a member's. */
  readonly atRoot: boolean;
}
