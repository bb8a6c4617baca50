import { groupBy } from '../../../read/text/group-by.ts';
import type { Uri } from '../../../read/text/paths/uri.ts';
import { displayWidth, visibleText } from '../../../read/text/words/visible-text.ts';
import { plural } from '../../../read/text/words/words.ts';
import type { Paint } from '../paint.ts';
import type { Report, ReportedFinding, ReportedProject } from './report.ts';
import { severityLabels } from './summary.ts';

/** The maximum number of projects with their own line, and of nested ones among them. */
const MOST_GROUPS = 30;
const MOST_NESTED = 8;
/** The maximum number of rules listed for a project of the directory. */
const MOST_RULES = 6;

/** How the groups are printed. */
export interface GroupView {
  readonly path: (uri: Uri) => string;
  readonly paint: Paint;
  readonly columns: number;
  /** The maximum number of lines, at least 2. */
  readonly mostLines: number;
}

/** Findings of one project, or of several that share a line. */
interface Group {
  readonly label: string;
  readonly kind: ReportedProject['kind'];
  readonly findings: readonly ReportedFinding[];
}

/**
 * Returns one line per project with the counts of its findings, worst first. Projects of the directory itself list
 * their rules below; nested projects have only the line, and fixtures share one. Whatever does not fit shares the last
 * line, so that the counts add up to all findings.
 */
export function groupLines(
  findings: readonly ReportedFinding[],
  report: Pick<Report, 'root' | 'projects'>,
  view: GroupView,
): readonly string[] {
  const groups = fitted(groupsOf(findings, report, view), Math.min(view.mostLines, MOST_GROUPS));
  let spare = view.mostLines - groups.length;
  const width = Math.max(...groups.map(({ label }) => displayWidth(label)));
  return groups.flatMap((group) => {
    const counts = severityLabels(group.findings.map(({ finding }) => finding))
      .map(([severity, label]) => view.paint.severity(severity, label))
      .join(', ');
    const rules = group.kind === 'project' ? ruleLines(group.findings, view, spare) : [];
    spare -= rules.length;
    const gap = ' '.repeat(width - displayWidth(group.label) + 2);
    return [`  ${view.paint.strong(group.label)}${gap}${counts}`, ...rules];
  });
}

function groupsOf(
  findings: readonly ReportedFinding[],
  { root, projects }: Pick<Report, 'root' | 'projects'>,
  { path, columns }: GroupView,
): readonly Group[] {
  const projectOf = projectFinder(projects);
  const groups = groupBy(findings, ({ finding }) => {
    const project = projectOf(finding.uri);
    return project?.kind === 'fixture' ? FIXTURES : (project?.root ?? root);
  });
  const kinds = new Map(projects.map((project) => [project.root, project.kind]));
  return [...groups].map(([key, own]): Group => {
    if (key === FIXTURES) {
      const count = new Set(own.map(({ finding }) => projectOf(finding.uri)?.root)).size;
      return { label: `fixtures and examples (${plural(count, 'project')})`, kind: 'fixture', findings: own };
    }
    const name = key === root ? '.' : visibleText(path(key));
    return { label: cut(name, columns >> 1), kind: kinds.get(key) ?? 'project', findings: own };
  });
}

const FIXTURES = 'fixtures';

/** Returns a function that finds the project of a file: the nearest root above it. */
export function projectFinder(
  projects: readonly ReportedProject[],
): (uri: Uri) => ReportedProject | undefined {
  const byRoot = new Map(projects.map((project) => [project.root, project]));
  return (uri) => {
    for (let end = uri.lastIndexOf('/'); end > 0; end = uri.lastIndexOf('/', end - 1)) {
      const project = byRoot.get(uri.slice(0, end));
      if (project !== undefined) return project;
    }
    return undefined;
  };
}

/**
 * Returns the directory's own projects, the fixtures as one group, then nested projects. Those of a kind are ordered by
 * their worst findings; the rest is one group.
 */
function fitted(groups: readonly Group[], most: number): readonly Group[] {
  const of = (kind: Group['kind']) => groups.filter((group) => group.kind === kind);
  const sorted = [...of('project'), ...of('fixture'), ...of('nested')];
  const own = sorted.length - of('nested').length;
  const kept = Math.min(most, own + MOST_NESTED);
  if (sorted.length <= kept) return sorted;
  const rest = sorted.slice(kept - 1);
  const label = `and ${plural(rest.length, 'more project')}`;
  return [
    ...sorted.slice(0, kept - 1),
    { label, kind: 'nested', findings: rest.flatMap((group) => group.findings) },
  ];
}

/** Formats one line per rule with the packages it reports, as far as they fit: names are not wrapped. */
function ruleLines(findings: readonly ReportedFinding[], view: GroupView, spare: number): readonly string[] {
  const rules = [...groupBy(findings, ({ finding }) => finding.rule)];
  const most = Math.min(spare, MOST_RULES);
  if (most <= 0) return [];
  const shown = rules.length <= most ? rules : rules.slice(0, most - 1);
  const others = rules.slice(shown.length);
  const digits = String(Math.max(...rules.map(([, own]) => own.length))).length;
  const lines = shown.map(([rule, own]) => {
    const head = `    ${String(own.length).padStart(digits)} ${rule}`;
    return head + view.paint.faint(named(packagesOf(own), view.columns - displayWidth(head)));
  });
  if (others.length === 0) return lines;
  const count = others.reduce((sum, [, own]) => sum + own.length, 0);
  return [...lines, `    ${String(count).padStart(digits)} by ${plural(others.length, 'more rule')}`];
}

function packagesOf(findings: readonly ReportedFinding[]): readonly string[] {
  const names = findings.flatMap(({ finding }) => {
    const { package: name, version } = finding;
    return name === undefined ? [] : [visibleText(version === undefined ? name : `${name} ${version}`)];
  });
  return [...new Set(names)];
}

/** Formats `: a 1.0.0, b 2.0.0, …` with whole names only. */
function named(names: readonly string[], room: number): string {
  let text = '';
  for (const [at, name] of names.entries()) {
    const next = `${text === '' ? ': ' : `${text}, `}${name}`;
    const isLast = at === names.length - 1;
    if (displayWidth(next) + (isLast ? 0 : 3) > room) return text === '' ? '' : `${text}, …`;
    text = next;
  }
  return text;
}

function cut(text: string, width: number): string {
  return displayWidth(text) <= width ? text : `…${text.slice(-(width - 1))}`;
}
