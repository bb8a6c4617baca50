import type { Packument, PackumentVersion } from '../registry/packument.ts';
import { formatAge, formatDay } from './age.ts';
import type { CardLine } from './hover-card.ts';

const UNKNOWN = 'this registry does not say';

/**
 * When and by whom a version was published: the locked one, else the latest. One line, or two where the registry does
 * not say who it was.
 */
export function publishedLines(
  packument: Packument,
  locked: string | undefined,
  now: number,
): readonly CardLine[] {
  const version = locked ?? packument.distTags.get('latest');
  const published = version === undefined ? undefined : packument.versions.get(version);
  if (version === undefined || published === undefined) {
    return [line('Published', version === undefined ? UNKNOWN : `this registry does not list ${version}`)];
  }
  const which = locked === undefined ? `${version} (latest) on ` : '';
  const time = packument.times.get(version);
  const when = time === undefined ? UNKNOWN : `${which}${formatDay(time)} (${formatAge(time, now)})`;
  const who = publisherWords(packument, published);
  if (who === undefined) return [line('Published', when), line('Published by', UNKNOWN)];
  return time === undefined
    ? [line('Published', UNKNOWN), line('Published by', who)]
    : [line('Published', `${when} by ${who}`)];
}

/** How many versions there are and since when, and how old the latest is where it is not the locked one. */
export function releaseLine(packument: Packument, locked: string | undefined, now: number): CardLine {
  const { versions, times, created, distTags } = packument;
  const count = versions.size === 1 ? '1 version' : `${grouped(versions.size)} versions`;
  const first = created ?? earliest(times);
  const since = first === undefined ? '' : ` since ${new Date(first).getUTCFullYear()}`;
  const latest = distTags.get('latest');
  const latestTime = latest === undefined || latest === locked ? undefined : times.get(latest);
  const behind =
    latestTime === undefined || locked === undefined
      ? ''
      : `; ${latest} published ${formatAge(latestTime, now)}`;
  return line('Releases', `${count}${since}${behind}`);
}

function publisherWords(packument: Packument, published: PackumentVersion): string | undefined {
  const { publishedBy, trustedPublisher } = published;
  if (publishedBy === undefined) return undefined;
  const trusted = trustedPublisher === undefined ? '' : `, the trusted publisher ${trustedPublisher}`;
  return `${publishedBy.name}${trusted}${history(packument, published, publishedBy.name)}`;
}

/** How the publisher stands to the versions before this one, where the registry tells all that takes. */
function history({ versions, times }: Packument, published: PackumentVersion, name: string): string {
  const time = times.get(published.version);
  if (time === undefined) return '';
  const before: { readonly time: number; readonly by: string | undefined }[] = [];
  for (const each of versions.values()) {
    const at = times.get(each.version);
    if (at !== undefined && at < time) before.push({ time: at, by: each.publishedBy?.name });
  }
  if (before.length === 0) return '';
  before.sort((a, b) => b.time - a.time);
  const other = before.findIndex(({ by }) => by !== name);
  const inRow = other === -1 ? before.length : other;
  if (inRow === 1) return ', who published the version before too';
  if (inRow > 1) return `, who published the ${grouped(inRow)} versions before too`;
  const isNew = before.every(({ by }) => by !== undefined && by !== name);
  return isNew ? ', who published no version before' : '';
}

function earliest(times: ReadonlyMap<string, number>): number | undefined {
  let first: number | undefined;
  for (const time of times.values()) if (first === undefined || time < first) first = time;
  return first;
}

/** With commas between thousands. */
function grouped(count: number): string {
  const digits = String(count);
  let text = '';
  for (let at = 0; at < digits.length; at++) {
    if (at > 0 && (digits.length - at) % 3 === 0) text += ',';
    text += digits[at];
  }
  return text;
}

function line(label: string, text: string): CardLine {
  return { label, texts: [text] };
}
