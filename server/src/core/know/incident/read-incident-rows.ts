import { ECOSYSTEM } from '../advisory/osv/ecosystem.ts';
import { isVersionRange, type ListedVersions } from './bad-versions.ts';

/** The rows of a list of bad versions, and the numbers of lines that could not be read. */
export interface IncidentRows {
  readonly rows: readonly ListedVersions[];
  readonly unread: readonly number[];
}

const MAX_ROWS = 1_000_000;

/** The columns of tables as incident reports name them. */
const COLUMNS = {
  name: /^(?:package|module)?[ _-]*names?$|^(?:package|module)$/i,
  versions: /^(?:(?:package|affected|compromised|malicious|bad)[ _-]*)?versions?(?:\(s\))?$/i,
  ids: /^(?:(?:source|advisory)[ _-]*)?ids?$|^(?:campaign|advisory|incident)$/i,
  reported: /^(?:date|first[ _-]date|reported|detected)(?:[ _-]at)?$/i,
  published: /^published(?:[ _-]at)?$/i,
  removed: /^(?:removed|unpublished)(?:[ _-]at)?$/i,
  ecosystem: /^ecosystem$/i,
} as const;
type Column = keyof typeof COLUMNS;
type Places = Partial<Record<Column, number>>;

/**
 * Reads a list of bad versions as incident reports publish it: a table with a line of headings, separated by tabs, commas
 * or semicolons or written in Markdown, or lines such as `name@1.2.3`, `name: 1.2.3, 1.2.4`, `name,1.2.3` and
 * `pkg:npm/name@1.2.3`. Never throws.
 */
export function readIncidentRows(text: string): IncidentRows {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/, MAX_ROWS + 1);
  const rows: ListedVersions[] = [];
  const unread: number[] = [];
  let table: { readonly separator: string; readonly places: Places } | undefined;
  let isFirst = true;
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '' || /^\s*(?:#(?!\S*@)|\/\/)/.test(line)) continue;
    if (MARKDOWN_RULE.test(line.trim())) continue;
    // A table in Markdown may begin anywhere.
    if (isFirst || isMarkdown(line)) {
      isFirst = false;
      const found = tableOf(line);
      if (found !== undefined) {
        table = found;
        continue;
      }
    }
    const isInTable = table !== undefined && (table.separator !== '|' || isMarkdown(line));
    const row =
      table !== undefined && isInTable
        ? rowOfCells(cellsOf(line, table.separator), table.places)
        : rowOfLine(isMarkdown(line) ? cellsOf(line, '|').join(' ') : line);
    if (row === undefined || at >= MAX_ROWS) unread.push(at + 1);
    else if (row !== 'other') rows.push(row);
  }
  return { rows, unread };
}

/** The line below the headings of a table in Markdown. */
const MARKDOWN_RULE = /^\|?(?:\s*:?-+:?\s*\|)+\s*(?::?-+:?)?$/;

function isMarkdown(line: string): boolean {
  return /^\s*\|/.test(line);
}

function tableOf(line: string): { readonly separator: string; readonly places: Places } | undefined {
  for (const separator of isMarkdown(line) ? ['|'] : ['\t', ',', ';']) {
    const places: Places = {};
    for (const [at, cell] of cellsOf(line, separator).entries()) {
      for (const [column, pattern] of Object.entries(COLUMNS))
        if (pattern.test(cell)) places[column as Column] ??= at;
    }
    if (places.name !== undefined && places.versions !== undefined) return { separator, places };
  }
  return undefined;
}

/** Splits a line of a table; cells may be quoted, with doubled quotes inside, and in Markdown be code or links. */
function cellsOf(line: string, separator: string): readonly string[] {
  if (separator === '|') {
    const cells = line.trim().split('|').slice(1);
    if (cells.at(-1) === '') cells.pop();
    return cells.map((cell) =>
      cell
        .replace(/\[([^\][]*)\]\([^()]*\)/g, '$1')
        .replaceAll('`', '')
        .trim(),
    );
  }
  const cells: string[] = [];
  let at = 0;
  do {
    if (line[at] !== '"') {
      const end = line.indexOf(separator, at);
      cells.push(line.slice(at, end === -1 ? undefined : end).trim());
      at = end === -1 ? line.length + 1 : end + 1;
      continue;
    }
    let cell = '';
    for (at++; at < line.length; at++) {
      if (line[at] !== '"') cell += line[at];
      else if (line[at + 1] === '"') cell += line[++at];
      else break;
    }
    cells.push(cell.trim());
    const end = line.indexOf(separator, at);
    at = end === -1 ? line.length + 1 : end + 1;
  } while (at <= line.length);
  return cells;
}

function rowOfCells(cells: readonly string[], places: Places): ListedVersions | 'other' | undefined {
  const cell = (column: Column) => {
    const place = places[column];
    const text = place === undefined ? '' : (cells[place] ?? '');
    return text === '' ? undefined : text;
  };
  if ((cell('ecosystem') ?? ECOSYSTEM).toLowerCase() !== ECOSYSTEM) return 'other';
  const ids = (cell('ids') ?? '').split(/[,\s]+/).filter((id) => id !== '');
  return rowOf(cell('name') ?? '', cell('versions') ?? '', {
    ...{ ids, reported: dayOf(cell('reported')) },
    ...{ published: timeOf(cell('published')), removed: timeOf(cell('removed')) },
  });
}

const NAME = String.raw`(?:@[^\s/@,:;=|"'\x60]+/)?[^\s/@,:;=|"'\x60]+`;
const WHOLE_NAME = new RegExp(`^${NAME}$`);
const LINE = new RegExp(
  String.raw`^\s*(?:[-*•]\s+)?["'\x60]?(?<name>${NAME})["'\x60]?\s*(?:@|:|,|;|==?|\||\s)\s*(?<versions>\S.*)$`,
);
const ENDS: ReadonlySet<string> = new Set(' \t"\'`,;');

/** A package URL: an at sign in the name is escaped. */
const PURL = /^\s*(?:[-*•]\s+)?["'\x60]?pkg:npm\/(?<name>[^\s@?#"'\x60]+)@(?<versions>[^\s?#"'\x60,;]+)/;

function rowOfLine(line: string): ListedVersions | undefined {
  const purl = PURL.exec(line)?.groups;
  if (purl !== undefined) return rowOfNothingElse(decoded(purl.name!), decoded(purl.versions!));
  const { name, versions } = LINE.exec(trimmed(line))?.groups ?? {};
  return name === undefined || versions === undefined ? undefined : rowOfNothingElse(name, versions);
}

function decoded(text: string): string {
  return text.replaceAll(/%40/gi, '@').replaceAll(/%2b/gi, '+').replaceAll(/%2f/gi, '/');
}

/** Returns the row of a name and versions, of which nothing else is known. */
export function rowOfNothingElse(name: string, versions: string): ListedVersions | undefined {
  return rowOf(name, versions, { ids: [], reported: undefined, published: undefined, removed: undefined });
}

/** Drops quotes and separators at the end, in linear time. */
function trimmed(line: string): string {
  let end = line.length;
  while (end > 0 && ENDS.has(line[end - 1]!)) end--;
  return line.slice(0, end);
}

function rowOf(
  name: string,
  versions: string,
  facts: Omit<ListedVersions, 'name' | 'versions'>,
): ListedVersions | undefined {
  if (!WHOLE_NAME.test(name)) return undefined;
  const parts = versions.split(/\|\||[,;|]/).flatMap((part) => {
    const trimmed = part.trim().replace(/^["'`]|["'`]$/g, '');
    const words = trimmed.split(/\s+/);
    return words.every((word) => /^v?\d/.test(word)) ? words : [trimmed];
  });
  return parts.every(isVersionRange) ? { name, versions: parts, ...facts } : undefined;
}

function dayOf(text: string | undefined): string | undefined {
  return /^\d{4}-\d{2}-\d{2}(?=$|[T ])/.exec(text ?? '')?.[0];
}

/** A day, or a minute: incidents of hours are told apart. */
function timeOf(text: string | undefined): string | undefined {
  const time = Date.parse(text ?? '');
  return dayOf(text) === undefined || Number.isNaN(time) ? undefined : new Date(time).toISOString();
}
