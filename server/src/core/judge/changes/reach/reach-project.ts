import type { ManagerKind } from '../../../read/manager/package-manager.ts';
import type { Manifest } from '../../../read/manifest/manifest.ts';
import type { CheckedFile } from '../../../read/project/checked-file.ts';
import { parentUri, type Uri } from '../../../read/text/paths/uri.ts';
import type { RunnerTasks } from './runner-tasks.ts';

/** A project as far as it matters for what its install runs. */
export interface ReachProject {
  readonly root: Uri;
  /** The root's own first where it has one, and those of its members. */
  readonly manifests: readonly Manifest[];
  readonly configuration: readonly CheckedFile[];
  /** Undefined where the scripts that any package manager runs count. */
  readonly runner: ManagerKind | undefined;
  /** What turbo and Nx run before what they are asked for; undefined where that was not read. */
  readonly tasks?: RunnerTasks;
}

/** Finds manifests by the folders and names that commands name them by. */
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
      // A member may be a root of its own as well.
      if (!byFolder.has(folder) || project.root !== folder) byFolder.set(folder, manifest);
      if (!owners.has(manifest) || project.root !== folder) owners.set(manifest, project);
    }
  return { inFolder: (folder) => byFolder.get(folder), projectOf: (manifest) => owners.get(manifest) };
}
