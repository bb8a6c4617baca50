import type { ManagerKind } from '../../../read/manager/package-manager.ts';
import type { Manifest } from '../../../read/manifest/manifest.ts';
import type { CheckedFile } from '../../../read/project/checked-file.ts';
import { parentUri, type Uri } from '../../../read/text/paths/uri.ts';
import type { RunnerTasks } from './runner-tasks.ts';

/** The parts of a project that decide what its install runs. */
export interface ReachProject {
  readonly root: Uri;
  /** Those of the root, first if there is one, and of its members. */
  readonly manifests: readonly Manifest[];
  readonly configuration: readonly CheckedFile[];
  /** Undefined if the scripts that any package manager runs count. */
  readonly runner: ManagerKind | undefined;
  /** The tasks turbo and Nx run before a requested one; undefined if not read. */
  readonly tasks?: RunnerTasks;
}

/** Finds manifests by the folders and names used in commands. */
export interface ManifestIndex {
  inFolder(folder: Uri): Manifest | undefined;
  projectOf(manifest: Manifest): ReachProject | undefined;
}

export function indexManifests(projects: readonly ReachProject[]): ManifestIndex {
  const byFolder = new Map<Uri, Manifest>();
  const owners = new Map<Manifest, ReachProject>();
  for (const project of projects)
    for (const manifest of project.manifests) {
      const folder = parentUri(manifest.uri);
      // A member may also be a root of its own.
      if (!byFolder.has(folder) || project.root !== folder) byFolder.set(folder, manifest);
      if (!owners.has(manifest) || project.root !== folder) owners.set(manifest, project);
    }
  return { inFolder: (folder) => byFolder.get(folder), projectOf: (manifest) => owners.get(manifest) };
}
