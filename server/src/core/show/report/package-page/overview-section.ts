import { countVulnerabilities } from '../../../judge/exposure/known-against.ts';
import { formatAge, formatDay } from '../../../read/text/words/dates.ts';
import { namesAndMore } from '../../../read/text/words/words.ts';
import { describeUsedSources } from '../../features/describe-advisory-source.ts';
import { describeRegistry } from '../../features/describe-registry.ts';
import { publishedLines, releaseLine } from '../../features/hover/describe-publish.ts';
import { formatSize } from '../../features/hover/describe-size.ts';
import { describeTrust } from '../../features/hover/describe-trust.ts';
import { markup, type Part } from '../html/markup.ts';
import { webLink } from '../html/page-links.ts';
import type { Section } from '../html/page-parts.ts';
import { countingSources, type PackagePageInput } from './package-input.ts';
import { packageVerdict } from './package-verdict.ts';
import { whyNoAdvisories, whyUnknown } from './why-unknown.ts';

const MOST_NAMED = 12;
const NOT_PROVIDED = 'not provided by this registry';

/** Shows the verdict, and what is known of the package in lines. */
export function overviewSection(input: PackagePageInput): Section {
  const { state, text } = packageVerdict(input);
  const lines = [...sourceLines(input), ...registryLines(input), ...checkedLines(input)];
  return {
    id: 'overview',
    title: 'Overview',
    body: markup`<p class="verdict ${state}"><strong>${text}</strong></p>
<dl>${lines.map(({ label, value }) => markup`<dt>${label}</dt><dd>${value}</dd>\n`)}</dl>`,
  };
}

interface Line {
  readonly label: string;
  readonly value: Part;
}

function sourceLines({
  elsewhere,
  registry,
  locked,
  subject,
  candidate,
  advisories,
  project,
}: PackagePageInput): readonly Line[] {
  return [
    {
      label: 'Locked',
      value:
        locked.length === 0
          ? `not locked in ${project}`
          : `${namesAndMore(locked, MOST_NAMED)} in ${project}`,
    },
    ...(candidate === undefined ? [] : [{ label: 'Update', value: updateText(candidate, advisories) }]),
    ...(subject === undefined ? [{ label: 'Version', value: 'no version is known' }] : []),
    elsewhere === undefined
      ? { label: 'Registry', value: describeRegistry(registry) }
      : { label: 'Source', value: elsewhere },
  ];
}

/** Describes the version to update to, which need not be the one that fixes what is known. */
function updateText(candidate: string, { all }: PackagePageInput['advisories']): string {
  const count = all.filter((advisory) => advisory.affects(candidate) === 'yes').length;
  const known = count === 0 ? '' : `; ${countVulnerabilities({ count })}`;
  return `${candidate} can be installed now${known}`;
}

function registryLines(input: PackagePageInput): readonly Line[] {
  const { host, known, subject, elsewhere, now } = input;
  if (elsewhere !== undefined) return [];
  if (known.packument.state !== 'ready')
    return [{ label: 'From the registry', value: `nothing is known: ${whyUnknown(input)}` }];
  const packument = known.packument.value;
  const published = subject && packument.versions.get(subject.version);
  const { unpackedSize, fileCount } = published ?? {};
  const links = [
    webLink(host, packument.repository?.replace(/^git\+/, '').replace(/\.git$/, ''), 'Repository'),
    webLink(host, packument.homepage, 'Homepage'),
  ].filter((link) => typeof link !== 'string');
  const maintainers = packument.maintainers?.map(({ name }) => name);
  const trust = published && describeTrust(published, known);
  const engines = [...(published?.engines ?? [])].map(([name, range]) => `${name} ${range}`);
  return [
    ...(published?.deprecated === undefined ? [] : [{ label: 'Deprecated', value: published.deprecated }]),
    ...publishedLines(packument, subject?.version, now).map(({ label, texts }) => ({
      label,
      value: texts.join(' · '),
    })),
    {
      label: 'Maintainers',
      value: maintainers === undefined ? NOT_PROVIDED : namesAndMore(maintainers, MOST_NAMED),
    },
    { label: 'Releases', value: releaseLine(packument, known.downloads, now).texts.join(' · ') },
    ...(packument.created === undefined
      ? []
      : [
          {
            label: 'First release',
            value: `${formatDay(packument.created)} (${formatAge(packument.created, now)})`,
          },
        ]),
    { label: 'Trust', value: trust ?? 'this registry provides neither signature nor provenance' },
    { label: 'License', value: published?.license ?? packument.license ?? NOT_PROVIDED },
    ...(unpackedSize === undefined
      ? []
      : [
          {
            label: 'Size',
            value: `${formatSize(unpackedSize)} unpacked${fileCount === undefined ? '' : `, ${fileCount} files`}`,
          },
        ]),
    ...(engines.length === 0 ? [] : [{ label: 'Engines', value: engines.join(', ') }]),
    ...(links.length === 0
      ? []
      : [{ label: 'Links', value: links.map((link, at) => (at === 0 ? link : [' · ', link])) }]),
  ];
}

function checkedLines({ advisories, now }: PackagePageInput): readonly Line[] {
  const used = describeUsedSources(countingSources(advisories), now);
  const missing = whyNoAdvisories(advisories);
  const value = [used, missing === undefined ? undefined : `not checked: ${missing}`];
  return [{ label: 'Advisories', value: value.filter((text) => text !== undefined).join(' · ') }];
}
