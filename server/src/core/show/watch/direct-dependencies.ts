import { declaredRanges } from '../../judge/remedy/declared-range.ts';
import type { Specifier } from '../../read/manifest/specifier.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import { ignoredUpdates } from '../../read/project/manager/ignored-updates.ts';
import type { Project } from '../../read/project/project.ts';

/** A registry package that is a direct dependency of a project. */
export interface DirectDependency {
  /** The name requested from the registry. */
  readonly name: string;
  /** The versions locked for its manifests and catalogs. */
  readonly locked: ReadonlySet<string>;
  /** The distinct specifiers in its manifests and catalogs. */
  readonly specifiers: readonly Specifier[];
  /** Whether newer versions are reported; false if the package manager is configured to leave it alone. */
  readonly isUpdatable: boolean;
}

/** Returns everything that the manifests and catalogs of a project declare, each package once, sorted by name. */
export function directDependencies(
  project: Project,
  files: Iterable<CheckedFile>,
): readonly DirectDependency[] {
  const isIgnored = ignoredUpdates(project);
  const found = new Map<string, OpenDependency>();
  for (const file of files) {
    for (const { name, target, specifier, locked } of declaredRanges(project, file)) {
      const known = found.get(target) ?? { locked: new Set(), specifiers: new Map(), isUpdatable: false };
      found.set(target, known);
      known.isUpdatable ||= !isIgnored(name);
      known.specifiers.set(JSON.stringify(specifier), specifier);
      if (locked !== undefined) known.locked.add(locked);
    }
  }
  return [...found]
    .map(([name, { specifiers, ...rest }]) => ({ name, specifiers: [...specifiers.values()], ...rest }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

interface OpenDependency {
  readonly locked: Set<string>;
  readonly specifiers: Map<string, Specifier>;
  isUpdatable: boolean;
}
