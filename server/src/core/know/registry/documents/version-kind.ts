import { versionUrl } from '../access/packument-url.ts';
import { DAY, type DocumentKind, MEGABYTE, MINUTE, wholeReader } from './document-kind.ts';
import { asObject, member } from './json-value.ts';
import { NO_DOCUMENT } from './narrow-packument.ts';
import { narrowVersion } from './narrow-version.ts';
import type { PackumentVersion } from './packument.ts';
import { packumentFromRecord, packumentToRecord } from './packument-record.ts';

/** One version's document, always with its proof. */
export const VERSION: DocumentKind<PackumentVersion> = {
  id: 'version',
  accept: 'application/json',
  maxBytes: 8 * MEGABYTE,
  fresh: { floor: 5 * MINUTE, ceiling: DAY },
  absent: [404],
  url: (registryUrl, { name, version }) => versionUrl(registryUrl, name, version ?? ''),
  reader: ({ name, version }) =>
    wholeReader((json) => {
      const object = asObject(json);
      if (object === undefined || version === undefined) return { problem: NO_DOCUMENT };
      if (typeof member(object, 'name') !== 'string') return { problem: NO_DOCUMENT };
      if (member(object, 'name') !== name || member(object, 'version') !== version)
        return { problem: 'the registry answered with the document of another version' };
      return { value: narrowVersion(name, version, object) };
    }),
  toRecord: (value) => packumentToRecord({ ...NO_PACKAGE, versions: new Map([[value.version, value]]) }),
  fromRecord: (json, { version }) => packumentFromRecord(json)?.versions.get(version ?? ''),
};

/** A version is stored as a packument with a single version. */
const NO_PACKAGE = {
  name: '-',
  abbreviated: false,
  description: undefined,
  license: undefined,
  distTags: new Map(),
  times: new Map(),
  created: undefined,
  modified: undefined,
  unpublished: undefined,
  maintainers: undefined,
  homepage: undefined,
  repository: undefined,
};
