import semver from 'semver';
import type { PackageExtension } from '../../config/yarn/package-extension.ts';
import type { LockEdge } from '../../lockfile/model/lockfile.ts';
import { specOf } from '../../manager/managers.ts';
import type { Project } from '../project.ts';

/**
 * Returns a package's dependencies, given those that it declares. An added edge has the spans of its line in
 * .yarnrc.yml; returns the same list if nothing is added.
 */
export type ExtendEdges = (
  name: string,
  version: string | undefined,
  edges: readonly LockEdge[],
) => readonly LockEdge[];

/** More than anybody writes by hand; each is matched against every version of its name. */
const MOST = 5000;

/**
 * Returns how `packageExtensions` of .yarnrc.yml change what packages declare: they only add to it. Yarn's lockfile
 * records only what the packages declare themselves; those of pnpm and npm have the result. Undefined if the project
 * has none.
 */
export function extendedEdges({
  manager,
  yarnrcs,
}: Pick<Project, 'manager' | 'yarnrcs'>): ExtendEdges | undefined {
  if (!specOf(manager).lockfile.lacksExtensions) return undefined;
  const byName = new Map<string, Selected[]>();
  // The nearest file comes first, and the first that adds a name counts.
  for (const extension of yarnrcs.flatMap((yarnrc) => yarnrc.packageExtensions).slice(0, MOST)) {
    const selected = selectedBy(extension);
    if (selected === undefined) continue;
    const same = byName.get(selected.name);
    if (same === undefined) byName.set(selected.name, [selected]);
    else same.push(selected);
  }
  if (byName.size === 0) return undefined;
  return (name, version, edges) => {
    const bare = version === undefined ? undefined : withoutPrerelease(version);
    const extensions = bare === undefined ? undefined : byName.get(name);
    return (extensions ?? [])
      .filter(({ range }) => range.some((comparators) => comparators.every((each) => each.test(bare!))))
      .reduce(extend, edges);
  };
}

interface Selected {
  readonly name: string;
  /** Alternatives, each a list of comparators that all have to hold. */
  readonly range: readonly (readonly semver.Comparator[])[];
  readonly extension: PackageExtension;
}

/** Yarn rejects a selector without a range, or with one that is not of versions. */
function selectedBy(extension: PackageExtension): Selected | undefined {
  const selector = extension.selector.value;
  const at = selector.indexOf('@', 1);
  const text = selector.slice(at + 1);
  if (at === -1 || text === '' || semver.validRange(text) === null) return undefined;
  const range = new semver.Range(text, { includePrerelease: true });
  return {
    name: selector.slice(0, at),
    range: range.set.map((comparators) => comparators.map(withoutPrereleases)),
    extension,
  };
}

/** Yarn compares as if neither side were a prerelease: `7.0.0-rc.1` is in `^7.0.0`, `8.0.0-rc.1` is not. */
function withoutPrereleases(comparator: semver.Comparator): semver.Comparator {
  const { operator, semver: bound } = comparator;
  // `*` has no version to compare with.
  if (!(bound instanceof semver.SemVer) || bound.prerelease.length === 0) return comparator;
  return new semver.Comparator(`${operator}${bound.major}.${bound.minor}.${bound.patch}`);
}

function withoutPrerelease(version: string): semver.SemVer | undefined {
  const parsed = semver.parse(version);
  return parsed === null ? undefined : new semver.SemVer(`${parsed.major}.${parsed.minor}.${parsed.patch}`);
}

/** Existing declarations stay as they are, except that a peer may become optional. */
function extend(edges: readonly LockEdge[], { extension }: Selected): readonly LockEdge[] {
  const peers = new Set<string>();
  const others = new Set<string>();
  for (const { section, name } of edges) (section === 'peerDependencies' ? peers : others).add(name);
  const optional = new Set(extension.optionalPeers.map(({ value }) => value));
  const extended = edges.map((edge) =>
    edge.section === 'peerDependencies' && optional.has(edge.name) ? { ...edge, optional: true } : edge,
  );
  for (const { key, value } of extension.dependencies) {
    if (value === undefined || others.has(key.value)) continue;
    others.add(key.value);
    extended.push({
      section: 'dependencies',
      name: key.value,
      nameSpan: key.span,
      specifier: { value: value.text, span: value.span },
      optional: false,
    });
  }
  for (const { key, value } of extension.peerDependencies) {
    if (peers.has(key.value)) continue;
    peers.add(key.value);
    const text = value?.text ?? '';
    extended.push({
      section: 'peerDependencies',
      name: key.value,
      nameSpan: key.span,
      specifier: { value: isPeerRange(text) ? text : '*', span: value?.span ?? key.span },
      optional: optional.has(key.value),
    });
  }
  return extended;
}

/** Yarn treats any other text, such as `null`, as every version. */
function isPeerRange(text: string): boolean {
  return text.startsWith('workspace:') || (text !== '' && semver.validRange(text) !== null);
}
