import type { Advisories } from '../../know/advisory/advisories.ts';
import type { Advisory } from '../../know/advisory/advisory.ts';
import type { Project } from '../../read/project/project.ts';
import { isPrivate } from '../check/selected-versions.ts';

/** What is known against a version of a package. */
export type Affecting = (name: string, version: string) => readonly Advisory[];

type Names = Pick<Project, 'policy' | 'npmConfig' | 'memberNames'>;

/**
 * The advisories on the packages of a project. Public reports of a name say nothing of a package of the project's own, or
 * of its own registry, that has the same name: attackers take just such names. There only what that registry itself says
 * counts.
 */
export function affectingIn(project: Names, advisories: Advisories): Affecting {
  return (name, version) => aboutOwn(project, name, advisories.affecting(name, version));
}

/** The same for all versions of a package. */
export function reportsIn(project: Names, advisories: Advisories): (name: string) => readonly Advisory[] {
  return (name) => aboutOwn(project, name, advisories.of(name));
}

function aboutOwn(project: Names, name: string, all: readonly Advisory[]): readonly Advisory[] {
  if (all.length === 0 || !isPrivate(name, project)) return all;
  return all.filter(({ source }) => source === 'registry');
}
