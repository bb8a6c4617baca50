import type { LockfileKind } from '../core/lockfile/lockfile.ts';
import type { Uri } from '../core/text/uri.ts';

/** Which files make up one project. Found by discovery; their texts are in the file store. */
export interface ProjectFiles {
  readonly root: Uri;
  /** The folder above which nothing was looked for. */
  readonly bound: Uri;
  /** The nearest folder at the root or above, within the bound, that git has a repository in. */
  readonly repository: Uri | undefined;
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
  /** Whether the root lies in the folder of a member of another project, whose workspaces do not claim it. */
  readonly insideMember: boolean;
  /** Read while looking for projects, in folders that hold no project's files. */
  readonly alsoRead: readonly Uri[];
}

export interface LockfileFile {
  readonly uri: Uri;
  readonly kind: LockfileKind;
  /** bun.lockb, whose bytes are never read. */
  readonly isBinary: boolean;
  /** In the root directory, not in a member's. */
  readonly atRoot: boolean;
}

/** The project's files that rules check, as far as they can be read. */
export function* checkedFilesOf(project: ProjectFiles): Iterable<Uri> {
  yield* project.manifests;
  for (const { uri } of project.lockfiles) yield uri;
  if (project.npmrc !== undefined) yield project.npmrc;
  if (project.policy !== undefined) yield project.policy;
}
