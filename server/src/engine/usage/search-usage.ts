import type { SearchedManifest } from '../../core/judge/usage/usage-search.ts';
import { readManifest } from '../../core/read/manifest/read-manifest.ts';
import { CODE_FIXTURES, isFixtureFile } from '../../core/read/project/fixture-files.ts';
import type { Usage } from '../../core/read/project/usage.ts';
import { isWithin, joinUri, parentUri, relativeUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { AbortSignalLike, SourcesPort } from '../ports.ts';
import { walkFolder } from '../projects/folder-walk.ts';
import type { FilterSources } from '../projects/path-filters.ts';
import type { Progress, Snapshot } from '../session.ts';

export interface UsageSearchOptions {
  readonly folder: Uri;
  readonly snapshot: Snapshot;
  readonly filters: FilterSources;
  readonly sources: SourcesPort;
  readonly progress?: Progress | undefined;
  readonly signal?: AbortSignalLike | undefined;
}

/** Searches the files below a folder for what its manifests use. Undefined if it was cancelled. */
export async function searchUsage(options: UsageSearchOptions): Promise<Usage | undefined> {
  const { folder, snapshot, filters, sources, progress, signal } = options;
  const paths: string[] = [];
  for await (const directory of walkFolder(folder, { ...filters, depth: undefined, signal })) {
    // Its files are searched at their own place, where their manifest is.
    if (directory.isLinked) continue;
    const prefix = directory.uri === folder ? '' : `${relativeUri(folder, directory.uri)}/`;
    for (const name of directory.fileNames) paths.push(prefix + name);
  }
  if (signal?.aborted === true) return undefined;
  const isFixture = fixturesOf(snapshot);
  const { dependencyUsage } = await import('./dependency-usage.ts');
  return dependencyUsage({
    root: folder,
    paths: paths.sort(),
    manifests: manifestsIn(folder, snapshot),
    sources,
    readManifest,
    isFixture: (path) => isFixture(joinUri(folder, path)),
    onProgress: (done, total) => progress?.report('Searching files for imports:', done, total),
    signal,
  });
}

/** Of files with code: tests and benchmarks import for themselves, unlike what they read. */
function fixturesOf({ projects: [first] }: Snapshot): (uri: Uri) => boolean {
  if (first === undefined) return () => false;
  const { policy, policyBase, checkedFolder } = first.project;
  const placed =
    policy.fixtures === undefined
      ? {
          policy: { ...policy, fixtures: CODE_FIXTURES },
          policyBase: checkedFolder ?? policyBase,
          checkedFolder,
        }
      : first.project;
  return (uri) => isFixtureFile(placed, uri);
}

function manifestsIn(folder: Uri, { projects }: Snapshot): readonly SearchedManifest[] {
  return projects.flatMap(({ project, files }) =>
    [...files.values()].flatMap((file) => {
      if (file.kind !== 'manifest' || !isWithin(folder, file.uri)) return [];
      const relative = relativeUri(folder, parentUri(file.uri));
      const isHere = relative === '' || relative === '.';
      return {
        manifest: file,
        folder: isHere ? '' : `${relative}/`,
        importer: project.members.get(file.uri)?.path,
        lockfile: project.lockfile,
        isLoaded: true,
        isFixture: isFixtureFile(project, file.uri),
      };
    }),
  );
}
