import { buildGraph } from '../../read/graph/build-graph.ts';
import type { CheckedFile } from '../../read/project/checked-file.ts';
import { graphOptionsOf } from '../../read/project/graph-options-of.ts';
import type { InstallDifference, Installed, InstallState } from '../../read/project/install-state.ts';
import { installerOf } from '../../read/project/manager/installation.ts';
import type { Project } from '../../read/project/project.ts';
import type { Uri } from '../../read/text/paths/uri.ts';
import { compareInstalled } from './compare-installed.ts';

export interface ComparedProject {
  readonly project: Project;
  readonly files: ReadonlyMap<Uri, CheckedFile>;
}

/** What is known of an install besides its packages. */
export interface InstallEvidence {
  /** See `InstallState.record`. */
  readonly record?: string;
  readonly altered?: readonly InstallDifference[];
  readonly uncompared?: readonly string[];
  readonly patched?: readonly string[];
}

/**
 * Compares what is installed for a project with its lockfile. Undefined for a project without a lockfile that was read as
 * a whole: what is missing in it would be reported of node_modules.
 */
export function installStateOf(
  compared: ComparedProject,
  { packages, gaps }: Installed,
  { record, altered = [], uncompared = [], patched = [] }: InstallEvidence = {},
): InstallState | undefined {
  const { project } = compared;
  const { lockfile, members, memberNames } = project;
  if (lockfile === undefined || lockfile.status !== 'checked') return undefined;
  const isInstalled = packages.length > 0;
  const differences = compareInstalled({
    graph: buildGraph(lockfile, graphOptionsOf(compared, lockfile.uri)),
    packages,
    keysArePaths: installerOf(project).installs.keysArePaths,
    members: new Set([...members.values()].map(({ path }) => path)),
    memberNames,
  });
  return {
    lockText: lockfile.text,
    ...{ record, isInstalled, uncompared, patched, gaps },
    differences: isInstalled ? [...altered, ...differences] : [],
  };
}
