import type { Yarnrc, YarnrcLevel } from '../../core/read/config/yarn/yarnrc.ts';
import type { LockfileKind } from '../../core/read/lockfile/model/lockfile.ts';
import type { Uri } from '../../core/read/text/paths/uri.ts';

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
  /** Manifests that pnpm reads and that are not read here: package.json5 or package.yaml in place of package.json. */
  readonly pnpmManifests: readonly Uri[];
  /** The names of all files in the root directory, for detecting the package manager. */
  readonly rootFileNames: ReadonlySet<string>;
  readonly npmrc: Uri | undefined;
  /** In the root. */
  readonly pnpmWorkspace: Uri | undefined;
  /** Where Yarn may be in use: the nearest first, those above the root and the user's own behind it. */
  readonly yarnrcs: readonly YarnrcFile[];
  /** In the root. */
  readonly bunfig: Uri | undefined;
  /** The user's own, where Bun may be in use. */
  readonly userBunfig: Uri | undefined;
  /** In the root: what other tools leave out of their audits. */
  readonly auditFiles: readonly Uri[];
  /** The nearest `dependency-hygiene.json` at the root or above, within the bound. */
  readonly policy: Uri | undefined;
  /**
   * Those in the folders above that one, or all where one file is used instead, the nearest first: as far as the git
   * repository, also where the search ends below its folder.
   */
  readonly policiesAbove: readonly Uri[];
  /** Beside the root manifest. */
  readonly gitIgnore: Uri | undefined;
  /**
   * Whether the root lies in the folder of a member of another project, whose workspaces do not claim it, or is a
   * dependency of a project around it, by its path.
   */
  readonly insideMember: boolean;
  /** Read while looking for projects, in folders that hold no project's files. */
  readonly alsoRead: readonly Uri[];
  /** Folders in it that are there and cannot be read. */
  readonly unreadFolders: readonly Uri[];
  /** Links to folders elsewhere in which its workspaces have members. */
  readonly foldersElsewhere: readonly Uri[];
}

export interface LockfileFile {
  readonly uri: Uri;
  readonly kind: LockfileKind;
  /** bun.lockb, whose bytes are never read. */
  readonly isBinary: boolean;
  /** In the root directory, not in a member's. */
  readonly atRoot: boolean;
}

export interface YarnrcFile {
  readonly uri: Uri;
  readonly dialect: Yarnrc['dialect'];
  readonly level: YarnrcLevel;
  /** At the root or between it and the folder that bounds the search. */
  readonly isChecked: boolean;
}

/** The project's files that rules check, as far as they can be read. */
export function* checkedFilesOf(project: ProjectFiles): Iterable<Uri> {
  yield* project.manifests;
  for (const { uri } of project.lockfiles) yield uri;
  if (project.npmrc !== undefined) yield project.npmrc;
  if (project.pnpmWorkspace !== undefined) yield project.pnpmWorkspace;
  for (const { uri, isChecked } of project.yarnrcs) if (isChecked) yield uri;
  if (project.bunfig !== undefined) yield project.bunfig;
  yield* project.auditFiles;
  if (project.policy !== undefined) yield project.policy;
}
