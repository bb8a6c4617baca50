import { parseWebUrl } from '../../../read/text/paths/web-url.ts';
import { encodedName, registryBase } from '../access/packument-url.ts';
import { DAY, type DocumentKind, MEGABYTE, type NarrowedDocument, wholeReader } from './document-kind.ts';
import { asCount, asObject, member } from './json-value.ts';

/** The downloads of a package in the last counted week. */
export interface Downloads {
  readonly lastWeek: number;
}

/**
 * Download counts of the public registry's packages, from another host of its operator. A missing count is unknown, not
 * zero.
 */
export const DOWNLOADS: DocumentKind<Downloads> = {
  id: 'downloads',
  accept: 'application/json',
  maxBytes: MEGABYTE,
  fresh: { floor: DAY, ceiling: DAY },
  absent: [404],
  url(statisticsUrl, { name }) {
    const base = registryBase(statisticsUrl);
    const path = encodedName(name, '/');
    return base === undefined || path === undefined ? undefined : `${base}downloads/point/last-week/${path}`;
  },
  reader: ({ name }) => wholeReader((json) => narrowDownloads(json, name)),
  toRecord: ({ lastWeek }) => ({ downloads: lastWeek }),
  fromRecord(json) {
    const lastWeek = asCount(member(asObject(json), 'downloads'));
    return lastWeek === undefined ? undefined : { lastWeek };
  },
};

/**
 * Returns the URL of the registry's statistics: `registry.` in its host becomes `api.`. Undefined for a registry of
 * another name, because the location of its numbers is unknown.
 */
export function statisticsOf(publicRegistry: string): string | undefined {
  const address = parseWebUrl(publicRegistry);
  if (address === undefined || !address.host.startsWith('registry.')) return undefined;
  const port = address.port === undefined || address.port === '' ? '' : `:${address.port}`;
  return `${address.scheme}://api.${address.host.slice('registry.'.length)}${port}/`;
}

function narrowDownloads(json: unknown, name: string): NarrowedDocument<Downloads> {
  const object = asObject(json);
  const lastWeek = asCount(member(object, 'downloads'));
  if (lastWeek === undefined) return { problem: 'the answer is not a download count' };
  if (member(object, 'package') !== name)
    return { problem: 'the answer is the download count of another package' };
  return { value: { lastWeek } };
}
