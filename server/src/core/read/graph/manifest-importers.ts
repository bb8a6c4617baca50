import type { LockEntry, Lockfile } from '../lockfile/model/lockfile.ts';
import { specOfLockfile } from '../manager/manager-of-lockfile.ts';
import { effectiveDependencies } from '../manifest/effective-dependencies.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { effectiveEdges, YARN_RANKS } from './effective-edges.ts';
import type { BuiltNode, GraphBuilder } from './graph-builder.ts';
import type { GraphOptions } from './graph-options.ts';

/**
 * Adds the importers of a lockfile that records none: the project's manifests. A dependency without an entry in the
 * lockfile resolves to the member of that name.
 */
export function addManifestImporters(
  builder: GraphBuilder,
  lockfile: Lockfile,
  { manifests, declared }: GraphOptions,
  nodeOf: (entry: LockEntry | undefined) => BuiltNode | undefined,
): void {
  if (manifests === undefined || manifests.size === 0) {
    builder.importer('');
    builder.addGap(
      "No package.json was read, and this lockfile does not record the project's own dependencies.",
    );
    return;
  }
  const members = membersByName(manifests);
  const ranks = specOfLockfile(lockfile.format).lockfile.keyedBySpecifier ? YARN_RANKS : undefined;
  for (const [path, manifest] of manifests) {
    const from = builder.importer(path, manifest.name?.value, manifest.version?.value);
    for (const dependency of effectiveEdges(effectiveDependencies(manifest, { peers: true }), ranks)) {
      const { name, section } = dependency;
      const text = dependency.declared ?? '';
      // Yarn 1 keeps the declared specifier among an entry's keys whether or not `resolutions` replace it.
      const entry =
        lockfile.resolve(path, name, text) ??
        lockfile.resolve(path, name, declared?.(path, dependency) ?? text);
      const member = entry === undefined ? members.get(name) : undefined;
      const to = member === undefined || member === path ? nodeOf(entry) : builder.importer(member);
      builder.addEdge(from, to, {
        name,
        section,
        specifier: text,
        optional: section === 'optionalDependencies',
      });
    }
  }
}

function membersByName(manifests: ReadonlyMap<string, Manifest>): ReadonlyMap<string, string> {
  const paths = new Map<string, string>();
  for (const [path, { name }] of manifests) {
    if (name !== undefined && path !== '' && !paths.has(name.value)) paths.set(name.value, path);
  }
  return paths;
}
