import type { ScopeSources } from '../../core/read/project/registries/scope-evidence.ts';
import type { Uri } from '../../core/read/text/paths/uri.ts';
import { sameArray } from '../units/equality.ts';
import type { FileStore } from './file-store.ts';
import type { ProjectFiles } from './project-files.ts';

type Sources = Omit<ScopeSources, 'config'>;

/**
 * Returns everything in the loaded projects that may configure the registry of a scope, in a fixed order; `before`
 * itself if equal.
 */
export function scopeSourcesOf(
  projects: readonly ProjectFiles[],
  store: FileStore,
  before: Sources | undefined,
): Sources {
  const ordered = [...projects].sort((a, b) => (a.root < b.root ? -1 : 1));
  const policyUris = new Set(
    ordered.flatMap(({ policy, policiesAbove, extended }) => [
      ...[policy ?? [], policiesAbove].flat(),
      ...extended.files,
    ]),
  );
  const npmrcUris = ordered.flatMap(({ npmrc }) => (npmrc === undefined ? [] : [npmrc]));
  const workspaceUris = ordered.flatMap(({ pnpmWorkspace }) => pnpmWorkspace ?? []);
  const bunfigUris = ordered.flatMap(({ bunfig }) => bunfig ?? []);
  // Several projects share those of the folders above them.
  const yarnrcs = new Map(ordered.flatMap((project) => project.yarnrcs.map((file) => [file.uri, file])));
  const manifestUris = ordered.flatMap(({ manifests }) => manifests);
  const sources: Sources = {
    policies: present([...policyUris], (uri) => store.parsed('policy', uri, undefined)),
    npmrcs: present(npmrcUris, (uri) => store.parsed('npmrc', uri, 'project')),
    pnpmWorkspaces: present(workspaceUris, (uri) => store.parsed('pnpmWorkspace', uri, undefined)),
    yarnrcs: present([...yarnrcs.keys()], (uri) => {
      const { reader, level, isChecked } = yarnrcs.get(uri)!;
      if (!isChecked) return undefined;
      return store.parsed(reader, uri, level);
    }),
    bunfigs: present(bunfigUris, (uri) => store.parsed('bunfig', uri, 'project')),
    manifests: present(manifestUris, (uri) => store.parsed('manifest', uri, undefined)).filter(
      ({ publishConfig }) => publishConfig !== undefined,
    ),
  };
  return before !== undefined && isSame(before, sources) ? before : sources;
}

function isSame(a: Sources, b: Sources): boolean {
  const same = sameArray(Object.is);
  return (Object.keys(a) as (keyof Sources)[]).every((key) => same(a[key], b[key]));
}

function present<T>(uris: readonly Uri[], parse: (uri: Uri) => T | undefined): readonly T[] {
  return uris.map(parse).filter((model) => model !== undefined);
}
