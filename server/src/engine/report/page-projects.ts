import { buildGraph } from '../../core/read/graph/build-graph.ts';
import { isFixtureFile } from '../../core/read/project/fixture-files.ts';
import { graphOptionsOf } from '../../core/read/project/graph-options-of.ts';
import { joinUri } from '../../core/read/text/paths/uri.ts';
import type { PageProject } from '../../core/show/report/html/page-input.ts';
import { scriptCandidates, scriptsReport } from '../../core/show/report/scripts/scripts-report.ts';
import type { FilesPort } from '../ports.ts';
import { installedLicenses } from '../projects/installed-licenses.ts';
import { installedScripts } from '../projects/installed-scripts.ts';
import { startedByPackages } from '../projects/started-code.ts';
import type { ProjectSnapshot, Snapshot } from '../session.ts';

/** Returns what the page shows of each project. Reads installed packages, and sends nothing. */
export async function pageProjects(
  { projects }: Snapshot,
  files: Pick<FilesPort, 'list' | 'read'>,
): Promise<readonly PageProject[]> {
  const found: PageProject[] = [];
  for (const each of projects) found.push(await pageProject(each, files));
  return found;
}

async function pageProject(
  snapshot: ProjectSnapshot,
  files: Pick<FilesPort, 'list' | 'read'>,
): Promise<PageProject> {
  const { project, statuses, advisories, facts } = snapshot;
  const { root, lockfile, rootManifest } = project;
  const installed = await installedScripts(files, project, scriptCandidates(project));
  const started = await startedByPackages(files, installed);
  const graph =
    lockfile === undefined ? undefined : buildGraph(lockfile, graphOptionsOf(snapshot, lockfile.uri));
  const entries = new Set((graph?.packages ?? []).map(({ entry }) => entry));
  const licences = await installedLicenses(files, project, [...entries]);
  const packument: PageProject['packument'] = (name) => facts.packument(name);
  return {
    root,
    kind: isFixtureFile(project, joinUri(root, 'package.json')) ? 'fixture' : 'project',
    name: project.members.get(joinUri(root, 'package.json'))?.name ?? rootManifest?.name?.value,
    graph,
    licenceOf: (entry) => entry.license ?? licences.get(entry),
    scripts: scriptsReport(
      { project, statuses, advisories, installed, downloaded: new Map(), started, packument },
      root,
    ),
    packument,
  };
}
