/**
 * When Node.js and the systems of its images stop getting security fixes.
 * Sources: the schedule of Node.js' release group; the release pages of Debian (long-term support), Alpine and Ubuntu
 * (standard support). As of 24 Nov 2026. Releases that are missing are taken to be maintained.
 */
const NODE: Readonly<Record<string, string>> = {
  '4': '2018-04-30',
  '5': '2016-06-30',
  '6': '2019-04-30',
  '7': '2017-06-30',
  '8': '2019-12-31',
  '9': '2018-06-30',
  '10': '2021-04-30',
  '11': '2019-06-01',
  '12': '2022-04-30',
  '13': '2020-06-01',
  '14': '2023-04-30',
  '15': '2021-06-01',
  '16': '2023-09-11',
  '17': '2022-06-01',
  '18': '2025-04-30',
  '19': '2023-06-01',
  '20': '2026-04-30',
  '21': '2024-06-01',
  '22': '2027-04-30',
  '23': '2025-06-01',
  '24': '2028-04-30',
  '25': '2026-06-01',
};

const DEBIAN: Readonly<Record<string, string>> = {
  jessie: '2020-06-30',
  stretch: '2022-06-30',
  buster: '2024-06-30',
  bullseye: '2026-08-31',
  bookworm: '2028-06-30',
};
const DEBIAN_NUMBERS: Readonly<Record<string, string>> = {
  '8': 'jessie',
  '9': 'stretch',
  '10': 'buster',
  '11': 'bullseye',
  '12': 'bookworm',
};

const ALPINE: Readonly<Record<string, string>> = {
  '3.12': '2022-05-01',
  '3.13': '2022-11-01',
  '3.14': '2023-05-01',
  '3.15': '2023-11-01',
  '3.16': '2024-05-23',
  '3.17': '2024-11-22',
  '3.18': '2025-05-09',
  '3.19': '2025-11-01',
  '3.20': '2026-04-01',
  '3.21': '2026-11-01',
  '3.22': '2027-05-01',
};

const UBUNTU: Readonly<Record<string, string>> = {
  '16.04': '2021-04-30',
  '18.04': '2023-05-31',
  '20.04': '2025-05-31',
  '22.04': '2027-04-30',
};

/** The long-term support release that fixes suggest. */
export const SUGGESTED_NODE = '24';

/** A release that is no longer maintained. */
export interface Ended {
  /** For example `Node.js 18`. */
  readonly product: string;
  /** `YYYY-MM-DD` */
  readonly since: string;
}

/** Returns the major version of Node.js in a version or tag if it is no longer maintained. */
export function endedNode(version: string, now: number): Ended | undefined {
  const major = /^v?(\d{1,2})(?:[.\-x]|$)/.exec(version)?.[1];
  return major === undefined ? undefined : ended('Node.js', major, NODE, now);
}

/** Returns the first part of an image's tag that is no longer maintained: Node.js, then the system. */
export function endedInImage(name: string, tag: string, now: number): Ended | undefined {
  if (name === 'node') return endedNode(tag, now) ?? endedSystem(tag.replace(/^[^-]*-?/, ''), now);
  if (name === 'alpine') return endedSystem(`alpine${tag}`, now);
  if (name === 'ubuntu') return ended('Ubuntu', tag.replace(/-.*$/, ''), UBUNTU, now);
  if (name === 'debian') return endedSystem(DEBIAN_NUMBERS[tag.split(/[.-]/, 1)[0]!] ?? tag, now);
  return undefined;
}

function endedSystem(words: string, now: number): Ended | undefined {
  const alpine = /(?:^|-)alpine-?(\d+\.\d+)/.exec(words)?.[1];
  if (alpine !== undefined) return ended('Alpine', alpine, ALPINE, now);
  const debian = words.split('-').find((word) => Object.hasOwn(DEBIAN, word));
  return debian === undefined ? undefined : ended('Debian', debian, DEBIAN, now);
}

function ended(
  product: string,
  release: string,
  table: Readonly<Record<string, string>>,
  now: number,
): Ended | undefined {
  const since = Object.hasOwn(table, release) ? table[release] : undefined;
  if (since === undefined || now < Date.parse(since) + DAY) return undefined;
  return { product: `${product} ${release}`, since };
}

const DAY = 24 * 60 * 60 * 1000;
