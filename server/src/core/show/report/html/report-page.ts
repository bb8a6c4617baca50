import { SEVERITIES } from '../../../read/text/finding.ts';
import { formatMinute } from '../../../read/text/words/dates.ts';
import { pathsFrom } from '../check/report.ts';
import { capabilitiesSection } from './capabilities-section.ts';
import { acceptedSection, dataSection, gapsSection } from './coverage-sections.ts';
import { describeProject } from './finding-places.ts';
import { findingsSection } from './findings-section.ts';
import { licensesSection } from './licenses-section.ts';
import { type Markup, markup } from './markup.ts';
import { ownersSection } from './owners-section.ts';
import { pageDocument } from './page-document.ts';
import type { PageInput } from './page-input.ts';
import { actionButton } from './page-links.ts';
import { type Section, sectionBlock, sectionLinks } from './page-parts.ts';
import { filterPage } from './page-script.ts';
import { pageView } from './page-view.ts';
import { releasesSection } from './releases-section.ts';
import { dependenciesOf, riskSection } from './risk-section.ts';
import { scriptsSection } from './scripts-section.ts';
import { stepsSection } from './steps-section.ts';
import { summarySection } from './summary-section.ts';

/**
 * Returns a report as one HTML page with a trailing newline. It loads nothing, and its policy permits nothing but its own
 * style and script. The same input gives the same bytes.
 */
export function reportPage(input: PageInput): string {
  const { folder, host, now, version } = input;
  const name = input.projects.find(({ root }) => root === input.report.root)?.name ?? folder;
  const sections = sectionsOf(input);
  const body = markup`<a class="skip" href="#summary">Skip to the summary</a>
<header>
<h1>Dependency report: ${name}</h1>
<p class="meta">Created <time datetime="${new Date(now).toISOString()}">${formatMinute(now)}</time> by dephygiene ${version}${actionButton(host, 'refresh', 'Refresh')}</p>
</header>
${sectionLinks(sections)}
<main>
${sections.map((section, at) => markup`${sectionBlock(section)}${at === 0 ? filters(input) : undefined}`)}</main>
`;
  const script = `(${filterPage.toString()})(document)`;
  return pageDocument({ host, version, body, script, title: `Dependency report: ${name}` });
}

/** The sections of the page in order: what is urgent comes first, what was not checked before the details. */
function sectionsOf(input: PageInput): readonly Section[] {
  const view = pageView(input);
  const dependencies = dependenciesOf(view);
  const sections = [
    summarySection(view),
    stepsSection(view),
    ownersSection(view),
    findingsSection(view),
    gapsSection(input),
    riskSection(input, dependencies),
    scriptsSection(input),
    capabilitiesSection(input),
    releasesSection(input, dependencies),
    licensesSection(input),
    acceptedSection(input),
    dataSection(input),
  ];
  return sections.filter((section) => section !== undefined);
}

/** Returns the controls of the script, which shows them. */
function filters({ report, projects }: PageInput): Markup {
  const path = pathsFrom(report.root);
  const choices = projects.map(
    (project, at) => markup`<option value="${String(at)}">${describeProject(project, path)}</option>`,
  );
  return markup`<search class="filters" aria-label="Filters" hidden>
<label>Search <input type="search" autocomplete="off" spellcheck="false"></label>
<fieldset><legend>Severity</legend>${SEVERITIES.map(
    (severity) => markup`<label><input type="checkbox" value="${severity}" checked> ${severity}</label> `,
  )}</fieldset>
<label>Use <select data-filter="usage"><option value="">any</option><option value="production">production</option><option value="development">development</option><option value="project">files and settings</option></select></label>
${projects.length < 2 ? undefined : markup`<label>Project <select data-filter="project"><option value="">all</option>${choices}</select></label>`}
<button type="button">Reset</button>
<span class="meta" role="status"></span>
</search>`;
}
