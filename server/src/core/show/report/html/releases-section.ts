import type { Fact } from '../../../know/registry/documents/fact.ts';
import type { Packument } from '../../../know/registry/documents/packument.ts';
import { groupBy } from '../../../read/text/group-by.ts';
import { formatAge, formatDay } from '../../../read/text/words/dates.ts';
import { joinNames, plural } from '../../../read/text/words/words.ts';
import type { DirectDependency } from './direct-dependencies.ts';
import { markup, type Part } from './markup.ts';
import type { PageInput } from './page-input.ts';
import { pageTable, type Row, type Section } from './page-parts.ts';

const MOST_NAMED = 8;

/** Shows when and by whom the locked versions of direct dependencies were published, as far as it is known. */
export function releasesSection(input: PageInput, dependencies: readonly DirectDependency[]): Section {
  const { host, now, projects } = input;
  const known: { readonly time: number; readonly row: Row }[] = [];
  const unknown: { readonly name: string; readonly reason: string }[] = [];
  for (const { project, entry, label, isDev } of dependencies) {
    const fact = entry.source === 'registry' ? project.packument(entry.name) : undefined;
    const release = fact?.state === 'ready' ? releaseOf(fact.value, entry.version?.value, now) : undefined;
    if (release === undefined) {
      unknown.push({ name: label, reason: reasonOf(fact, host.type === 'file') });
      continue;
    }
    const usage = isDev ? 'development' : 'production';
    const cells = [markup`<code>${label}</code>`, ...release.cells, usage];
    known.push({ time: release.time, row: { cells, usage, project: projects.indexOf(project) } });
  }
  const reasons = [...groupBy(unknown, ({ reason }) => reason)];
  return {
    id: 'releases',
    title: 'Ages and publishers',
    count: known.length === 0 ? 'unknown' : known.length,
    body: markup`${reasons.map(
      ([reason, each]) =>
        markup`<p>Unknown for ${each.length > MOST_NAMED ? plural(each.length, 'direct dependency', 'direct dependencies') : joinNames(each.map(({ name }) => name))}: ${reason}.</p>`,
    )}${dependencies.length === 0 ? markup`<p>No direct dependency is locked.</p>` : undefined}${
      known.length === 0
        ? undefined
        : pageTable(
            'Locked versions of direct dependencies, the latest releases first',
            ['Package', 'Published', 'Age', 'Publisher', 'Latest version', 'Use'],
            known.sort((a, b) => b.time - a.time).map(({ row }) => row),
          )
    }`,
  };
}

function releaseOf(
  packument: Packument,
  version: string | undefined,
  now: number,
): { readonly time: number; readonly cells: readonly Part[] } | undefined {
  const published = version === undefined ? undefined : packument.versions.get(version);
  if (version === undefined || published === undefined) return undefined;
  const time = packument.times.get(version);
  const { publishedBy, trustedPublisher } = published;
  const latest = packument.distTags.get('latest');
  const latestTime = latest === undefined ? undefined : packument.times.get(latest);
  return {
    time: time ?? 0,
    cells: [
      time === undefined ? 'unknown' : formatDay(time),
      time === undefined ? 'unknown' : formatAge(time, now),
      publishedBy === undefined
        ? 'unknown'
        : `${publishedBy.name}${trustedPublisher === undefined ? '' : ' (trusted publisher)'}`,
      latest === undefined
        ? 'unknown'
        : latest === version
          ? 'this one'
          : `${latest}${latestTime === undefined ? '' : `, ${formatDay(latestTime)}`}`,
    ],
  };
}

/** Explains in a clause why nothing is known of a release; options of the command line help only its users. */
function reasonOf(fact: Fact<Packument> | undefined, isFile: boolean): string {
  if (fact === undefined) return 'they come from elsewhere than a registry';
  switch (fact.state) {
    case 'unavailable':
      return fact.reason === 'untrusted' && isFile ? 'no registry was asked; use --trust' : fact.detail;
    case 'absent':
      return 'the registry does not have them';
    case 'ready':
      return 'the registry does not list the locked version';
    case 'pending':
      return 'no registry was asked about them';
  }
}
