import type { GraphOptions } from '../graph/graph-options.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { parentUri, type Uri } from '../text/paths/uri.ts';
import type { CheckedFile } from './checked-file.ts';
import { meaningOf } from './meaning-of.ts';
import { extendedEdges } from './overrides/extended-edges.ts';
import { replacedSpecifier } from './overrides/replaced-specifier.ts';
import type { Project } from './project.ts';

/** A project with its parsed files. */
interface LoadedParts {
  readonly project: Project;
  readonly files: Pick<ReadonlyMap<Uri, CheckedFile>, 'get'>;
}

/** Returns the manifests of the project if the lockfile lies in its root, or else only the one beside the lockfile. */
export function graphOptionsOf({ project, files }: LoadedParts, lockfile: Uri): GraphOptions {
  const folder = parentUri(lockfile);
  const manifests = new Map<string, Manifest>();
  const uris = new Map<string, Uri>();
  for (const [uri, { path }] of project.members) {
    const manifest = files.get(uri);
    const isWanted = folder === project.root || parentUri(uri) === folder;
    if (manifest?.kind !== 'manifest' || !isWanted) continue;
    const importer = folder === project.root ? path : '';
    manifests.set(importer, manifest);
    uris.set(importer, uri);
  }
  return {
    manifests,
    declared(importerPath, dependency) {
      const uri = uris.get(importerPath);
      return uri === undefined ? undefined : meaningOf(project, uri, dependency).declared;
    },
    replaced: (from, edge) => replacedSpecifier(project, from, edge),
    extended: extendedEdges(project),
  };
}
