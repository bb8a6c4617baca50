import { hanging } from '../../read/text/hanging-text.ts';
import { ageOf, formatAge, longDate, monthAndYear } from '../../read/text/words/dates.ts';
import { printableJson, visibleText } from '../../read/text/words/visible-text.ts';
import { group, plural } from '../../read/text/words/words.ts';

/** The contents of an advisory index. */
export interface IndexFacts {
  /** In milliseconds since 1970. */
  readonly asOf: number | undefined;
  /** The date up to which it is complete, if it is partial since. */
  readonly completeTo?: number | undefined;
  readonly records: number;
  readonly packages: number;
}

/** The local database and the bundled one. */
export interface DatabaseStatus {
  readonly path: string;
  readonly size: number | undefined;
  /** Undefined if there is none. */
  readonly database: IndexFacts | undefined;
  /** Why it cannot be used: a clause. */
  readonly problem: string | undefined;
  readonly notes:
    | { readonly from: string; readonly updatedAt: number; readonly checkedAt: number }
    | undefined;
  readonly bundled: IndexFacts | undefined;
}

/** Formats "231,204 records on 220,113 packages, of 24 Nov 2026 (2 days old)". */
export function describeIndex({ asOf, completeTo, records, packages }: IndexFacts, now: number): string {
  const counts = `${plural(records, 'record')} on ${plural(packages, 'package')}`;
  if (asOf === undefined) return counts;
  const day = dayOf(asOf);
  const partial = completeTo === undefined ? '' : `, complete to ${monthAndYear(completeTo)}, partial since`;
  return `${counts}, of ${longDate(day)} (${ageOf(day, now)}${partial})`;
}

/** Formats the status for people, with a trailing newline. */
export function databaseText(status: DatabaseStatus, now: number, columns: number): string {
  const { path, size, database, problem, notes, bundled } = status;
  const rows: [string, string][] = [];
  if (database !== undefined) rows.push(['Database', describeIndex(database, now)]);
  else if (problem !== undefined) rows.push(['Database', `cannot be used: ${problem}`]);
  else rows.push(['Database', 'none yet; "dephygiene db update" creates one']);
  if (size !== undefined) rows.push(['File', `${path} (${group(Math.ceil(size / 1000))} kB)`]);
  if (database !== undefined && notes !== undefined) {
    rows.push(['From', notes.from]);
    rows.push(['Updated', formatAge(notes.updatedAt, now)]);
    if (notes.checkedAt > notes.updatedAt)
      rows.push(['Checked', `${formatAge(notes.checkedAt, now)}: nothing newer`]);
  }
  rows.push(['Bundled', bundled === undefined ? 'none' : describeIndex(bundled, now)]);
  const lines = rows.flatMap(([label, text]) => hanging(label.padEnd(10), visibleText(text), columns));
  return `${lines.join('\n')}\n`;
}

/** Formats the status for programs. */
export function databaseJson({ path, size, database, problem, notes, bundled }: DatabaseStatus): string {
  const time = (at: number) => new Date(at).toISOString();
  const facts = (index: IndexFacts | undefined) =>
    index && {
      ...index,
      asOf: index.asOf === undefined ? null : time(index.asOf),
      ...(index.completeTo === undefined ? {} : { completeTo: time(index.completeTo) }),
    };
  const json = {
    version: 1,
    path,
    size: size ?? null,
    database: facts(database) ?? null,
    problem: problem ?? null,
    from: notes?.from ?? null,
    updatedAt: notes === undefined ? null : time(notes.updatedAt),
    checkedAt: notes === undefined ? null : time(notes.checkedAt),
    bundled: facts(bundled) ?? null,
  };
  return `${printableJson(JSON.stringify(json, undefined, 2))}\n`;
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}
