import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { cellsOf, HEADINGS, type Row, verdictOf } from './figures.ts';

const START = '<!-- Written by npm run bench. -->';
const END = '<!-- End of what npm run bench writes. -->';

/** Puts the table, and on what it was measured, between the marks of the page. */
export function writePage(file: string, rows: readonly Row[]): void {
  const page = readFileSync(file, 'utf8');
  const start = page.indexOf(START);
  const end = page.indexOf(END);
  if (start === -1 || end < start)
    throw new Error(`${file} has lost the marks between which the table stands.`);
  const text = `${START}\n\n${machine()}\n\n${tableOf(rows)}\n\n`;
  writeFileSync(file, page.slice(0, start) + text + page.slice(end));
}

function machine(): string {
  const day = new Date().toISOString().slice(0, 10);
  const memory = `${Math.round(totalmem() / 2 ** 30)} GiB of memory`;
  const system = `${type()} ${release().split('.').slice(0, 2).join('.')}`;
  return `Measured on ${day} with Node.js ${process.versions.node} on ${system}, ${cpus().length} cores, ${memory}.`;
}

function tableOf(rows: readonly Row[]): string {
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
