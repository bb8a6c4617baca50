import type { ScopeSources } from '../core/project/derive.ts';
import type { Uri } from '../core/text/uri.ts';
import { sameArray } from './equality.ts';
import type { FileStore } from './file-store.ts';
import type { ProjectFiles } from './project-files.ts';

type Sources = Omit<ScopeSources, 'config'>;

/**
 * Everything in the loaded projects that may say which registry serves a scope, in a fixed order; `before` itself where
 * it is the same.
 */
export function scopeSourcesOf(
  projects: readonly ProjectFiles[],
  store: FileStore,
  before: Sources | undefined,
): Sources {
  const ordered = [...projects].sort((a, b) => (a.root < b.root ? -1 : 1));
  const policyUris = new Set(ordered.flatMap(({ policy }) => (policy === undefined ? [] : [policy])));
  const npmrcUris = ordered.flatMap(({ npmrc }) => (npmrc === undefined ? [] : [npmrc]));
  const manifestUris = ordered.flatMap(({ manifests }) => manifests);
  const sources: Sources = {
    policies: present([...policyUris], (uri) => store.parsed('policy', uri, undefined)),
    npmrcs: present(npmrcUris, (uri) => store.parsed('npmrc', uri, 'project')),
    manifests: present(manifestUris, (uri) => store.parsed('manifest', uri, undefined)).filter(
      ({ publishConfig }) => publishConfig !== undefined,
    ),
  };
  return before !== undefined && isSame(before, sources) ? before : sources;
}

function isSame(a: Sources, b: Sources): boolean {
  const same = sameArray(Object.is);
  return same(a.policies, b.policies) && same(a.npmrcs, b.npmrcs) && same(a.manifests, b.manifests);
}

function present<T>(uris: readonly Uri[], parse: (uri: Uri) => T | undefined): readonly T[] {
  return uris.map(parse).filter((model) => model !== undefined);
}
