import { onForgetLatest } from '../text/latest.ts';
import { dependenciesOf } from './dependencies-of.ts';
import type { DependencySection, Manifest, ManifestDependency, ManifestSection } from './manifest.ts';

interface Effective {
  readonly manifest: Manifest;
  readonly withPeers: readonly ManifestDependency[];
  readonly withoutPeers: readonly ManifestDependency[];
  /** The names of those without peers, made when first asked for. */
  names?: ReadonlySet<string>;
}

/**
 * Of the manifest that was asked for last, as most rules ask and each in turn. (A WeakMap would do as well, but what is
 * in one outlives many edits: the collector of young objects takes its values for alive.)
 */
let latest: Effective | undefined;
onForgetLatest(() => {
  latest = undefined;
});

/**
 * The dependencies that count: of a section or a key that appears twice, the last. Without peer dependencies, unless
 * asked for, because whoever depends on the package chooses their versions.
 */
export function effectiveDependencies(
  manifest: Manifest,
  options: { readonly peers?: boolean } = {},
): readonly ManifestDependency[] {
  latest = effectiveIn(manifest);
  return options.peers === true ? latest.withPeers : latest.withoutPeers;
}

/**
 * Whether an install takes the dependency: all but peers that are optional, or that stand in another section too. npm
 * from 7 on, pnpm from 8 on and Bun install the others.
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

/** The list itself where no name appears twice. */
function lastOfEachName(dependencies: readonly ManifestDependency[]): readonly ManifestDependency[] {
  const names = new Set<string>();
  for (const { name } of dependencies) names.add(name);
  if (names.size === dependencies.length) return dependencies;
  return [...new Map(dependencies.map((dependency) => [dependency.name, dependency])).values()];
}
