import { describeVulnerability } from '../../../judge/exposure/known-against.ts';
import { UPDATE_LEVELS } from '../../../know/registry/releases/update-level.ts';
import { groupBy } from '../../../read/text/group-by.ts';
import { hanging, listed } from '../../../read/text/hanging-text.ts';
import { formatAge, formatDay } from '../../../read/text/words/dates.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';
import { plural } from '../../../read/text/words/words.ts';
import { wrap } from '../../../read/text/wrap.ts';
import { COLOURED, PLAIN } from '../paint.ts';
import { table, tableWidth } from '../table.ts';
import type { OutdatedReport, UncheckedPackage, WaitingVersion } from './outdated-report.ts';
import { type WrittenUpdates, writtenLines } from './written-updates.ts';

export interface OutdatedTextOptions {
  readonly columns: number;
  readonly colour: boolean;
  /** Milliseconds since 1970. */
  readonly now: number;
}

const HEADS = ['Package', 'Current', 'Wanted', 'Newest', 'Update', 'Declared in'];
/** Formats the table, then the counts, versions in cooldown, and unknown packages; with a trailing newline. */
export function outdatedText(
  report: OutdatedReport,
  { columns, colour, now }: OutdatedTextOptions,
  written?: WrittenUpdates,
): string {
  const paint = colour ? COLOURED : PLAIN;
  const rows = report.outdated.map(({ name, target, current, wanted, latest, level, path }) =>
    [name === target ? name : `${name} (${target})`, current ?? '-', wanted, latest, level, path].map(
      visibleText,
    ),
  );
  const painted = (text: string, row: number, column: number): string => {
    if (row === -1) return paint.faint(text);
    if (column === 0) return paint.strong(text);
    const isMajor = report.outdated[row]?.level === 'major';
    return column === 4 && isMajor ? paint.severity('warning', text) : text;
  };
  // The same file in each row is what has to go before a name is cut.
  const isNarrow =
    tableWidth(HEADS, rows) > columns && new Set(report.outdated.map(({ path }) => path)).size === 1;
  const [heads, cells] = isNarrow ? [HEADS.slice(0, -1), rows.map((row) => row.slice(0, -1))] : [HEADS, rows];
  const lines = rows.length === 0 ? [] : [...table(heads, cells, columns, painted), ''];
  lines.push(...wrap(summary(report), columns));
  const vulnerable = new Set(
    report.outdated.flatMap(({ target, vulnerable: found }) =>
      found.map((each) => visibleText(`${target} ${each.version} has ${describeVulnerability(each)}`)),
    ),
  );
  if (vulnerable.size > 0) lines.push(...hanging('Vulnerable: ', `${listed([...vulnerable])}.`, columns));
  if (report.ignored.length > 0) {
    const names = listed(report.ignored.map(visibleText));
    lines.push(...hanging('Not judged: ', `${names}, excluded from updates in pnpm's settings.`, columns));
  }
  const unfit = new Set(
    report.outdated.flatMap(({ target, passedOver }) =>
      passedOver?.why === 'engines' ? [visibleText(`${target} ${passedOver.version}`)] : [],
    ),
  );
  if (unfit.size > 0) {
    const words = `${listed([...unfit])} ${unfit.size === 1 ? 'is the latest and does' : 'are the latest and do'} not fit`;
    lines.push(...hanging('Passed over: ', `${words} the "engines" of this project.`, columns));
  }
  for (const sentence of waitingLines(report.waiting))
    lines.push(...hanging('In cooldown: ', sentence, columns));
  for (const { subject, detail } of report.unread)
    lines.push(...hanging('Not checked: ', visibleText(`${subject}: ${detail}.`), columns));
  for (const sentence of gapLines(report.notChecked, now)) {
    lines.push(...hanging('Not checked: ', sentence, columns));
  }
  if (written !== undefined) lines.push(...writtenLines(written, columns));
  return `${lines.join('\n')}\n`;
}

function summary({ hasNoManifest, packages, outdated, ignored, notChecked, unread }: OutdatedReport): string {
  const unknown = notChecked.filter(({ asOf }) => asOf === undefined).length;
  const names = new Set(outdated.map(({ target }) => target)).size;
  if (outdated.length === 0) {
    const known = unread.length === 0 ? '' : ' in what could be read';
    if (hasNoManifest && unread.length > 0) return 'Nothing was compared, as no package.json could be read.';
    if (hasNoManifest) return 'No package.json found, so nothing was compared.';
    if (packages === 0 && ignored.length === 0) return `No registry dependencies are declared${known}.`;
    if (unknown === packages) return `Could not check ${plural(packages, 'package')} for updates.`;
    if (known !== '')
      return `Nothing is known to be outdated${known}: ${packages - unknown} of ${plural(packages, 'package')} checked.`;
    return unknown === 0
      ? `Nothing is outdated: ${plural(packages, 'package')} checked.`
      : `Nothing is outdated among the ${packages - unknown} of ${plural(packages, 'package')} that were checked.`;
  }
  const levels = levelCounts(outdated);
  const words = levels.map(({ level, count }) => `${count} ${level}`).join(', ');
  return `${names} of ${plural(packages, 'package')} ${names === 1 ? 'is' : 'are'} outdated (${words}).`;
}

/** Counts each package once, by its largest update: several files may declare it. */
function levelCounts(
  outdated: OutdatedReport['outdated'],
): readonly { readonly level: string; readonly count: number }[] {
  const largest = new Map<string, number>();
  for (const { target, level } of outdated)
    largest.set(target, Math.max(largest.get(target) ?? 0, UPDATE_LEVELS.indexOf(level)));
  const found = [...largest.values()];
  return UPDATE_LEVELS.map((level, at) => ({
    level,
    count: found.filter((each) => each === at).length,
  })).filter(({ count }) => count > 0);
}

function* waitingLines(waiting: readonly WaitingVersion[]): Generator<string> {
  for (const [coolDown, versions] of groupBy(waiting, (each) => each.coolDown)) {
    const words = versions.map(({ target, version, until }) => {
      return visibleText(`${target} ${version}`) + (until === undefined ? '' : ` until ${formatDay(until)}`);
    });
    yield `${listed(words)}, by ${visibleText(coolDown)}.`;
  }
}

function* gapLines(notChecked: readonly UncheckedPackage[], now: number): Generator<string> {
  for (const [words, packages] of groupBy(notChecked, (each) => describeReason(each, now))) {
    yield `${listed(packages.map(({ target }) => visibleText(target)))}: ${visibleText(words)}.`;
  }
}

function describeReason({ detail, asOf }: UncheckedPackage, now: number): string {
  return asOf === undefined ? detail : `judged by data of ${formatAge(asOf, now)}, as now ${detail}`;
}
