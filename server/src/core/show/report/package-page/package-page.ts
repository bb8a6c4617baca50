import { formatMinute } from '../../../read/text/words/dates.ts';
import { markup } from '../html/markup.ts';
import { pageDocument } from '../html/page-document.ts';
import { actionButton } from '../html/page-links.ts';
import { type Section, sectionBlock, sectionLinks } from '../html/page-parts.ts';
import { changesSection } from './changes-section.ts';
import { capabilitiesSection, packageScripts } from './code-sections.ts';
import { originSection } from './origin-section.ts';
import { overviewSection } from './overview-section.ts';
import type { PackagePageInput } from './package-input.ts';
import { advisoriesSection, packageFindings } from './problem-sections.ts';
import { peopleSection, releasesOverTime } from './release-sections.ts';
import { verificationSection } from './verification-section.ts';

const BECAUSE: Readonly<Record<NonNullable<PackagePageInput['subject']>['because'], string>> = {
  asked: '',
  locked: 'locked',
  latest: 'latest',
};

/** Returns everything that is known of one package as an HTML page with a trailing newline. */
export function packagePage(input: PackagePageInput): string {
  const { host, name, subject, project, known, now, version } = input;
  const description = known.packument.state === 'ready' ? known.packument.value.description : undefined;
  const title = titleOf(input);
  const sections = sectionsOf(input);
  const body = markup`<a class="skip" href="#overview">Skip to the overview</a>
<header>
<h1>${name}${subject === undefined ? undefined : markup` <span>${subject.version}</span>`}${subject === undefined || BECAUSE[subject.because] === '' ? undefined : markup` <span class="meta">${BECAUSE[subject.because]}</span>`}</h1>
${description === undefined ? undefined : markup`<p>${description}</p>`}
<p class="meta">For ${project}, as known on <time datetime="${new Date(now).toISOString()}">${formatMinute(now)}</time>${actionButton(host, 'refresh', 'Refresh')}</p>
</header>
${sectionLinks(sections)}
<main>
${sections.map(sectionBlock)}</main>
`;
  return pageDocument({ host, version, title, body });
}

/** Names the page: `left-pad 1.3.0`. */
export function titleOf({ name, subject }: Pick<PackagePageInput, 'name' | 'subject'>): string {
  return subject === undefined ? name : `${name} ${subject.version}`;
}

/** The sections in order: problems first, then the origin of the package, then its code. */
function sectionsOf(input: PackagePageInput): readonly Section[] {
  return [
    overviewSection(input),
    packageFindings(input),
    advisoriesSection(input),
    originSection(input),
    changesSection(input),
    packageScripts(input),
    capabilitiesSection(input),
    verificationSection(input),
    releasesOverTime(input),
    peopleSection(input),
  ].filter((section) => section !== undefined);
}
