import { distTagsUrl } from '../access/packument-url.ts';
import { DAY, type DocumentKind, MEGABYTE, MINUTE, wholeReader } from './document-kind.ts';
import { asObject } from './json-value.ts';
import { NO_DOCUMENT, readTags } from './narrow-packument.ts';

/** The dist-tags of a package alone: a small response with the latest version. */
export const DIST_TAGS: DocumentKind<ReadonlyMap<string, string>> = {
  id: 'dist-tags',
  accept: 'application/json',
  maxBytes: MEGABYTE,
  fresh: { floor: 5 * MINUTE, ceiling: DAY },
  absent: [404],
  url: (registryUrl, { name }) => distTagsUrl(registryUrl, name),
  reader: () =>
    wholeReader((json) => {
      const tags = asObject(json);
      return tags === undefined || 'error' in tags ? { problem: NO_DOCUMENT } : { value: readTags(tags) };
    }),
  toRecord: (tags) => Object.fromEntries(tags),
  fromRecord(json) {
    const tags = asObject(json);
    return tags && readTags(tags);
  },
};
