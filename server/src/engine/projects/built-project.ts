import type { Lockfile } from '../../core/read/lockfile/model/lockfile.ts';
import type { CheckedFile } from '../../core/read/project/checked-file.ts';
import type { Project } from '../../core/read/project/project.ts';
import type { Uri } from '../../core/read/text/paths/uri.ts';
import type { LockfileFile } from './project-files.ts';
import type { ProjectRegistries } from './registries-of.ts';

/** A project with the models that it was built from. */
export interface BuiltProject {
  readonly project: Project;
  readonly files: ReadonlyMap<Uri, CheckedFile>;
  /** Configuration that was read but is not the project's to fix: the user's own, and that of folders above. */
  readonly outside: ReadonlyMap<Uri, CheckedFile>;
  readonly registries: ProjectRegistries;
  readonly lockfiles: readonly { readonly file: LockfileFile; readonly lockfile: Lockfile | undefined }[];
  /** All inputs: equal ones give the same project. */
  readonly madeOf: readonly unknown[];
}
