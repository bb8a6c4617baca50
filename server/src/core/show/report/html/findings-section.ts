import type { Finding } from '../../../read/text/finding.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';
import { namesAndMore, plural } from '../../../read/text/words/words.ts';
import { advisoryUrl } from '../../features/advisory-url.ts';
import { adviceOf } from '../check/advice.ts';
import { lineIndexes } from '../check/finding-lines.ts';
import { fewOfEach, worstFirst } from '../check/rank-findings.ts';
import { pathsFrom, type ReportedFinding } from '../check/report.ts';
import { type Markup, markup, type Part } from './markup.ts';
import { placeLink, webLink } from './page-links.ts';
import { pageTable, type Row, type Section, severityBadge, verdictIn, withCommand } from './page-parts.ts';
import type { PageView } from './page-view.ts';
import { pathPicture } from './path-picture.ts';
import type { PathTree } from './path-tree.ts';

/** A page with more would take seconds to open. */
const MOST_FINDINGS = 2000;
/** The number of findings whose pictures are open. */
const MOST_OPEN = 10;
const MOST_ADVISORIES = 6;

/** Makes the list of all findings, worst first, with their fixes, advisories and dependency paths. */
export function findingsSection(view: PageView): Section {
  const { findings } = view.report;
  const ranked = worstFirst(findings);
  const shown = ranked.slice(0, MOST_FINDINGS);
  const worst = new Set(fewOfEach(ranked, MOST_OPEN));
  const place = describePlace(view);
  const rows = shown.map((reported, at): Row => {
    const { finding, fixes } = reported;
    const tree = view.pathsTo(finding);
    const cells: readonly Part[] = [
      at + 1,
      severityBadge(finding.severity),
      markup`${messageOf(finding)}${adviceOf(finding, fixes).map((line) => markup`<span class="line${/^(?:Fix|Run)\b/.test(line) ? undefined : ' fix'}">${withCommand(line)}</span>`)}${references(view, reported)}${tree === undefined ? undefined : pathsOf(tree, finding, worst.has(reported))}`,
      place(finding),
    ];
    return { cells, ...place.filters(finding), severity: finding.severity };
  });
  const more = ranked.length - shown.length;
  return {
    id: 'findings',
    title: 'Findings',
    count: findings.length,
    body:
      rows.length === 0
        ? markup`<p>No findings.</p>`
        : markup`${pageTable(
            'All findings, worst first',
            [
              { title: '#', look: 'index' },
              { title: 'Severity', look: 'severity' },
              'Finding',
              { title: 'Where', look: 'where' },
            ],
            rows,
            'fixed',
          )}${more > 0 ? markup`<p class="note">And ${plural(more, 'more finding')}: "dephygiene check --verbose --severity hint" lists all.</p>` : undefined}`,
  };
}

/** Shows where a finding is, who acts, and where the package is used. */
export function describePlace(view: PageView): {
  (finding: Finding): Markup;
  filters(finding: Finding): Pick<Row, 'usage' | 'project'>;
} {
  const { host, report, projects, placeOf, responsible } = view;
  const isClear = new Set(report.findings.flatMap(({ finding }) => responsible(finding))).size < 2;
  const path = pathsFrom(report.root);
  const linesOf = lineIndexes(report);
  const describe = (finding: Finding): Markup => {
    const { usage } = placeOf(finding);
    const { uri, span } = finding;
    const { line, character } = linesOf(uri)?.positionAt(span.start) ?? { line: 0, character: 0 };
    const words = markup`<code class="place">${path(uri)}<wbr>:${String(line + 1)}</code>`;
    const who = isClear ? undefined : namesAndMore(responsible(finding), MOST_NAMED);
    return markup`${placeLink(host, { uri, line, character }, words)}${who === undefined ? undefined : markup`<span class="line">${who}</span>`}${usage === 'project' ? undefined : markup`<span class="line usage ${usage}">${usage}</span>`}`;
  };
  const filters = (finding: Finding) => {
    const { project, usage } = placeOf(finding);
    return project === undefined ? { usage } : { usage, project: projects.indexOf(project) };
  };
  return Object.assign(describe, { filters });
}

const MOST_NAMED = 2;

function pathsOf(tree: PathTree, { severity }: Finding, isOpen: boolean): Markup {
  const [first = ''] = tree.paths;
  const others = tree.paths.length - 1 + tree.more;
  return markup`<details${isOpen ? markup` open` : undefined}><summary>${first}${others === 0 ? undefined : ` and ${plural(others, 'more path')}`}</summary>${pathPicture(tree, severity)}</details>`;
}

/** Shows the verdict of a message in bold. */
function messageOf(finding: Finding): Markup {
  // A part of a secret would not be recognized.
  const message = visibleText(finding.message);
  const verdict = verdictIn(message);
  return markup`<span class="line"><strong>${verdict}</strong>${message.slice(verdict.length)}</span>`;
}

/** Shows the rule, and the advisories as links. */
function references({ host }: PageView, { finding }: ReportedFinding): Markup {
  const ids = [...new Set((finding.advisories ?? []).flatMap(({ ids: [first] }) => first ?? []))];
  const links = ids.slice(0, MOST_ADVISORIES).map((id) => {
    const url = advisoryUrl(id);
    return markup` · ${webLink(host, url, id)}`;
  });
  const more = ids.length - links.length;
  return markup`<span class="line rule">${finding.rule}${links}${more > 0 ? ` · ${more} more` : undefined}</span>`;
}
