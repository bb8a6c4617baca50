import semver from 'semver';
import type { Advisories } from '../../know/advisory/advisories.ts';
import { specOf } from '../../read/manager/managers.ts';
import type { OverrideEntry } from '../../read/project/overrides/overrides.ts';
import type { Project } from '../../read/project/project.ts';
import { isPrivate } from '../check/selected-versions.ts';
import { admits } from './declared-places.ts';
import { findDependents, rangeOf } from './dependents.ts';
import { projectGraph } from './project-graph.ts';

/**
 * Checks whether an override written to get a fixed version is no longer needed: everything it applies to declares
 * ranges whose versions no advisory affects, and that admit the locked version. Only for overrides that start with a
 * version named as fixed by an advisory, as others have different reasons, and not for pnpm, whose lockfile does not
 * record what packages declare.
 */
export function isNeedless(entry: OverrideEntry, project: Project, advisories: Advisories): boolean {
  const { selector, declared, effective } = entry;
  const { lockfile, manager } = project;
  if (selector === undefined || effective === undefined || effective !== declared) return false;
  if (!specOf(manager).lockfile.recordsRanges || lockfile?.status !== 'checked' || !lockfile.recordsEdges)
    return false;
  const { name } = selector.target;
  const least = rangeOf(name, effective);
  const first = least === undefined ? undefined : semver.minVersion(least)?.version;
  if (first === undefined || effective.startsWith('npm:') || isPrivate(name, project)) return false;
  const reports = advisories.of(name);
  if (!reports.some(({ fixedIn }) => fixedIn.includes(first))) return false;
  const graph = projectGraph({ project });
  if (graph === undefined) return false;
  const decided = findDependents(graph, project, NO_DOCUMENTS, name).all.filter(
    ({ override, by }) => override === entry && by !== undefined,
  );
  return (
    decided.length > 0 &&
    decided.every((dependent) => {
      const range = rangeOf(dependent.name, dependent.declared);
      if (range === undefined || !admits(range, dependent.version)) return false;
      return reports.every(
        (report) => isApart(range, report.range) && report.affects(dependent.version) === 'no',
      );
    })
  );
}

/** Only needed for pnpm's lockfile. */
const NO_DOCUMENTS = { packument: () => undefined };

function isApart(range: string, affected: string): boolean {
  const options = { includePrerelease: true };
  if (semver.validRange(affected, options) === null) return false;
  return !semver.intersects(range, affected, options);
}
