import { onForgetLatest } from '../text/latest.ts';
import { dependenciesOf } from './dependencies-of.ts';
import type { DependencySection, Manifest, ManifestDependency, ManifestSection } from './manifest.ts';

interface Effective {
  readonly manifest: Manifest;
  readonly withPeers: readonly ManifestDependency[];
  readonly withoutPeers: readonly ManifestDependency[];
  /** The names of those without peers, computed on first use. */
  names?: ReadonlySet<string>;
}

/**
 * The result for the last manifest, because most rules ask for it in turn. (A WeakMap would also work, but its entries
 * outlive many edits: the young-generation collector treats its values as alive.)
 */
let latest: Effective | undefined;
onForgetLatest(() => {
  latest = undefined;
});

/**
 * Returns the effective dependencies: for a duplicate section or key, the last one. Excludes peer dependencies unless
 * requested, because whoever depends on the package chooses their versions.
 */
export function effectiveDependencies(
  manifest: Manifest,
  options: { readonly peers?: boolean } = {},
): readonly ManifestDependency[] {
  latest = effectiveIn(manifest);
  return options.peers === true ? latest.withPeers : latest.withoutPeers;
}

/**
 * Checks whether an install includes the dependency: all but peers that are optional or also in another section. npm 7,
 * pnpm 8 and later versions of both install the others, as does Bun.
 */
export function isInstalled(manifest: Manifest, { section, name }: ManifestDependency): boolean {
  if (section !== 'peerDependencies') return true;
  if (manifest.optionalPeers.has(name)) return false;
  latest = effectiveIn(manifest);
  latest.names ??= new Set(latest.withoutPeers.map((dependency) => dependency.name));
  return !latest.names.has(name);
}

function effectiveIn(manifest: Manifest): Effective {
  return latest?.manifest === manifest ? latest : effectiveOf(manifest);
}

/** Returns for each section the object that npm reads. */
export function effectiveSections(manifest: Manifest): readonly ManifestSection[] {
  const last = new Map<DependencySection, ManifestSection>();
  for (const section of manifest.sections) last.set(section.section, section);
  return manifest.sections.filter((section) => last.get(section.section) === section);
}

function effectiveOf(manifest: Manifest): Effective {
  const counting = effectiveSections(manifest).map(({ section, dependencies }) => ({
    section,
    dependencies: lastOfEachName(dependencies),
  }));
  const own = counting.filter(({ section }) => section !== 'peerDependencies');
  return { manifest, withPeers: dependenciesOf(counting), withoutPeers: dependenciesOf(own) };
}

/** Returns the list itself if no name appears twice. */
function lastOfEachName(dependencies: readonly ManifestDependency[]): readonly ManifestDependency[] {
  const names = new Set<string>();
  for (const { name } of dependencies) names.add(name);
  if (names.size === dependencies.length) return dependencies;
  return [...new Map(dependencies.map((dependency) => [dependency.name, dependency])).values()];
}
