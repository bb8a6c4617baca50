import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { cellsOf, HEADINGS, type Row, verdictOf } from './figures.ts';

/** Writes the table, and the machine it was measured on, between the marks of the page that name the command. */
export function writePage(file: string, rows: readonly Row[], command = 'npm run bench'): void {
  writeBetweenMarks(file, `${machine()}\n\n${tableOf(rows)}`, command);
}

/**
 * Replaces the rows of the page's table that have the same name and peer. All others stay as they were measured. Throws if
 * the table lacks one of the rows.
 */
export function updatePage(file: string, rows: readonly Row[]): void {
  const [heading, rule, ...body] = tableOf(rows).split('\n') as [string, string, ...string[]];
  const page = readFileSync(file, 'utf8');
  const start = page.indexOf(`${heading}\n${rule}\n`);
  if (start === -1) throw new Error(`${file} has no table of these columns.`);
  const end = page.indexOf('\n\n', start);
  const keyOf = (line: string) =>
    line
      .split(' | ')
      .filter((_, at) => at === 0 || at === 2)
      .join(' | ');
  const measured = new Map(body.map((line) => [keyOf(line), line]));
  const lines = page.slice(start, end).split('\n');
  const known = new Set(lines.map(keyOf));
  const missing = [...measured.keys()].find((key) => !known.has(key));
  if (missing !== undefined) throw new Error(`${file} has no row ${missing}; measure everything.`);
  const table = lines.map((line) => measured.get(keyOf(line)) ?? line);
  writeFileSync(file, page.slice(0, start) + table.join('\n') + page.slice(end));
}

/** Writes a text between the marks of the page that name the command. */
export function writeBetweenMarks(file: string, written: string, command: string): void {
  const opening = `<!-- Written by ${command}. -->`;
  const closing = `<!-- End of what ${command} writes. -->`;
  const page = readFileSync(file, 'utf8');
  const start = page.indexOf(opening);
  const end = page.indexOf(closing);
  if (start === -1 || end < start)
    throw new Error(`${file} has lost the marks between which the table stands.`);
  const text = `${opening}\n\n${written}\n\n`;
  writeFileSync(file, page.slice(0, start) + text + page.slice(end));
}

/** Describes the machine. */
export function machine(): string {
  const day = new Date().toISOString().slice(0, 10);
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB of memory`;
  const system = `${type()} ${release().split('.').slice(0, 2).join('.')}`;
  return `Measured on ${day} with Node.js ${process.versions.node} on ${system}, ${cpus().length} cores, ${memory}.`;
}

/** Returns the table of a page. */
export function tableOf(rows: readonly Row[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const rule = HEADINGS.map((heading) =>
    heading === 'What' || heading === 'Peer' || heading === 'Kept' ? '---' : '--:',
  );
  const body = rows.map((row) => {
    const cells = cellsOf(row).map((cell) => cell.replaceAll('|', '\\|'));
    const verdict = verdictOf(row);
    return line(verdict === 'missed' ? [...cells.slice(0, -1), '**missed**'] : cells);
  });
  return [line(HEADINGS), line(rule), ...body].join('\n');
}
