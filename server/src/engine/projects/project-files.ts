import type { YarnrcLevel } from '../../core/read/config/yarn/yarnrc.ts';
import { lockfileKindOf } from '../../core/read/lockfile/detect.ts';
import type { LockfileKind } from '../../core/read/manager/model/files.ts';
import type { BuildContext } from '../../core/read/project/build-context.ts';
import type { Uri } from '../../core/read/text/paths/uri.ts';
import type { ExtendedPolicies } from './extended-policies.ts';

/** The files that make up one project, found by discovery; their texts are in the file store. */
export interface ProjectFiles {
  readonly root: Uri;
  /** The folder above which nothing was searched. */
  readonly bound: Uri;
  /** The nearest folder at the root or above, within the bound, that contains a git repository. */
  readonly repository: Uri | undefined;
  /** The root's own first if it has one, then the members' by URI. */
  readonly manifests: readonly Uri[];
  readonly lockfiles: readonly LockfileFile[];
  /** Manifests that pnpm reads and this program does not: package.json5 or package.yaml in place of package.json. */
  readonly pnpmManifests: readonly Uri[];
  /** The names of all files in the root directory, for detecting the package manager. */
  readonly rootFileNames: ReadonlySet<string>;
  readonly npmrc: Uri | undefined;
  /** Beside the manifests of members. */
  readonly memberNpmrcs: readonly Uri[];
  /** Files with variables, beside all manifests. */
  readonly dotenvs: readonly Uri[];
  /** In the root. */
  readonly pnpmWorkspace: Uri | undefined;
  /** Set if Yarn may be in use: nearest first, those above the root and the user's own last. */
  readonly yarnrcs: readonly YarnrcFile[];
  /** In the root. */
  readonly bunfig: Uri | undefined;
  /** The user's own, if Bun may be in use. */
  readonly userBunfig: Uri | undefined;
  /** In the root: files with the audit ignores of other tools. */
  readonly auditFiles: readonly Uri[];
  /** Of programs that update dependencies, in the root if that is the top of the repository. */
  readonly botFiles: readonly Uri[];
  /** Workflows, Dockerfiles and other files with commands that run by themselves. */
  readonly automationFiles: readonly Uri[];
  /** Whether it is the top of a repository whose packages are all below it: then these files are all that it has. */
  readonly hasOnlyAutomation: boolean;
  /** Bills of materials in the root, to compare with the lockfile. */
  readonly comparedSboms: readonly Uri[];
  /** The nearest `dependency-hygiene.json` at the root or above, within the bound. */
  readonly policy: Uri | undefined;
  /**
   * Those in the folders above that one, or all if one file replaces them, nearest first, up to the top of the git
   * repository even if the search ends below it.
   */
  readonly policiesAbove: readonly Uri[];
  /** What its policies extend, and those that the user named. */
  readonly extended: ExtendedPolicies;
  /** What may be an SBOM; undefined if no policy asks for one, or the root is not the top of the repository. */
  readonly sbomFiles: readonly Uri[] | undefined;
  /** Of the root, if it has a Dockerfile. */
  readonly buildContext: Omit<BuildContext, 'ignore'> | undefined;
  /** Beside the root manifest. */
  readonly gitIgnore: Uri | undefined;
  /**
   * Whether the root lies in the folder of another project's member without being claimed by its workspaces, or is a
   * dependency by path of a project around it.
   */
  readonly insideMember: boolean;
  /** Files read during the search in folders without project files. */
  readonly alsoRead: readonly Uri[];
  /** Folders in it that exist but cannot be read. */
  readonly unreadFolders: readonly Uri[];
  /** Links to folders elsewhere in which its workspaces have members. */
  readonly foldersElsewhere: readonly Uri[];
}

export interface LockfileFile {
  readonly uri: Uri;
  readonly kind: LockfileKind;
  /** Set for bun.lockb, whose bytes are never read. */
  readonly isBinary: boolean;
  /** In the root directory, not in a member's. */
  readonly atRoot: boolean;
}

export interface YarnrcFile {
  readonly uri: Uri;
  /** Of its name. */
  readonly reader: 'yarnrc' | 'classicYarnrc';
  readonly level: YarnrcLevel;
  /** At the root or between it and the folder that bounds the search. */
  readonly isChecked: boolean;
}

/** Yields the project's files that rules check, as far as they can be read. */
export function* checkedFilesOf(project: ProjectFiles): Iterable<Uri> {
  if (project.hasOnlyAutomation) {
    yield* project.automationFiles;
    yield* project.comparedSboms;
    return;
  }
  yield* project.manifests;
  for (const { uri } of project.lockfiles) yield uri;
  if (project.npmrc !== undefined) yield project.npmrc;
  if (project.pnpmWorkspace !== undefined) yield project.pnpmWorkspace;
  for (const { uri, isChecked } of project.yarnrcs) if (isChecked) yield uri;
  if (project.bunfig !== undefined) yield project.bunfig;
  yield* project.auditFiles;
  yield* project.automationFiles;
  if (project.policy !== undefined) yield project.policy;
}

/** Checks whether it has a manifest or a lockfile, and not only other files that are read. */
export function hasPackages({ manifests, lockfiles, pnpmManifests }: ProjectFiles): boolean {
  return manifests.length > 0 || lockfiles.length > 0 || pnpmManifests.length > 0;
}

/** Checks whether files of that name make up a project: manifests and lockfiles. */
export function isSourceName(name: string): boolean {
  return name === 'package.json' || lockfileKindOf(name) !== undefined;
}
