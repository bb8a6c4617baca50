import type { ProjectFolders } from '../../core/judge/changes/beside-projects.ts';
import type { CoverageGap } from '../../core/judge/check/coverage.ts';
import { fileGap, unreadSources } from '../../core/judge/check/file-gap.ts';
import { buildGraph } from '../../core/read/graph/build-graph.ts';
import type { DependencyGraph } from '../../core/read/graph/dependency-graph.ts';
import { isLockfileKind } from '../../core/read/lockfile/detect.ts';
import type { Lockfile } from '../../core/read/lockfile/model/lockfile.ts';
import { POLICY_FILE_NAME } from '../../core/read/policy-file/read-policy.ts';
import { graphOptionsOf } from '../../core/read/project/graph-options-of.ts';
import type { Project } from '../../core/read/project/project.ts';
import { isWithin, nameOf, parentUri, relativeUri, type Uri } from '../../core/read/text/paths/uri.ts';
import { visibleText } from '../../core/read/text/words/visible-text.ts';
import type { PackageRisks } from '../../core/show/report/diff/package-risks.ts';
import type { GraphedLockfile } from '../../core/show/report/graph/graph-json.ts';
import { type Verdicts, verdictsOf } from '../../core/show/report/graph/picture/verdict.ts';
import { type ProjectBelow, pinsManager } from '../../engine/base/above-configuration.ts';
import { createSession } from '../../engine/create-session.ts';
import { CONFIGURATION_NAMES } from '../../engine/projects/read-configuration.ts';
import { type LocatedGraph, locatedGraph } from '../../engine/review/located-graph.ts';
import { judgedProject, lockfileRisks } from '../../engine/review/lockfile-risks.ts';
import { isExcludedInCommit } from '../../engine/review/review-folder.ts';
import type { FileStatus, ProjectSnapshot, Snapshot } from '../../engine/session.ts';
import { DEFAULT_SETTINGS, type EngineSettings } from '../../engine/settings.ts';
import { uriOfPath } from '../disk-files.ts';
import type { GitReader } from '../git/git-reader.ts';
import { createNodePorts } from '../node-ports.ts';
import { type ConfigurationFile, isThere } from './diff/changed-configuration.ts';
import { WrongUse } from './exit-code.ts';
import { repositoryOf } from './given/given-directory.ts';
import type { Terminal } from './terminal.ts';

/** A lockfile with its graph and the verdicts on its packages by what is known offline, if they were asked for. */
export interface JudgedGraph extends LocatedGraph {
  readonly verdicts: Verdicts;
}

export interface GraphedDirectory {
  readonly root: Uri;
  /** Sorted by path. */
  readonly lockfiles: readonly JudgedGraph[];
  /** Manifests and lockfiles that were not read completely, sorted by path. */
  readonly unread: readonly CoverageGap[];
  readonly git: GitReader;
  /** Returns the graph of a lockfile that is not on disk, with the current manifests. */
  graphOf(lockfile: Lockfile): DependencyGraph;
  /** The configuration files that apply to its projects. */
  readonly configuration: readonly ConfigurationFile[];
  readonly projects: readonly ProjectFolders[];
  /** The folder that bounds the search, and what determines which files above the directory are read. */
  readonly repository: Uri;
  readonly below: readonly ProjectBelow[];
  /** The roots of its projects. */
  readonly folders: ReadonlySet<Uri>;
  isThere(uri: Uri): Promise<boolean>;
  /** Checks whether the configuration excludes a file of a commit. */
  isExcluded(uri: Uri): Promise<boolean>;
  /** Returns the risks of the packages of a lockfile by what is known offline, if they were asked for. */
  risksOf(uri: Uri): PackageRisks | undefined;
}

/** Reads every lockfile below a directory, with its manifests. Throws `WrongUse` if there is none. */
export async function graphedLockfiles(
  directory: string,
  terminal: Terminal,
  options: GraphedOptions = {},
): Promise<GraphedDirectory> {
  const found = await graphedDirectory(directory, terminal, options);
  if (found.lockfiles.length === 0) throw noLockfile(directory);
  return found;
}

export function noLockfile(directory: string): WrongUse {
  return new WrongUse(
    `no lockfile was found in ${directory}; give a directory that holds one, or install its packages first.`,
  );
}

export interface GraphedOptions extends Pick<Partial<EngineSettings>, 'policyFile' | 'reviewedSince'> {
  /** Whether rules judge the packages, which takes longer. */
  readonly judges?: boolean;
  /** Whether they do so on demand, for `risksOf`. */
  readonly findsRisks?: boolean;
}

/** Does the same, but permits a directory without lockfiles. */
export async function graphedDirectory(
  directory: string,
  terminal: Terminal,
  { policyFile, reviewedSince, judges = false, findsRisks = false }: GraphedOptions = {},
): Promise<GraphedDirectory> {
  const root = uriOfPath(directory);
  const repository = uriOfPath(await repositoryOf(directory));
  const ports = createNodePorts({ roots: () => [root], version: undefined });
  const session = createSession(ports);
  const offline = judges || findsRisks ? { online: false } : {};
  session.configure({ ...DEFAULT_SETTINGS, policyFile, reviewedSince, ...offline });
  session.setFolders([repository]);
  await session.loadFolder(root, terminal.progress);
  if (judges) session.openAdvisories();
  const lockfiles = new Map<Uri, JudgedGraph>();
  const snapshot = session.snapshot();
  const { projects } = snapshot;
  const configuration = new Map<Uri, ConfigurationFile>();
  for (const project of projects) {
    const verdicts = judges ? verdictsIn(snapshot, project) : verdictsOf([], false);
    for (const { uri, reason } of configurationOf(project, repository)) {
      // With a given configuration, the project's own has no effect.
      if (policyFile !== undefined && nameOf(uri) === POLICY_FILE_NAME) continue;
      configuration.set(uri, { uri, text: snapshot.textOf(uri), reason });
    }
    for (const status of project.statuses) {
      if (!isLockfileKind(status.kind) || lockfiles.has(status.uri)) continue;
      const located = locatedGraph(project, { ...status, kind: status.kind }, root);
      lockfiles.set(status.uri, { ...located, verdicts });
    }
  }
  session.dispose();
  terminal.progress.end();
  const statuses = new Map(projects.flatMap((project) => project.statuses.map((each) => [each.uri, each])));
  return {
    root,
    unread: unreadSources([...statuses.values()])
      .flatMap((file) => fileGap(file, relativeUri(root, file.uri)) ?? [])
      .sort((a, b) => (a.subject < b.subject ? -1 : 1)),
    lockfiles: [...lockfiles.values()].sort((a, b) => (a.path < b.path ? -1 : 1)),
    git: ports.git,
    graphOf(lockfile) {
      const project = projects.find((each) => each.project.root === parentUri(lockfile.uri));
      return buildGraph(lockfile, project === undefined ? {} : graphOptionsOf(project, lockfile.uri));
    },
    risksOf: findsRisks ? (uri) => lockfileRisks(session, uri) : () => undefined,
    isThere,
    isExcluded: (uri) => isExcludedInCommit(uri, ports, repository, reviewedSince, policyFile),
    configuration: [...configuration.values()],
    repository,
    below: projects.map(({ project }) => projectBelow(project)),
    folders: new Set(projects.map(({ project }) => project.root)),
    projects: projects.map(({ project: { root: top, members } }) => ({
      ...{ root: top, folders: new Set([top, ...[...members.keys()].map(parentUri)]) },
    })),
  };
}

function projectBelow({ root, manager, pnpmWorkspace, rootManifest }: Project): ProjectBelow {
  return {
    root,
    manager,
    hasWorkspaceFile: pnpmWorkspace !== undefined,
    isPinned: pinsManager(rootManifest),
  };
}

/** Returns the manifests and the project's configuration files, without those of the user. */
function configurationOf({ project, statuses }: ProjectSnapshot, repository: Uri): readonly FileStatus[] {
  return statuses.filter(
    ({ uri }) =>
      isWithin(repository, uri) && (project.members.has(uri) || CONFIGURATION_NAMES.has(nameOf(uri))),
  );
}

/** Returns the verdicts by the findings in all files of a project. */
function verdictsIn(snapshot: Snapshot, project: ProjectSnapshot): Verdicts {
  const { findings, isKnown } = judgedProject(snapshot, project);
  return verdictsOf(findings, isKnown);
}

/**
 * Prints on standard error which manifests and lockfiles were not read completely, and what else is missing
 * from the graphs.
 */
export function reportGaps(
  { unread }: Pick<GraphedDirectory, 'unread'>,
  lockfiles: readonly GraphedLockfile[],
  terminal: Terminal,
): void {
  for (const { subject, detail } of unread)
    terminal.error(`${visibleText(`dephygiene: ${subject} was ${detail}.`)}\n`);
  for (const { path, graph } of lockfiles)
    for (const gap of graph?.gaps ?? []) terminal.error(`${visibleText(`dephygiene: ${path}: ${gap}`)}\n`);
}
