import { describeStarted } from '../../../know/scripts/describe-started.ts';
import { visibleName } from '../../../read/lockfile/model/shown-text.ts';
import { hanging, listed } from '../../../read/text/hanging-text.ts';
import { visibleText } from '../../../read/text/words/visible-text.ts';
import { plural } from '../../../read/text/words/words.ts';
import { wrap } from '../../../read/text/wrap.ts';
import { COLOURED, PLAIN } from '../paint.ts';
import { table } from '../table.ts';
import { type RowDecision, type ScriptRow, type ScriptsReport, UNKNOWN } from './scripts-report.ts';

export interface ScriptsTextOptions {
  readonly columns: number;
  readonly colour: boolean;
}

const HEADS = ['Package', 'Version', 'Decision', 'On install', 'Script'];

/** The decision on a script, in a word or two. */
export const DECISION: Readonly<Record<RowDecision, string>> = {
  approved: 'approved',
  denied: 'denied',
  unreviewed: 'unreviewed',
  'built-in': "Bun's list",
  undecidable: 'none possible',
  unknown: 'unknown',
};

/** Formats the table, then what is suspicious, the counts, and unknown packages; with a trailing newline. */
export function scriptsText(report: ScriptsReport, { columns, colour }: ScriptsTextOptions): string {
  const paint = colour ? COLOURED : PLAIN;
  const { rows } = report;
  const cells = rows.map((row) => [
    ...[visibleName(row.name), visibleName(row.version ?? '-')],
    ...[DECISION[row.decision], row.outcome ?? 'unknown', commandsOf(row)].map(visibleText),
  ]);
  const painted = (text: string, row: number, column: number): string => {
    if (row === -1) return paint.faint(text);
    if (column === 0) return paint.strong(text);
    return column === 2 && rows[row]?.decision === 'unreviewed' ? paint.severity('warning', text) : text;
  };
  const lines = rows.length === 0 ? [] : [...table(HEADS, cells, columns, painted), ''];
  for (const { name, version, files, suspicious, isMalware } of rows) {
    const who = describePackage(name, version);
    const does = describeStarted(files);
    if (does !== undefined) lines.push(...hanging('File: ', `${who}: ${visibleText(does)}.`, columns));
    if (isMalware) lines.push(...hanging('Malware: ', `${who} is known malware.`, columns));
    if (suspicious !== null)
      lines.push(...hanging('Suspicious: ', `${who} ${visibleText(suspicious)}.`, columns));
  }
  lines.push(...wrap(summary(report), columns));
  for (const { subject, detail } of report.unread)
    lines.push(...hanging('Not checked: ', visibleText(`${subject}: ${detail}.`), columns));
  for (const { name, version, why } of report.unreadPackages)
    lines.push(
      ...hanging('Not checked: ', `${describePackage(name, version)}: ${visibleText(why)}.`, columns),
    );
  if (report.unknown.length > 0) {
    const names = listed(report.unknown.map((name) => describePackage(name, null)));
    const what = `${plural(report.unknown.length, 'package')}, as ${UNKNOWN}: ${names}. To see them, ${report.advice}.`;
    lines.push(...hanging('Not checked: ', what, columns));
  }
  return `${lines.join('\n')}\n`;
}

function describePackage(name: string, version: string | null): string {
  return version === null ? visibleName(name) : `${visibleName(name)} ${visibleName(version)}`;
}

function summary({ rows, effect, howToDecide, hasLockfile }: ScriptsReport): string {
  if (!hasLockfile) return 'No lockfile that can be read was found, so nothing was checked.';
  if (rows.length === 0) return 'No locked package is known to have an install script.';
  const count = (decision: RowDecision) => rows.filter((row) => row.decision === decision).length;
  const counts = (['unreviewed', 'approved', 'denied'] as const)
    .filter((decision) => count(decision) > 0)
    .map((decision) => `${count(decision)} ${decision}`);
  const all = `${plural(rows.length, 'package')} with ${rows.length === 1 ? 'an install script' : 'install scripts'}`;
  const first = counts.length === 0 ? `${all}.` : `${all}: ${counts.join(', ')}.`;
  const open = rows.filter(({ decision }) => decision === 'unreviewed' || decision === 'undecidable').length;
  if (open === 0) return first;
  if (open === 1) return `${first} Unreviewed: ${effect}. ${howToDecide}.`;
  const how = howToDecide.replace(/\bdeny it\b/, 'deny them');
  return `${first} Unreviewed: ${effect.replace(/ it(?= |$)/, ' them')}. ${how}.`;
}

/** Formats the commands of a script, or what shows that there is one. */
export function commandsOf({ scripts, seenIn }: ScriptRow): string {
  if (scripts.length > 0) return scripts.map(([name, command]) => `${name}: ${command}`).join('; ');
  return `script text unknown (${seenIn.join(', ')})`;
}
