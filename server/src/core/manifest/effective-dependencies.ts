import { dependenciesOf } from './dependencies-of.ts';
import type { DependencySection, Manifest, ManifestDependency, ManifestSection } from './manifest.ts';

interface Effective {
  readonly manifest: Manifest;
  readonly withPeers: readonly ManifestDependency[];
  readonly withoutPeers: readonly ManifestDependency[];
}

/**
 * Of the manifest that was asked for last, as most rules ask and each in turn. (A WeakMap would do as well, but what is
 * in one outlives many edits: the collector of young objects takes its values for alive.)
 */
let latest: Effective | undefined;

/**
 * The dependencies that count: of a section or a key that stands twice, the last. Without peer dependencies, unless
 * asked for, because whoever depends on the package chooses their versions.
 */
export function effectiveDependencies(
  manifest: Manifest,
  options: { readonly peers?: boolean } = {},
): readonly ManifestDependency[] {
  if (latest?.manifest !== manifest) latest = effectiveOf(manifest);
  return options.peers === true ? latest.withPeers : latest.withoutPeers;
}

/** Of each section the object that npm reads. */
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

/** The list itself where no name stands twice. */
function lastOfEachName(dependencies: readonly ManifestDependency[]): readonly ManifestDependency[] {
  const names = new Set<string>();
  for (const { name } of dependencies) names.add(name);
  if (names.size === dependencies.length) return dependencies;
  return [...new Map(dependencies.map((dependency) => [dependency.name, dependency])).values()];
}
