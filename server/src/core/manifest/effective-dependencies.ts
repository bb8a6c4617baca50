import type { DependencySection, Manifest, ManifestDependency, ManifestSection } from './manifest.ts';

/**
 * The dependencies that count: of a section or a key that stands twice, the last. Without peer dependencies, unless
 * asked for, because whoever depends on the package chooses their versions.
 */
export function effectiveDependencies(
  manifest: Manifest,
  options: { readonly peers?: boolean } = {},
): readonly ManifestDependency[] {
  return effectiveSections(manifest).flatMap(({ section, dependencies }) => {
    if (section === 'peerDependencies' && options.peers !== true) return [];
    return [...new Map(dependencies.map((dependency) => [dependency.name, dependency])).values()];
  });
}

/** Of each section the object that npm reads. */
export function effectiveSections(manifest: Manifest): readonly ManifestSection[] {
  const last = new Map<DependencySection, ManifestSection>();
  for (const section of manifest.sections) last.set(section.section, section);
  return manifest.sections.filter((section) => last.get(section.section) === section);
}
