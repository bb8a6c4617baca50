import semver from 'semver';
import { addListItem } from '../../config/tree/add-list-item.ts';
import { isWithin, joinUri } from '../../text/paths/uri.ts';
import {
  byGlob,
  type Covers,
  cooldownOfMember,
  DAY,
  listedExemptions,
  MINUTE,
  SECOND,
  sensibleAge,
  splitAtVersion,
} from '../cooldown-settings.ts';
import type { CooldownSupport } from '../model/cooldown.ts';
import { isFrom, mayBeFrom } from '../version.ts';

const KEY = 'npmMinimalAgeGate';
const EXEMPTIONS = 'npmPreapprovedPackages';
const SINCE = '4.10.0';

/** Yarn's setting is in minutes, unless it has a suffix. Yarn 4.17 has a default of one day. Yarn 1 has no cooldown. */
export const yarnCooldown: CooldownSupport = {
  home: { kind: 'yarnrc', fileName: '.yarnrc.yml', key: KEY },
  unit: 'minute',
  since: SINCE,
  keyInNpmrc: () => undefined,
  writeAge,
  isNumber: false,
  readAge,
  /** Reads the nearest file with the setting. */
  configured({ manager, yarnrcs }) {
    if (!mayBeFrom(manager.version, SINCE)) return undefined;
    for (const file of yarnrcs) {
      if (file.dialect !== 'berry') continue;
      const found = cooldownOfMember(file.uri, KEY, file.setting(KEY), readAge);
      if (found !== undefined) return found;
    }
    return undefined;
  },
  defaultAge: (version) => (isFrom(version, '4.17.0') ? DAY : undefined),
  defaultAgeByLockfile: (lockfile) => (Number(lockfile?.formatVersion?.value) >= 10 ? DAY : undefined),
  exemptions: ({ yarnrcs }) =>
    yarnrcs.flatMap((file) =>
      file.dialect === 'berry'
        ? listedExemptions(file.uri, file.setting(EXEMPTIONS)?.value, readExemption)
        : [],
    ),
  exempt({ root, repository, yarnrcs }, gate, { name, version }) {
    const uri = gate?.uri ?? joinUri(root, '.yarnrc.yml');
    const file = yarnrcs.find((each) => each.uri === uri);
    const isOurs = file === undefined || (file.level === 'project' && isWithin(repository ?? root, uri));
    if (!isOurs || (file !== undefined && file.problems.length > 0)) return undefined;
    const item = `${name}@${version}`;
    const place = { text: file?.text ?? '', syntax: 'yaml', member: file?.setting(EXEMPTIONS) } as const;
    const edit = addListItem({ ...place, key: EXEMPTIONS, below: gate?.span }, item);
    return { uri, item, key: EXEMPTIONS, edit };
  },
};

const SUFFIXES: Readonly<Record<string, number>> = {
  ms: 1,
  s: SECOND,
  m: MINUTE,
  h: 60 * MINUTE,
  d: DAY,
  w: 7 * DAY,
};

function readAge(text: string): number | undefined {
  // Yarn allows no space between the number and the unit.
  const parts = /^(\d{0,15}\.?\d{1,15})(ms|[smhdw])?$/.exec(text);
  return parts === null
    ? undefined
    : sensibleAge(Number(parts[1]) * (parts[2] === undefined ? MINUTE : SUFFIXES[parts[2]]!));
}

/** Formats a length in the largest unit of which it is a whole number. */
function writeAge(age: number): string | undefined {
  const suffix = ['d', 'h', 'm', 's'].find((each) => age % SUFFIXES[each]! === 0);
  return suffix === undefined ? undefined : `${age / SUFFIXES[suffix]!}${suffix}`;
}

/** Parses a glob over names, or one name with a range. */
function readExemption(text: string): Covers {
  const [pattern, range] = splitAtVersion(text);
  const matches = byGlob(pattern);
  if (range === undefined) return matches;
  return (name, version) =>
    semver.validRange(range) !== null && semver.satisfies(version, range) && matches(name, version);
}
