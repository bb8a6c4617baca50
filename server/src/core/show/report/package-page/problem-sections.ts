import { aboutOf } from '../../../judge/exposure/about-advisory.ts';
import { ownFix } from '../../../judge/exposure/clearing-version.ts';
import { formatRating } from '../../../judge/exposure/describe-advisory.ts';
import { advisoryUrl } from '../../features/advisory-url.ts';
import { describeUsedSources } from '../../features/describe-advisory-source.ts';
import { markup, prose } from '../html/markup.ts';
import { placeLink, webLink } from '../html/page-links.ts';
import { pageTable, type Section, severityBadge } from '../html/page-parts.ts';
import { type PackagePageInput, usedSources } from './package-input.ts';
import { whyNoAdvisories } from './why-unknown.ts';

const MOST_FINDINGS = 100;
const MOST_ADVISORIES = 100;

/** Shows the findings on the package, with links to their places; undefined without any. */
export function packageFindings({ host, findings }: PackagePageInput): Section | undefined {
  if (findings.length === 0) return undefined;
  return {
    id: 'findings',
    title: 'Findings',
    count: findings.length,
    body: pageTable(
      'Findings on this package in its project',
      [
        { title: 'Severity', look: 'severity' },
        { title: 'Finding', look: 'wide' },
        'Rule',
        { title: 'Where', look: 'where' },
      ],
      findings.slice(0, MOST_FINDINGS).map(({ finding, uri, line, character, path }) => ({
        cells: [
          severityBadge(finding.severity),
          finding.message,
          markup`<span class="rule">${finding.rule}</span>`,
          placeLink(
            host,
            { uri, line, character },
            markup`<code class="place">${path}<wbr>:${String(line + 1)}</code>`,
          ),
        ],
      })),
      'plain',
    ),
  };
}

/** Shows the advisories on the version with their titles and links. */
export function advisoriesSection(input: PackagePageInput): Section {
  const { host, subject, advisories } = input;
  const { affecting, undecided } = advisories;
  const all = [...affecting, ...undecided].slice(0, MOST_ADVISORIES);
  const version = subject?.version;
  return {
    id: 'advisories',
    title: 'Advisories',
    count: all.length === 0 && usedSources(advisories).length === 0 ? 'not checked' : affecting.length,
    body:
      all.length === 0
        ? markup`<p>${describeNone(input)}</p>`
        : pageTable(
            `Advisories on ${version ?? 'the package'}, worst first`,
            [
              'Advisory',
              'Severity',
              { title: 'Title', look: 'wide' },
              'Affected',
              { title: 'Fixed in', look: 'version' },
            ],
            all.map((advisory) => ({
              cells: [
                webLink(host, advisoryUrl(advisory.id), advisory.id),
                `${advisory.isMalware ? 'malware' : formatRating(advisory)}${undecided.includes(advisory) ? ', may or may not affect it' : ''}`,
                prose(advisory.title ?? aboutOf(advisory) ?? 'no title'),
                markup`<code>${advisory.range === '*' ? 'every version' : advisory.range}</code>`,
                (version === undefined ? undefined : ownFix(advisory, version)) ?? 'unknown',
              ],
            })),
            'plain',
          ),
  };
}

function describeNone({ subject, elsewhere, advisories, now }: PackagePageInput): string {
  if (elsewhere !== undefined) return 'Not checked: advisories are about packages of registries.';
  if (subject === undefined) return 'Not checked: no version is known.';
  const used = usedSources(advisories);
  if (used.length > 0) return `None known for ${subject.version}, ${describeUsedSources(used, now)}.`;
  return `Not checked: ${whyNoAdvisories(advisories)}.`;
}
