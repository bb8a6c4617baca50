import semver from 'semver';
import type { DependencyGraph, NodeNumber } from './dependency-graph.ts';

/** What a person asks for: a name, and perhaps a version or range. */
export interface PackageQuery {
  readonly name: string;
  readonly version: string | undefined;
}

/** Reads `name`, `name@1.2.3`, `@scope/name@^1`; undefined where there is no name. */
export function readPackageQuery(text: string): PackageQuery | undefined {
  const at = text.indexOf('@', 1);
  const name = at === -1 ? text : text.slice(0, at);
  const version = at === -1 ? undefined : text.slice(at + 1);
  if (name === '' || name === '@' || version === '') return undefined;
  return { name, version };
}

/** Packages of this name or alias, and importers of this name. A version is compared as written, else as a range. */
export function findNodes(graph: DependencyGraph, { name, version }: PackageQuery): readonly NodeNumber[] {
  const found: NodeNumber[] = [];
  for (const [node, instance] of graph.packages.entries()) {
    if (instance.name !== name && instance.alias !== name) continue;
    if (version === undefined || isVersion(instance.version, version)) found.push(node);
  }
  if (version !== undefined) return found;
  for (const [index, importer] of graph.importers.entries()) {
    if (importer.name === name) found.push(graph.packages.length + index);
  }
  return found;
}

function isVersion(installed: string | undefined, asked: string): boolean {
  if (installed === undefined) return false;
  return installed === asked || semver.satisfies(installed, asked, { includePrerelease: true });
}
