import type { ChangedVersions, LockedVersion } from '../../../read/graph/diff/diff-types.ts';
import { isEmptyDiff } from '../../../read/graph/diff/lockfile-diff.ts';
import { asClause } from '../../../read/text/words/clause.ts';
import { displayWidth, visibleText } from '../../../read/text/words/visible-text.ts';
import { plural } from '../../../read/text/words/words.ts';
import { wrap } from '../../../read/text/wrap.ts';
import { COLOURED, type Paint, PLAIN } from '../paint.ts';
import type { DiffBase, DiffedLockfile } from './diff-report.ts';
import { alteredRows, describeSetting, memberRows, type Row, sectionRows } from './diff-rows.ts';

export interface DiffTextOptions {
  readonly columns: number;
  readonly colour: boolean;
}

/** Formats the differences of each lockfile for a terminal, with a trailing newline. */
export function diffText(lockfiles: readonly DiffedLockfile[], { columns, colour }: DiffTextOptions): string {
  const paint = colour ? COLOURED : PLAIN;
  return `${lockfiles.map((lockfile) => lockfileLines(lockfile, columns, paint).join('\n')).join('\n\n')}\n`;
}

function lockfileLines(lockfile: DiffedLockfile, columns: number, paint: Paint): readonly string[] {
  const { path, diff, base, file } = lockfile;
  const head = wrap(visibleText(`${path}: ${summaryOf(lockfile)}`), columns).map((row) => paint.strong(row));
  if (diff === undefined) return head;
  // The head states that all packages of a file are added or removed; only notable ones follow.
  const added = file === 'new' ? telling(diff.added) : diff.added;
  const removed = file === 'gone' && diff.removed.length > MOST_ROWS ? [] : diff.removed;
  const rows: Row[] = [
    ...memberRows(lockfile.unlockedMembers ?? []),
    ...alteredRows(diff.altered.filter(({ what }) => what !== 'section')),
    ...added.filter(isSuspicious).map((version) => ['!', nameOf(version), factsOf(version)] as const),
    ...diff.changed.filter(isFirst).map(changedRow),
    ...sectionRows(diff.altered),
    ...diff.settings.map((setting) => ['*', ...describeSetting(setting)] as const),
    ...added
      .filter((version) => !isSuspicious(version))
      .map((version) => ['+', nameOf(version), factsOf(version)] as const),
    ...diff.changed.filter((changed) => !isFirst(changed)).map(changedRow),
    ...removed.map((version) => ['-', nameOf(version), ''] as const),
  ];
  const left = diff.added.length - added.length + diff.removed.length - removed.length;
  const partial = [lockfile.status, base.status].includes('partial')
    ? ['One side could be read only in part, so there may be more.']
    : [];
  return [
    ...head,
    ...rows.flatMap((row) => rowLines(row, columns, paint)),
    ...leftLines(left, columns, paint),
    ...partial,
  ];
}

/** For an added or removed file, up to this number of packages are all listed. */
const MOST_ROWS = 20;

/** Returns all of a few packages; of many, those that do not come from a registry or run a script. */
function telling(versions: readonly LockedVersion[]): readonly LockedVersion[] {
  if (versions.length <= MOST_ROWS) return versions;
  return versions
    .filter(
      (version) => version.source !== 'registry' || version.installScript === true || isSuspicious(version),
    )
    .slice(0, MOST_ROWS);
}

function leftLines(left: number, columns: number, paint: Paint): readonly string[] {
  if (left === 0) return [];
  const words = `${plural(left, 'package')} not shown here; --format json has them all`;
  return wrap(words, columns - 4).map((row) => `    ${paint.faint(row)}`);
}

function summaryOf({ status, reason, file, replaces, base, diff }: DiffedLockfile): string {
  const of = describeBase(base);
  if (diff === undefined && file === 'gone') {
    const why = base.reason === undefined ? '' : `: ${asClause(base.reason)}`;
    return `gone since ${of}; its contents cannot be read${why}.`;
  }
  if (diff === undefined) {
    const isKnown = base.status === 'checked' || base.status === 'partial' || base.status === 'absent';
    const [what, why] = isKnown ? [`it is ${status}`, reason] : [describeUnknown(base), base.reason];
    return `not compared, as ${what}${why === undefined ? '' : `: ${asClause(why)}`}.`;
  }
  const most = diff.mainOrigin === undefined ? '' : ` (most from ${diff.mainOrigin})`;
  if (file === 'new') return `new since ${of}, with ${plural(diff.added.length, 'package')}${most}.`;
  if (file === 'gone') return `gone since ${of}, where it has ${plural(diff.removed.length, 'package')}.`;
  const instead = replaces === undefined ? '' : `new in place of ${replaces}${most}; `;
  const isPartial = [status, base.status].includes('partial');
  if (isEmptyDiff(diff)) {
    const same = isPartial ? 'the readable part is the same' : 'the same packages';
    return `${instead}${same} as in ${of}.`;
  }
  const moved = diff.altered.filter(({ what }) => what === 'section').length;
  const parts: readonly (readonly [number, string])[] = [
    [diff.added.length, 'new'],
    [diff.changed.length, 'changed'],
    [diff.removed.length, 'removed'],
    [diff.altered.length - moved, 'altered'],
    [moved, 'moved'],
    [diff.settings.length, diff.settings.length === 1 ? 'setting' : 'settings'],
  ];
  const named = parts.filter(([count]) => count > 0).map(([count, word]) => `${plural(count, word, word)}`);
  return `${instead}${named.join(', ')} since ${of}.`;
}

/** Describes why there is nothing to compare with, without the reason. */
export function describeUnknown(base: DiffBase): string {
  const of = describeBase(base);
  return base.status === 'unknown' ? `it is not known in ${of}` : `it is ${base.status} in ${of}`;
}

function describeBase({ name, commit }: DiffBase): string {
  return commit === undefined || commit.startsWith(name) ? name : `${name} (${commit.slice(0, 8)})`;
}

function rowLines([mark, words, facts]: Row, columns: number, paint: Paint): readonly string[] {
  const sign = mark === '!' ? paint.severity('error', mark) : mark === '-' ? paint.faint(mark) : mark;
  const text = visibleText(words);
  const more = visibleText(facts);
  const room = columns - 4;
  if (more !== '' && displayWidth(text) + 2 + displayWidth(more) <= room) {
    return [`  ${sign} ${text}  ${paint.faint(more)}`];
  }
  const [first = '', ...rest] = wrap(text, room);
  return [
    `  ${sign} ${first}`,
    ...rest.map((row) => `    ${row}`),
    ...(more === '' ? [] : wrap(more, room - 2).map((row) => `      ${paint.faint(row)}`)),
  ];
}

function nameOf({ name, version }: LockedVersion): string {
  return `${name} ${version}`;
}

/** Checks whether it comes from a new source, or downloads something else than the lockfile states. */
function isSuspicious({ source, downloads, newOrigin }: LockedVersion): boolean {
  return source === 'unknown' || downloads !== undefined || newOrigin !== undefined;
}

function factsOf({
  source,
  dev,
  optional,
  installScript,
  aliases,
  downloads,
  newOrigin,
  line,
}: LockedVersion): string {
  const facts: string[] = [];
  if (downloads !== undefined) facts.push(`downloads ${downloads}`);
  if (newOrigin !== undefined) facts.push(`from ${newOrigin}`);
  if (line !== undefined) facts.push(`source not understood (line ${line})`);
  else if (source !== 'registry' && newOrigin === undefined)
    facts.push(source === 'git' ? 'from git' : `from a ${source}`);
  if (aliases.length > 0) facts.push(`installed as ${aliases.join(', ')}`);
  if (installScript === true) facts.push('has an install script');
  if (dev) facts.push('development');
  if (optional) facts.push('optional');
  return facts.join(', ');
}

function changedRow(changed: ChangedVersions): Row {
  const { name, before, after, origins } = changed;
  const versions = (list: readonly LockedVersion[]) => list.map(({ version }) => version).join(', ');
  const facts: string[] = [];
  if (origins !== undefined) facts.push(`from ${origins.after}, before: ${origins.before}`);
  for (const { downloads, line } of after) {
    if (downloads !== undefined) facts.push(`downloads ${downloads}`);
    if (line !== undefined) facts.push(`source not understood (line ${line})`);
  }
  if (hasNewScript(changed)) facts.push('has an install script now');
  return [
    isFirst(changed) ? '!' : '~',
    `${name} ${versions(before)} -> ${versions(after)}`,
    facts.join(', '),
  ];
}

/** Checks whether a changed package should be reviewed first. */
function isFirst(changed: ChangedVersions): boolean {
  return changed.origins !== undefined || changed.after.some(isSuspicious) || hasNewScript(changed);
}

function hasNewScript({ before, after }: ChangedVersions): boolean {
  const hasScript = ({ installScript }: LockedVersion) => installScript === true;
  return after.some(hasScript) && !before.some(hasScript);
}
