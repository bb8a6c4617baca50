import type { DependencyGraph } from '../../read/graph/dependency-graph.ts';
import { nodesNamed } from '../../read/graph/nodes-by-name.ts';
import { bundlerOf } from '../../read/lockfile/model/bundler-of.ts';
import type { LockEntry } from '../../read/lockfile/model/lockfile.ts';
import { listed } from '../../read/text/hanging-text.ts';
import type { BadPackage } from './bad-package.ts';

/**
 * Returns the packages whose tarballs contain every copy of a version; none if another copy is installed separately.
 */
export function bundlersOf(graph: DependencyGraph, { name, version }: BadPackage): readonly LockEntry[] {
  const bundlers = new Set<LockEntry>();
  for (const node of nodesNamed(graph, name)) {
    const { version: own, entry } = graph.packages[node]!;
    if (own !== version) continue;
    const bundler = bundlerOf(graph.lockfile, entry);
    if (bundler === undefined) return [];
    bundlers.add(bundler);
  }
  return [...bundlers];
}

/** Formats `Bundled in tap 16.3.10. Only a newer tap can fix it`: overrides have no effect inside a tarball. */
export function describeBundled(bundlers: readonly Pick<LockEntry, 'name' | 'version'>[]): string {
  const versions = bundlers.map(({ name, version }) =>
    version === undefined ? name : `${name} ${version.value}`,
  );
  const names = [...new Set(bundlers.map(({ name }) => name))];
  return `Bundled in ${listed(versions)}. Only a newer ${listed(names)} can fix it`;
}
