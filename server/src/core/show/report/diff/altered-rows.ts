import type {
  Alteration,
  AlteredVersion,
  ChangedSetting,
  LockedVersion,
} from '../../../read/graph/diff/diff-types.ts';
import type { UnlockedMember } from '../../../read/project/locked/unlocked-member.ts';
import { plural } from '../../../read/text/words/words.ts';

/** A line of the text: a difference, followed by faint details, and the version that it is about. */
export type Row = readonly [
  mark: '!' | '*' | '~' | '-',
  words: string,
  facts: string,
  locked?: Pick<LockedVersion, 'name' | 'version'> | undefined,
];

/** Most severe first: changes of the installed files, then of their behavior, then of their metadata. */
const ORDER: readonly Alteration[] = [
  'source',
  'alias',
  'link',
  'integrity',
  'patch',
  'other',
  'installScript',
  'bin',
  'resolution',
  'specifier',
  'section',
  'dependencies',
  'bundled',
  'platform',
  'engines',
];

/** Up to this number, packages with the same change are listed individually. */
const MOST_ALIKE = 10;

/** Describes the differences within single versions, most severe first, merging those shared by many. */
export function alteredRows(altered: readonly AlteredVersion[]): readonly Row[] {
  const groups = new Map<string, AlteredVersion[]>();
  for (const each of altered.toSorted((a, b) => ORDER.indexOf(a.what) - ORDER.indexOf(b.what))) {
    const key = groupOf(each) ?? `${groups.size}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [each]);
    else group.push(each);
  }
  const rows: Row[] = [];
  for (const group of groups.values()) {
    if (group.length > MOST_ALIKE) rows.push(['!', ...describeGroup(group)]);
    else rows.push(...group.map((each) => ['!', ...describeAlteration(each), lockedOf(each)] as const));
  }
  return rows;
}

/** Describes the dependencies that manifests declare in another section. */
export function sectionRows(altered: readonly AlteredVersion[]): readonly Row[] {
  return altered.filter(({ what }) => what === 'section').map((each) => ['~', ...describeAlteration(each)]);
}

function lockedOf({ name, version }: AlteredVersion): Row[3] {
  return version === undefined ? undefined : { name, version };
}

/** Returns the group of packages that all moved to another registry, or got hashes in another algorithm. */
function groupOf({ what, origins, hash, isCopy }: AlteredVersion): string | undefined {
  if (isCopy === true) return undefined;
  if (what === 'source' && origins !== undefined) return `source ${origins.before}\n${origins.after}`;
  return hash === 'algorithm' ? 'hash' : undefined;
}

function describeGroup(group: readonly AlteredVersion[]): readonly [string, string] {
  const packages = plural(group.length, 'package');
  const origins = group[0]?.origins;
  return origins === undefined
    ? [
        `${packages}: hash algorithm changed`,
        'not comparable with the hashes from before; --format json lists them',
      ]
    : [`${packages} come from ${origins.after}`, `before: ${origins.before}; --format json lists them`];
}

/** Describes new workspace members that the lockfile was made without and whose dependencies it lacks. */
export function memberRows(members: readonly UnlockedMember[]): readonly Row[] {
  return members.map(({ path, dependencies }) => [
    '!',
    `${path} is a new workspace member, not locked`,
    dependencies === 0 ? '' : plural(dependencies, 'dependency', 'dependencies'),
  ]);
}

/** Describes a changed setting of the lockfile. */
export function describeSetting({ name, before, after }: ChangedSetting): readonly [string, string] {
  if (before === undefined) return [`${name} is new`, after ?? ''];
  return after === undefined ? [`${name} is gone`, before] : [`${name} changed`, `${before} → ${after}`];
}

function describeAlteration(altered: AlteredVersion): readonly [string, string] {
  const { name, version, what, before, after } = altered;
  const subject = version === undefined ? name : `${name} ${version}`;
  if (altered.isCopy === true) {
    return [`${subject} differs in the copy that npm 6 reads`, change(before, after, 'none')];
  }
  switch (what) {
    case 'source':
      return [`${subject} comes from elsewhere`, change(before, after, 'the configured registry')];
    case 'integrity':
      return [`${subject}${formatHash(altered)}`, [before, after].filter(isText).join(' → ')];
    case 'installScript':
      return [
        after === 'true'
          ? `${subject} has an install script now`
          : `${subject} no longer declares an install script`,
        '',
      ];
    case 'alias':
      return [
        `${name} now installs ${after ?? 'nothing'}`,
        before === undefined ? 'a new alias' : `before: ${before}`,
      ];
    case 'link':
      if (after === undefined) return [`${name} is no longer a link`, `before: ${before ?? ''}`];
      return [`${name} is now a link to ${after}`, before === undefined ? '' : `before: ${before}`];
    case 'resolution':
      return [
        `${altered.from === '' ? 'the root project' : altered.from} now uses ${after ?? 'no package'} as ${name}`,
        `before: ${before ?? 'none'}`,
      ];
    case 'specifier':
      return [
        `${altered.from === '' ? 'the root project' : altered.from} declares another ${name}`,
        change(before, after, 'none'),
      ];
    case 'section':
      return [`${name} moved from ${before} to ${after}`, altered.from ? `in ${altered.from}` : ''];
    case 'bin':
      return [`${subject} declares other commands`, goneAndNew(before, after)];
    case 'dependencies':
      return [`${subject} declares other dependencies`, goneAndNew(before, after)];
    case 'engines':
      return [`${subject} declares other engines`, goneAndNew(before, after)];
    case 'platform':
      return [`${subject} declares other platforms`, goneAndNew(before, after)];
    case 'bundled':
      return [`${subject} bundles other packages`, goneAndNew(before, after)];
    case 'other':
      return [`${subject} has fields that no package manager writes`, goneAndNew(before, after)];
    case 'patch':
      if (before === undefined) return [`${subject} is patched now`, after ?? ''];
      return after === undefined
        ? [`${subject} is no longer patched`, before]
        : [`${subject} has another patch`, `${before} → ${after}`];
  }
}

function formatHash({ hash, before, after }: AlteredVersion): string {
  if (after === undefined) return ' has lost its hash';
  if (before === undefined) return ' has a hash now';
  switch (hash) {
    case 'algorithm':
      return ': hash algorithm changed';
    case 'weaker':
      return ' has a weaker hash';
    case 'removed':
      return ' has a copy without a hash';
    default:
      return ' has another hash';
  }
}

function change(before: string | undefined, after: string | undefined, none: string): string {
  return `${before ?? none} → ${after ?? none}`;
}

function goneAndNew(before: string | undefined, after: string | undefined): string {
  const gone = before === undefined ? [] : [`removed ${before}`];
  return [...(after === undefined ? [] : [`added ${after}`]), ...gone].join('; ');
}

function isText(text: string | undefined): text is string {
  return text !== undefined;
}
