import { aliasTarget } from '../../read/manifest/alias-target.ts';
import type { SourcePlace } from '../../read/project/catalogs/catalogs.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import type { Project } from '../../read/project/project.ts';
import type { ConfigurationChange } from '../../read/project/since-base.ts';
import { changedSettings } from './changed-code.ts';

/** An override, or a line of a catalog, that puts another package in the place of one, unlike in the base. */
export interface RedirectingOverride {
  readonly name: string;
  readonly target: string;
  readonly change: ConfigurationChange;
}

/**
 * Returns the overrides and lines of catalogs in a file that redirect a name to another package since the base, as far as the
 * package manager reads them. Members of the workspace are no other packages.
 */
export function redirectingOverrides(file: CheckedFile, project: Project): readonly RedirectingOverride[] {
  const changes = changedSettings(file, project) ?? [];
  if (changes.length === 0) return [];
  const bySpan = new Map(changes.map((change) => [change.span?.start, change]));
  const redirected = (name: string, declared: string | undefined, place: SourcePlace | undefined) => {
    const change = place?.uri === file.uri ? bySpan.get(place?.keySpan.start) : undefined;
    const target = aliasTarget(name, declared);
    const isOther = target !== undefined && target !== name && !project.memberNames.has(target);
    return isOther && change?.after !== undefined ? [{ name, target, change }] : [];
  };
  const { overrides, overridePlaces, catalogs, catalogPlaces } = project;
  return [
    ...overrides.entries.flatMap(({ counts, selector, effective }, at) =>
      counts && selector !== undefined ? redirected(selector.target.name, effective, overridePlaces[at]) : [],
    ),
    ...catalogs.entries.flatMap(({ name, declared }, at) => redirected(name, declared, catalogPlaces[at])),
  ];
}
