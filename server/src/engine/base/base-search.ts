import type { Uri } from '../../core/read/text/paths/uri.ts';
import type { FilesPort, GitPort } from '../ports.ts';
import type { FileStore } from '../projects/file-store.ts';
import type { ProjectFiles } from '../projects/project-files.ts';

/** What is compared with a commit, and how. */
export interface BaseSearch {
  readonly folder: Uri;
  readonly projects: readonly ProjectFiles[];
  readonly store: FileStore;
  readonly files: FilesPort;
  readonly git: GitPort | undefined;
  readonly revision: string;
  readonly isGiven: boolean;
  /** The maximum number of loaded files to follow, if lower than in a check. */
  readonly mostFiles?: number;
}
