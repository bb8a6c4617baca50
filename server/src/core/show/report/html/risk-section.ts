import { SEVERITIES, type Severity } from '../../../read/text/finding.ts';
import type { Uri } from '../../../read/text/paths/uri.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';
import { group, namesAndMore, plural } from '../../../read/text/words/words.ts';
import { pathsFrom } from '../check/report.ts';
import { severityLabels } from '../check/summary.ts';
import { type DirectDependency, directDependencies } from './direct-dependencies.ts';
import { describeProject } from './finding-places.ts';
import { type Markup, markup, type Part } from './markup.ts';
import { COUNTED, countsOf as countCells } from './owners-section.ts';
import type { PageInput } from './page-input.ts';
import { figure, pageTable, type Row, type Section } from './page-parts.ts';
import type { PageView } from './page-view.ts';
import { type Tile, treemapPicture } from './treemap-picture.ts';

/** Smaller ones are a single tile, as they could not be read. */
const MOST_TILES = 150;
/** The maximum number of users named at a dependency. */
const MOST_USERS = 3;

/** Returns the direct dependencies of all projects but fixtures. */
export function dependenciesOf({ report, projects, placeOf }: PageView): readonly DirectDependency[] {
  const findings = report.findings.map(({ finding }) => finding);
  return projects
    .filter(({ kind }) => kind !== 'fixture')
    .flatMap((project) => directDependencies(project, findings, placeOf));
}

/** Shows through which direct dependencies packages and findings come: as a treemap, and the same as a table. */
export function riskSection(input: PageInput, dependencies: readonly DirectDependency[]): Section {
  const title = 'Where risk sits';
  if (dependencies.length === 0)
    return { id: 'risk', title, body: markup`<p>No lockfile was read, so nothing is known of it.</p>` };
  const ranked = [...dependencies].sort(
    (a, b) => compareCounts(countsOf(a), countsOf(b)) || b.pulledIn - a.pulledIn,
  );
  return {
    id: 'risk',
    title,
    count: dependencies.length,
    body: markup`<p>Direct dependencies by the number of packages that they pull in, and by the worst finding among these. A package that several of them pull in counts for each.</p>
${pictureOf(input, dependencies)}
<ul class="legend">${looksOf(input).map(([look, words]) => markup`<li><svg class="treemap" width="22" height="14" aria-hidden="true"><g class="${look}"><rect width="22" height="14"/>${look === 'error' || look === 'warning' ? markup`<rect class="pattern" width="22" height="14" fill="url(#${look === 'error' ? 'hatch' : 'dots'})"/>` : undefined}</g></svg> ${words}</li>`)}</ul>
${tableOf(input, ranked)}`,
  };
}

/** A package without findings is only clear if a source of advisories answered. */
function looksOf({ report }: PageInput): readonly (readonly [look: string, words: string])[] {
  const isKnown = report.advisories.some(({ state }) => state === 'used');
  return [
    ['error', 'error'],
    ['warning', 'warning'],
    ['information', 'information or hint'],
    ['clear', isKnown ? 'no finding' : 'no finding, and known vulnerabilities were not checked'],
  ];
}

function pictureOf(input: PageInput, dependencies: readonly DirectDependency[]): Markup {
  const path = pathsFrom(input.report.root);
  const chosen = new Set(
    [...dependencies]
      .sort((a, b) => Number(isUrgent(b)) - Number(isUrgent(a)) || b.pulledIn - a.pulledIn)
      .slice(0, MOST_TILES),
  );
  const groups = input.projects.flatMap((project) => {
    const own = dependencies.filter((dependency) => dependency.project === project);
    const tiles = own.filter((dependency) => chosen.has(dependency)).map(tileOf);
    const rest = own.filter((dependency) => !chosen.has(dependency));
    if (rest.length > 0) tiles.push(restOf(rest));
    return tiles.length === 0 ? [] : [{ name: visibleText(describeProject(project, path)), tiles }];
  });
  return treemapPicture(
    groups,
    `Treemap of ${plural(dependencies.length, 'direct dependency', 'direct dependencies')}. The table below has the same figures.`,
  );
}

function isUrgent(dependency: DirectDependency): boolean {
  const worst = worstOf(dependency);
  return worst === 'error' || worst === 'warning';
}

function worstOf({ findings }: DirectDependency): Severity | undefined {
  return SEVERITIES.find((severity) => findings.some((finding) => finding.severity === severity));
}

function tileOf(dependency: DirectDependency): Tile {
  const { label, pulledIn, findings } = dependency;
  const worst = worstOf(dependency);
  const counted = severityLabels(findings).map(([, words]) => words);
  const packages = plural(pulledIn + 1, 'package');
  const [first] = counted;
  return {
    name: label,
    facts: [packages, ...counted].join(', '),
    shorter: first === undefined ? [packages] : [`${packages}, ${first}`, first],
    size: pulledIn + 1,
    look: worst === undefined ? 'clear' : worst === 'hint' ? 'information' : worst,
  };
}

function restOf(rest: readonly DirectDependency[]): Tile {
  const findings = new Set(rest.flatMap((each) => each.findings));
  const most = Math.max(...rest.map(({ pulledIn }) => pulledIn)) + 1;
  const counted = severityLabels([...findings]).map(([, words]) => words);
  return {
    name: `${group(rest.length)} more`,
    facts: [`up to ${plural(most, 'package')} each`, ...counted].join(', '),
    shorter: [`up to ${plural(most, 'package')} each`],
    size: rest.reduce((sum, { pulledIn }) => sum + pulledIn + 1, 0),
    look: findings.size === 0 ? 'clear' : 'information',
  };
}

function tableOf({ report, projects }: PageInput, ranked: readonly DirectDependency[]): Markup {
  const path = pathsFrom(report.root);
  const declaring = new Set(
    ranked.flatMap(({ project, users }) => users.map((user) => [project.root, user].join())),
  );
  const isClear = declaring.size === 1;
  const isRecorded = ranked.some(({ scripts }) => scripts !== undefined);
  const rows = ranked.map((dependency): Row => {
    const { project, label, isDev, pulledIn, depth, scripts } = dependency;
    const cells: readonly Part[] = [
      markup`<code>${label}</code>`,
      figure(pulledIn),
      figure(depth),
      ...(isRecorded ? [scripts === undefined ? 'unknown' : figure(scripts)] : []),
      ...countCells(dependency.findings),
      isDev ? 'development' : 'production',
      ...(isClear ? [] : [declaredBy(dependency, path)]),
    ];
    const severity = worstOf(dependency);
    const usage = isDev ? 'development' : 'production';
    return { cells, usage, project: projects.indexOf(project), ...(severity && { severity }) };
  });
  return pageTable(
    'Direct dependencies, those with the worst findings first',
    [
      'Package',
      { title: 'Pulls in', look: 'number' },
      { title: 'Depth', look: 'number' },
      ...(isRecorded ? [{ title: 'Install scripts', look: 'number' as const }] : []),
      ...COUNTED.map(([title]) => ({ title, look: 'number' as const })),
      'Use',
      ...(isClear ? [] : ['Declared by']),
    ],
    rows,
  );
}

function declaredBy({ project, users }: DirectDependency, path: (uri: Uri) => string): string {
  const own = describeProject(project, path);
  const isOwn = users.length === 1 && (users[0] === project.name || users[0] === '.');
  if (isOwn) return own;
  const named = namesAndMore(users, MOST_USERS);
  return path(project.root) === '' ? named : `${named} in ${own}`;
}

function countsOf({ findings }: DirectDependency): readonly number[] {
  return SEVERITIES.map((severity) => findings.filter((finding) => finding.severity === severity).length);
}

function compareCounts(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((count, index) => count !== b[index]);
  return at === -1 ? 0 : b[at]! - a[at]!;
}
