import { effectiveDependencies } from '../manifest/effective-dependencies.ts';
import { knownName } from '../manifest/known-name.ts';
import type { Manifest, ManifestDependency } from '../manifest/manifest.ts';
import type { Specifier } from '../manifest/specifier.ts';
import type { Related } from '../text/finding.ts';
import { type Meaning, meaningPlace, meaningsIn } from './meaning-of.ts';
import type { Project } from './project.ts';

/** A dependency of a manifest that a registry serves, after applying catalogs and overrides. */
export interface RegistryDependency {
  readonly dependency: ManifestDependency;
  readonly meaning: Meaning;
  /** The package requested from the registry. */
  readonly target: string;
}

export interface RegistryDependencyOptions {
  /** Includes installed peer dependencies: neither optional nor also in another section. */
  readonly peers?: boolean;
  /** Includes dependencies with the name of a workspace package. */
  readonly members?: boolean;
}

/** Yields dependencies in source order. Names that no registry can have are skipped. */
export function* registryDependencies(
  project: Project,
  manifest: Manifest,
  { peers = false, members = false }: RegistryDependencyOptions = {},
): Generator<RegistryDependency> {
  const meaningIn = meaningsIn(project, manifest.uri);
  const own = peers ? new Set(effectiveDependencies(manifest).map(({ name }) => name)) : undefined;
  for (const dependency of effectiveDependencies(manifest, { peers })) {
    if (dependency.section === 'peerDependencies') {
      if (own?.has(dependency.name) === true || manifest.optionalPeers.has(dependency.name)) continue;
    }
    const meaning = meaningIn(dependency);
    const { declared, specifier, target, isRemoved } = meaning;
    if (declared === undefined || isRemoved || !isFromRegistry(specifier)) continue;
    if (knownName(target).problem !== undefined) continue;
    if (!members && project.memberNames.has(target)) continue;
    yield { dependency, meaning, target };
  }
}

/** Returns the line of a catalog or an override that determines the package, unless the dependency's own line does. */
export function targetRelated(
  project: Project,
  { dependency, meaning, target }: RegistryDependency,
): readonly Related[] {
  const place = target === dependency.target ? undefined : meaningPlace(project, meaning);
  return place === undefined ? [] : [{ ...place, message: `This declares it as ${target}.` }];
}

export function isFromRegistry({ type }: Specifier): boolean {
  return type === 'version' || type === 'range' || type === 'tag' || type === 'alias';
}
