import { encodedName, registryBase } from '../access/packument-url.ts';
import { type DocumentKind, MEGABYTE, MINUTE, type NarrowedDocument, wholeReader } from './document-kind.ts';
import { asCount, asList, asObject, asText, type JsonObject, member } from './json-value.ts';

/** A page of the packages that an account can publish, by a registry's search. */
export interface MaintainedPage {
  /** How many packages the search found, on all pages. */
  readonly total: number;
  /** How many of them are on this page. */
  readonly listed: number;
  /** Those of the page that really name the account as a maintainer. */
  readonly packages: readonly MaintainedPackage[];
}

export interface MaintainedPackage {
  readonly name: string;
  readonly version: string;
}

/** The largest page that npm's search gives. */
const PAGE_SIZE = 250;
const MAX_TEXT = 300;

/**
 * The search of a registry for the packages of a maintainer: the name is the account, the version the number of packages
 * on earlier pages.
 */
export const MAINTAINED: DocumentKind<MaintainedPage> = {
  id: 'maintained',
  accept: 'application/json',
  maxBytes: 4 * MEGABYTE,
  fresh: { floor: 5 * MINUTE, ceiling: 60 * MINUTE },
  absent: [404, 405, 501],
  url(registryUrl, { name, version = '' }) {
    const base = registryBase(registryUrl);
    if (base === undefined || !isAccountName(name) || !/^\d{1,5}$/.test(version)) return undefined;
    return `${base}-/v1/search?text=maintainer%3A${name}&size=${PAGE_SIZE}&from=${version}`;
  },
  reader: ({ name }) => wholeReader((json) => narrowPage(json, name)),
  toRecord: (page) => page,
  fromRecord(json) {
    const object = asObject(json);
    const [total, listed] = [asCount(member(object, 'total')), asCount(member(object, 'listed'))];
    const packages = asList(member(object, 'packages')).map(packageOf);
    if (total === undefined || listed === undefined) return undefined;
    return packages.every((each) => each !== undefined) ? { total, listed, packages } : undefined;
  },
};

/** Checks for a name that can only be an account: anything else would be a search for something else. */
export function isAccountName(name: string): boolean {
  return /^[\w~-][\w.~-]{0,99}$/.test(name);
}

function narrowPage(json: unknown, account: string): NarrowedDocument<MaintainedPage> {
  const object = asObject(json);
  const total = asCount(member(object, 'total'));
  const found = member(object, 'objects');
  if (total === undefined || !Array.isArray(found)) return { problem: 'the answer is not a search result' };
  const objects = found.slice(0, PAGE_SIZE).map((each) => asObject(member(asObject(each), 'package')));
  const packages = objects
    .filter((each) => isMaintainedBy(each, account))
    .flatMap((each) => packageOf(each) ?? []);
  // A registry without this search finds what merely contains the text.
  if (objects.length > 0 && packages.length === 0)
    return { problem: 'the answer names packages of other maintainers' };
  return { value: { total, listed: objects.length, packages } };
}

function isMaintainedBy(found: JsonObject | undefined, account: string): boolean {
  return asList(member(found, 'maintainers')).some((each) => {
    const person = asObject(each);
    const name = asText(member(person, 'username'), MAX_TEXT) ?? asText(member(person, 'name'), MAX_TEXT);
    return name?.toLowerCase() === account.toLowerCase();
  });
}

function packageOf(value: unknown): MaintainedPackage | undefined {
  const object = asObject(value);
  const name = asText(member(object, 'name'), MAX_TEXT);
  const version = asText(member(object, 'version'), MAX_TEXT);
  if (name === undefined || version === undefined || encodedName(name) === undefined) return undefined;
  return { name, version };
}
