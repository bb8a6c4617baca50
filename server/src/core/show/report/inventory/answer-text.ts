import { printableJson } from '../../../read/text/words/visible-text.ts';
import { plural } from '../../../read/text/words/words.ts';
import { table } from '../table.ts';

/** The rows that answer a query. */
export interface InventoryAnswer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** Returns an answer as JSON, as `inventory-answer.schema.json` describes it. */
export function answerJson({ columns, rows }: InventoryAnswer): string {
  return `${printableJson(JSON.stringify({ version: 1, columns, rows: rows.map((row) => row.map(plainValue)) }, undefined, 2))}\n`;
}

/** Returns an answer as a table for people. */
export function answerText({ columns, rows }: InventoryAnswer, width: number): string {
  const cells = rows.map((row) => row.map((value) => cellOf(plainValue(value))));
  return `${[...table(columns, cells, width), '', plural(rows.length, 'row')].join('\n')}\n`;
}

function cellOf(value: unknown): string {
  if (value === null) return '–';
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** Returns a value that JSON has: numbers beyond its range are texts. */
function plainValue(value: unknown): unknown {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(plainValue);
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.parse(JSON.stringify(value, (_, each) => plainPart(each))) : value;
}

function plainPart(value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value;
}
