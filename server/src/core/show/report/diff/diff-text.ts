import type { LockedVersion } from '../../../read/graph/diff/diff-types.ts';
import { isEmptyDiff } from '../../../read/graph/diff/lockfile-diff.ts';
import { groupBy } from '../../../read/text/group-by.ts';
import { asClause } from '../../../read/text/words/clause.ts';
import { displayWidth, visibleText } from '../../../read/text/words/visible-text.ts';
import { namesAndMore, plural } from '../../../read/text/words/words.ts';
import { wrap } from '../../../read/text/wrap.ts';
import { COLOURED, type Paint, PLAIN } from '../paint.ts';
import type { DiffBase, DiffedLockfile } from './diff-report.ts';
import { type DiffRow, diffRows, isSuspicious } from './diff-rows.ts';
import type { PackageRisks } from './package-risks.ts';

export interface DiffTextOptions {
  readonly columns: number;
  readonly colour: boolean;
}

/** Formats the differences of each lockfile for a terminal, with a trailing newline. Unchanged ones share a sentence. */
export function diffText(lockfiles: readonly DiffedLockfile[], { columns, colour }: DiffTextOptions): string {
  const paint = colour ? COLOURED : PLAIN;
  const unchanged = groupBy(lockfiles.filter(isUnchanged), summaryOf);
  const shared = [...unchanged].filter(([, alike]) => alike.length > 1);
  const named = new Set(shared.flatMap(([, alike]) => alike));
  const blocks = [
    ...lockfiles
      .filter((lockfile) => !named.has(lockfile))
      .map((lockfile) => lockfileLines(lockfile, columns, paint)),
    ...shared.map(([summary, alike]) => sharedLines(summary, alike, columns, paint)),
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** Checks whether nothing is to be said of a lockfile but that it has the same packages. */
function isUnchanged(lockfile: DiffedLockfile): boolean {
  const { diff, file, status, base } = lockfile;
  const isWhole = status !== 'partial' && base.status !== 'partial';
  const isSame = file === 'kept' && diff !== undefined && isEmptyDiff(diff);
  return isSame && isWhole && uncheckedLines(lockfile).length === 0;
}

/** How many paths are listed of lockfiles that share a sentence. */
const MOST_PATHS = 3;

function sharedLines(
  summary: string,
  lockfiles: readonly DiffedLockfile[],
  columns: number,
  paint: Paint,
): readonly string[] {
  const paths = lockfiles.map(({ path }) => path);
  const head = wrap(`${plural(lockfiles.length, 'lockfile')}: ${summary}`, columns).map(paint.strong);
  const rows = wrap(visibleText(namesAndMore(paths, MOST_PATHS)), columns - 2);
  return [...head, ...rows.map((row) => `  ${paint.faint(row)}`)];
}

function lockfileLines(lockfile: DiffedLockfile, columns: number, paint: Paint): readonly string[] {
  const { path, diff, base, file } = lockfile;
  const head = wrap(visibleText(`${path}: ${summaryOf(lockfile)}`), columns).map((row) => paint.strong(row));
  if (diff === undefined) return head;
  // The head states that all packages of a file are added or removed; only notable ones follow.
  const added = file === 'new' ? telling(diff.added, lockfile.risks) : diff.added;
  const removed = file === 'gone' && diff.removed.length > MOST_ROWS ? [] : diff.removed;
  const rows = diffRows({ ...lockfile, diff: { ...diff, added, removed } });
  const left = diff.added.length - added.length + diff.removed.length - removed.length;
  const partial = [lockfile.status, base.status].includes('partial')
    ? ['One side could be read only in part, so there may be more.']
    : [];
  return [
    ...head,
    ...rows.flatMap((row) => rowLines(row, columns, paint)),
    ...leftLines(left, columns, paint),
    ...partial,
    ...uncheckedLines(lockfile),
  ];
}

/** For an added or removed file, up to this number of packages are all listed. */
const MOST_ROWS = 20;

/** Returns all of a few packages; of many, those with findings, from elsewhere than a registry, or with a script. */
function telling(
  versions: readonly LockedVersion[],
  risks: PackageRisks | undefined,
): readonly LockedVersion[] {
  if (versions.length <= MOST_ROWS) return versions;
  const isRisky = (version: LockedVersion) => risks !== undefined && risks.of(version).length > 0;
  const notable = versions.filter(
    (version) =>
      isRisky(version) ||
      version.source !== 'registry' ||
      version.installScript === true ||
      isSuspicious(version),
  );
  return [...notable.filter(isRisky), ...notable.filter((version) => !isRisky(version))].slice(0, MOST_ROWS);
}

function uncheckedLines({ risks }: DiffedLockfile): readonly string[] {
  return risks?.isKnown === false ? ['Not checked for malware and vulnerabilities: no advisory data.'] : [];
}

function leftLines(left: number, columns: number, paint: Paint): readonly string[] {
  if (left === 0) return [];
  const words = `${plural(left, 'package')} not shown here; --format json has them all`;
  return wrap(words, columns - 4).map((row) => `    ${paint.faint(row)}`);
}

/** Describes how many packages differ, or why the lockfile was not compared, as a clause with a full stop. */
export function summaryOf({ status, reason, file, replaces, base, diff }: DiffedLockfile): string {
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

function rowLines({ mark, words, facts }: DiffRow, columns: number, paint: Paint): readonly string[] {
  const sign = mark === '!' ? paint.severity('error', mark) : mark === '-' ? paint.faint(mark) : mark;
  const text = visibleText(words);
  const more = visibleText(facts.join(', '));
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
