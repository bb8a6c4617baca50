import { idOfNode, type NodeNumber } from '../../../read/graph/dependency-graph.ts';
import type { Finding } from '../../../read/text/finding.ts';
import type { Uri } from '../../../read/text/paths/uri.ts';
import { projectFinder } from '../check/project-groups.ts';
import type { PageInput, PageProject } from './page-input.ts';

/** Where a package is used, as far as a finding or the lockfile shows it. */
export type Usage = 'production' | 'development' | 'project';

/** What a finding is about, in the graph of its project. */
export interface FindingPlace {
  readonly project: PageProject | undefined;
  /** The locked packages that it is about: for an advisory the affected ones. */
  readonly nodes: readonly NodeNumber[];
  /** project: a file or a setting rather than a package. */
  readonly usage: Usage;
}

/** Returns a function that finds the project and the locked packages of a finding. Memoized by finding. */
export function placesOf({ report, projects }: PageInput): (finding: Finding) => FindingPlace {
  const reported = projectFinder(report.projects);
  const byRoot = new Map(projects.map((project) => [project.root, project]));
  const indexes = new Map<Uri, ReadonlyMap<string, readonly NodeNumber[]>>();
  const known = new Map<Finding, FindingPlace>();
  const find = (finding: Finding): FindingPlace => {
    const project = byRoot.get(reported(finding.uri)?.root ?? report.root);
    if (project?.graph === undefined) return { project, nodes: [], usage: usageOf(finding, undefined, []) };
    const index = indexes.get(project.root) ?? nodesByVersion(project);
    indexes.set(project.root, index);
    const keys = (finding.advisories ?? []).map((advisory) => `${advisory.package}@${advisory.version}`);
    if (keys.length === 0) keys.push(`${finding.package}@${finding.version}`);
    const nodes = [...new Set(keys)].flatMap((key) => index.get(key) ?? []);
    return { project, nodes, usage: usageOf(finding, project, nodes) };
  };
  return (finding) => {
    const place = known.get(finding) ?? find(finding);
    known.set(finding, place);
    return place;
  };
}

/** Returns the packages of a graph by name and version, for an alias by both names. */
function nodesByVersion({ graph }: PageProject): ReadonlyMap<string, readonly NodeNumber[]> {
  const nodes = new Map<string, NodeNumber[]>();
  graph?.packages.forEach(({ name, alias, version }, node) => {
    for (const each of alias === undefined ? [name] : [name, alias]) {
      const key = `${each}@${version}`;
      const same = nodes.get(key);
      if (same === undefined) nodes.set(key, [node]);
      else same.push(node);
    }
  });
  return nodes;
}

function usageOf(
  { data, package: name }: Finding,
  project: PageProject | undefined,
  nodes: readonly NodeNumber[],
): Usage {
  // As the message has it: of a production dependency that is a development tool, too.
  const { used } = data as { readonly used?: unknown };
  if (used === 'production') return 'production';
  if (used === 'development' || used === 'development-tools') return 'development';
  if (name === undefined) return 'project';
  if (nodes.length === 0) return declaredUsage(name, project);
  return nodes.every((node) => project?.graph?.packages[node]?.dev) ? 'development' : 'production';
}

/** Returns the usage of a declared dependency; production if nothing shows it. */
function declaredUsage(name: string, project: PageProject | undefined): Usage {
  const declared = (project?.graph?.importers ?? [])
    .flatMap(({ dependencies }) => dependencies)
    .filter((dependency) => dependency.name === name);
  return declared.length > 0 && declared.every(({ kind }) => kind === 'dev') ? 'development' : 'production';
}

/** Names a project: by its manifest, and by its folder if that is not the checked one. */
export function describeProject({ name, root }: PageProject, path: (uri: Uri) => string): string {
  const folder = path(root);
  if (folder === '') return name ?? '.';
  return name === undefined || folder.split('/').at(-1) === name ? folder : `${name} (${folder})`;
}

/** Returns the path of an importer from the folder of its lockfile, or its name if it has one. */
export function describeImporter({ graph }: PageProject, node: NodeNumber): string {
  if (graph === undefined) return '';
  const importer = graph.importers[node - graph.packages.length];
  const path = idOfNode(graph, node);
  return importer?.name ?? (path === '' ? '.' : path);
}
