import { isExotic } from '../../../read/manifest/exotic-names.ts';
import { knownName } from '../../../read/manifest/known-name.ts';
import { readSpecifier, targetOf } from '../../../read/manifest/read-specifier.ts';
import type { Specifier } from '../../../read/manifest/specifier.ts';
import { meaningPlace, meaningsIn } from '../../../read/project/meaning-of.ts';
import type { Project } from '../../../read/project/project.ts';
import { isFromRegistry } from '../../../read/project/registry-dependencies.ts';
import type { Uri } from '../../../read/text/paths/uri.ts';
import type { Span } from '../../../read/text/span.ts';
import type { ProjectFiles } from '../destination.ts';

/** The place of a name in a project. */
export interface NamePlace {
  readonly uri: Uri;
  readonly span: Span;
}

/** A package's own name, and how the project uses it. */
export interface UsedName {
  readonly name: string;
  /** Whether a manifest, a catalog or an override names it, rather than only the lockfile. */
  readonly declared: boolean;
  /** Where it comes from a registry; undefined if it never does. */
  readonly served: NamePlace | undefined;
  /** Where it comes from git, a URL or a path. */
  readonly elsewhere: NamePlace | undefined;
}

/** Returns every name in the files of a project that might be requested, sorted. */
export function usedNames(project: Project, files: ProjectFiles): readonly UsedName[] {
  const found = new Map<string, UsedName>();
  const add = (name: string, declared: boolean, isServed: boolean, place: NamePlace) => {
    const known = found.get(name);
    found.set(name, {
      name,
      declared: declared || known?.declared === true,
      served: known?.served ?? (isServed ? place : undefined),
      elsewhere: known?.elsewhere ?? (isServed ? undefined : place),
    });
  };
  const addDeclared = (name: string, specifier: Specifier, place: NamePlace) => {
    if (isFromRegistry(specifier)) add(targetOf(name, specifier), true, true, place);
    else if (isFromElsewhere(specifier)) add(name, true, false, place);
  };
  for (const manifest of files.values()) {
    if (manifest.kind !== 'manifest') continue;
    const meaningIn = meaningsIn(project, manifest.uri);
    for (const dependency of manifest.dependencies) {
      const meaning = meaningIn(dependency);
      if (meaning.declared === undefined || meaning.isRemoved) continue;
      const own = { uri: manifest.uri, span: dependency.nameSpan };
      const decides = isFromElsewhere(meaning.specifier) ? meaningPlace(project, meaning) : undefined;
      addDeclared(dependency.name, meaning.specifier, decides ?? own);
    }
  }
  for (const [at, { name, declared }] of project.catalogs.entries.entries()) {
    const place = project.catalogPlaces[at];
    if (place !== undefined) {
      addDeclared(name, readSpecifier(name, declared), { uri: place.uri, span: place.keySpan });
    }
  }
  for (const [at, { selector, effective }] of project.overrides.entries.entries()) {
    const place = project.overridePlaces[at];
    if (selector === undefined || effective === undefined || place === undefined) continue;
    const { name } = selector.target;
    addDeclared(name, readSpecifier(name, effective), { uri: place.uri, span: place.keySpan });
  }
  for (const { name, source, keySpan } of project.lockfile?.entries ?? []) {
    add(name, false, source === 'registry', { uri: project.lockfile!.uri, span: keySpan });
  }
  return [...found.values()]
    .filter(({ name }) => knownName(name).problem === undefined)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function isFromElsewhere(specifier: Specifier): boolean {
  const { type } = specifier;
  return isExotic(specifier) || type === 'patch' || type === 'exec' || type === 'jsr';
}
