import { buildGraph } from '../../core/read/graph/build-graph.ts';
import { isFixtureFile } from '../../core/read/project/fixture-files.ts';
import { graphOptionsOf } from '../../core/read/project/graph-options-of.ts';
import { joinUri } from '../../core/read/text/paths/uri.ts';
import type { PageProject } from '../../core/show/report/html/page-input.ts';
import { scriptCandidates, scriptsReport } from '../../core/show/report/scripts/scripts-report.ts';
import type { FilesPort, Ports } from '../ports.ts';
import { installedLicenses } from '../projects/installed-licenses.ts';
import { installedScripts } from '../projects/installed-scripts.ts';
import { startedByPackages } from '../projects/started-code.ts';
import type { ProjectSnapshot, Snapshot } from '../session.ts';

/** Returns what the page shows of each project. Reads installed packages, and sends nothing. */
export async function pageProjects(
  { projects }: Snapshot,
  ports: PagePorts,
): Promise<readonly PageProject[]> {
  const found: PageProject[] = [];
  for (const each of projects) found.push(await pageProject(each, ports));
  return found;
}

export interface PagePorts extends Pick<Ports, 'cache' | 'clock'> {
  readonly files: Pick<FilesPort, 'list' | 'read'>;
}

async function pageProject(snapshot: ProjectSnapshot, ports: PagePorts): Promise<PageProject> {
  const { files } = ports;
  const { project, statuses, advisories, facts } = snapshot;
  const { root, lockfile, rootManifest } = project;
  const installed = await installedScripts(files, project, scriptCandidates(project));
  const started = await startedByPackages(files, installed);
  const graph =
    lockfile === undefined ? undefined : buildGraph(lockfile, graphOptionsOf(snapshot, lockfile.uri));
  const entries = new Set((graph?.packages ?? []).map(({ entry }) => entry));
  const licenses = await installedLicenses(files, project, [...entries]);
  const direct = new Set(
    (graph?.importers ?? []).flatMap(({ dependencies }) =>
      dependencies.map(({ resolved }) =>
        resolved === undefined ? undefined : graph?.packages[resolved]?.entry,
      ),
    ),
  );
  const packument: PageProject['packument'] = (name) => facts.packument(name);
  // Loads the parsers only if code is read.
  const { installedCodes } = await import('../inspect/inspect.ts');
  const kind = isFixtureFile(project, joinUri(root, 'package.json')) ? 'fixture' : 'project';
  return {
    root,
    kind,
    name: project.members.get(joinUri(root, 'package.json'))?.name ?? rootManifest?.name?.value,
    graph,
    licenseOf: (entry) => entry.license ?? licenses.get(entry),
    scripts: scriptsReport(
      {
        ...{ project, statuses, isAsked: false, advisories, installed, downloaded: new Map() },
        ...{ started, packument },
      },
      root,
    ),
    codes:
      kind === 'fixture'
        ? new Map()
        : await installedCodes(project, entries, ports, (one) => direct.has(one)),
    packument,
  };
}
