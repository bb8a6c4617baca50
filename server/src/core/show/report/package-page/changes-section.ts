import { CAPABILITY_NAMES, describeNew } from '../../../know/capabilities/describe.ts';
import { type CapabilityRecord, newCapabilities } from '../../../know/capabilities/record.ts';
import type {
  DependencyMap,
  Packument,
  PackumentVersion,
} from '../../../know/registry/documents/packument.ts';
import { isTrustedPublish } from '../../../know/registry/documents/publisher.ts';
import { versionChanges } from '../../../know/registry/releases/version-changes.ts';
import { formatDay } from '../../../read/text/words/dates.ts';
import { joinNames, namesAndMore } from '../../../read/text/words/words.ts';
import { formatSize } from '../../features/hover/describe-size.ts';
import { markup, type Part } from '../html/markup.ts';
import { pageTable, type Section } from '../html/page-parts.ts';
import type { PackagePageInput } from './package-input.ts';
import { whyUnknown } from './why-unknown.ts';

const UNKNOWN = 'unknown';
const MOST_NEWS = 20;

/** Shows what an update would change, from the locked version to the candidate. */
export function changesSection(input: PackagePageInput): Section {
  const { known, subject, candidate } = input;
  const packument = known.packument.state === 'ready' ? known.packument.value : undefined;
  const changes =
    packument === undefined || subject === undefined || candidate === undefined
      ? undefined
      : versionChanges(packument, subject.version, candidate);
  const title = 'What an update changes';
  if (packument === undefined || changes === undefined || candidate === undefined)
    return { id: 'update', title, body: markup`<p>${whyNothing(input)}</p>` };
  const { from, to } = changes;
  const rows = rowsOf(from, to, packument);
  const changed = rows.filter(({ before, after }) => before !== after);
  const same = rows.filter(({ before, after }) => before === after && before !== UNKNOWN);
  const unknown = rows.filter(({ before, after }) => before === UNKNOWN || after === UNKNOWN);
  const dependencies = changes.dependencies;
  return {
    id: 'update',
    title,
    count: candidate,
    body: markup`${pageTable(
      `From ${from.version} to ${to.version}`,
      ['What', from.version, to.version],
      changed.map(({ what, before, after }) => ({ cells: [what, before, after] })),
      'plain',
    )}${
      dependencies.length === 0
        ? undefined
        : pageTable(
            'Changed dependencies',
            ['Package', from.version, to.version],
            dependencies.map(({ name, section, before, after }) => ({
              cells: [
                markup`<code>${name}</code>${section === 'optionalDependencies' ? ' (optional)' : undefined}`,
                before ?? 'none',
                after ?? 'removed',
              ],
            })),
            'plain',
          )
    }${listed('Unchanged', [...same.map(({ what }) => what), ...(dependencies.length === 0 ? ['dependencies'] : [])])}${listed(
      'Unknown for at least one of the two',
      unknown.map(({ what }) => what),
    )}${codeChanges(input, from.version, candidate)}`,
  };
}

function whyNothing(input: PackagePageInput): string {
  const { known, subject, candidate, locked } = input;
  if (known.packument.state !== 'ready') return `Unknown: ${whyUnknown(input)}.`;
  if (subject === undefined) return 'Unknown: no version to compare is known.';
  if (candidate === undefined)
    return locked.length === 0
      ? 'No locked version to update.'
      : `No later version than ${subject.version} can be installed now.`;
  return `Unknown: the registry does not list ${subject.version} or ${candidate}.`;
}

interface ChangeRow {
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

function rowsOf(from: PackumentVersion, to: PackumentVersion, { times }: Packument): readonly ChangeRow[] {
  const row = (what: string, of: (version: PackumentVersion) => string | undefined): ChangeRow => ({
    what,
    before: of(from) ?? UNKNOWN,
    after: of(to) ?? UNKNOWN,
  });
  const scripts = new Set([...from.installScripts.keys(), ...to.installScripts.keys()]);
  return [
    row('published', ({ version }) => {
      const time = times.get(version);
      return time === undefined ? undefined : formatDay(time);
    }),
    row('publisher', ({ publishedBy }) => publishedBy?.name),
    row('trusted publisher', (version) => {
      if (version.publishedBy === undefined) return undefined;
      return isTrustedPublish(version) ? (version.trustedPublisher ?? 'yes') : 'no';
    }),
    row('provenance', ({ attestations, tarball }) =>
      tarball === undefined ? undefined : attestations === undefined ? 'none' : 'yes',
    ),
    row('maintainers', ({ maintainers }) => maintainers && sorted(maintainers.map(({ name }) => name))),
    ...(scripts.size === 0
      ? [
          row('install scripts', ({ hasInstallScript }) =>
            hasInstallScript === undefined ? undefined : hasInstallScript ? 'yes' : 'none',
          ),
        ]
      : [...scripts].map((script) =>
          row(script, ({ installScripts, hasInstallScript }) => {
            const none = hasInstallScript === false || installScripts.size > 0 ? 'none' : undefined;
            return installScripts.get(script) ?? none;
          }),
        )),
    row('engines', ({ engines }) => rangesOf(engines)),
    row('peer dependencies', ({ peerDependencies }) => rangesOf(peerDependencies)),
    row('commands', ({ bins }) => sorted(bins)),
    row('license', ({ license }) => license),
    row('size', ({ unpackedSize }) => (unpackedSize === undefined ? undefined : formatSize(unpackedSize))),
    row('repository', ({ repository }) => repository?.url ?? 'none'),
  ];
}

function rangesOf(map: DependencyMap): string {
  return sorted([...map].map(([name, range]) => `${name} ${range}`));
}

function sorted(names: readonly string[]): string {
  return names.length === 0 ? 'none' : namesAndMore([...names].sort(), 12);
}

function listed(label: string, names: readonly string[]): Part {
  return names.length === 0 ? undefined : markup`<p>${label}: ${joinNames(names)}.</p>`;
}

/** Compares what the code can do, if that is known of both. */
function codeChanges({ code, candidateCode }: PackagePageInput, from: string, to: string): Part {
  if (code === undefined || candidateCode === undefined) {
    const which = [...(code === undefined ? [from] : []), ...(candidateCode === undefined ? [to] : [])];
    return markup`<p>Capabilities of the code: not compared, as the code of ${joinNames(which)} was not read on this machine. "dephygiene inspect" downloads and reads it.</p>`;
  }
  const news = describeNew(newCapabilities(code, candidateCode));
  const lost = lostCapabilities(code, candidateCode);
  return markup`<h3>Capabilities of the code</h3>${
    news.length === 0
      ? markup`<p>Nothing new in ${to}.</p>`
      : markup`<p>New in ${to}:</p><ul>${news.slice(0, MOST_NEWS).map((text) => markup`<li>${text}</li>`)}</ul>${news.length > MOST_NEWS ? markup`<p class="note">And ${news.length - MOST_NEWS} more.</p>` : undefined}`
  }${lost.length === 0 ? undefined : markup`<p>No longer in ${to}: ${joinNames(lost)}.</p>`}`;
}

function lostCapabilities(before: CapabilityRecord, after: CapabilityRecord): readonly string[] {
  const has = new Set(after.entries.map(({ capability }) => capability));
  const had = new Set(before.entries.map(({ capability }) => capability));
  return [...had]
    .filter((capability) => !has.has(capability))
    .map((capability) => CAPABILITY_NAMES[capability]);
}
