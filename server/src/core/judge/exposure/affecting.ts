import type { Advisories } from '../../know/advisory/advisories.ts';
import type { Advisory } from '../../know/advisory/advisory.ts';
import type { Project } from '../../read/project/project.ts';
import { isPrivate } from '../check/selected-versions.ts';

/** Returns the advisories that affect a version of a package. */
export type Affecting = (name: string, version: string) => readonly Advisory[];

type Names = Pick<Project, 'policy' | 'npmConfig' | 'memberNames'>;

/**
 * Returns a lookup for the advisories on packages of a project. Public reports on a name do not apply to a private
 * package, or one from a private registry, with the same name: attackers choose exactly such names. For those only
 * reports of the registry itself count.
 */
export function affectingIn(project: Names, advisories: Advisories): Affecting {
  return (name, version) => aboutOwn(project, name, advisories.affecting(name, version));
}

/** Returns the same lookup for all versions of a package. */
export function reportsIn(project: Names, advisories: Advisories): (name: string) => readonly Advisory[] {
  return (name) => aboutOwn(project, name, advisories.of(name));
}

function aboutOwn(project: Names, name: string, all: readonly Advisory[]): readonly Advisory[] {
  if (all.length === 0 || !isPrivate(name, project)) return all;
  return all.filter(({ source }) => source === 'registry');
}
