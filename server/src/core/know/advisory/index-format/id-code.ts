import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';

/** Ids of the large databases take fewer bytes as numbers; others are kept as they are. */
const TEXT = 0;
const GHSA = 1;
const MAL = 2;
const CVE = 3;

/** GitHub's ids are three groups of four of these. */
const LETTERS = '23456789cfghjmpqrvwx';
const FIRST_YEAR = 1990;

export function writeId(writer: ByteWriter, id: string): void {
  for (const kind of [GHSA, MAL, CVE]) {
    const numbers = kind === GHSA ? ghsaNumber(id) : yearAndNumber(id);
    if (numbers === undefined || idOf(kind, numbers) !== id) continue;
    writer.byte(kind);
    for (const number of numbers) writer.number(number);
    return;
  }
  writer.byte(TEXT);
  writer.text(id);
}

export function readId(reader: ByteReader): string {
  const kind = reader.byte();
  if (kind === GHSA) return idOf(kind, [reader.number()]);
  if (kind === MAL || kind === CVE) return idOf(kind, [reader.number(), reader.number()]);
  return reader.text();
}

function idOf(kind: number, [first = 0, second = 0]: readonly number[]): string {
  if (kind === GHSA) return ghsaOf(first);
  const year = first + FIRST_YEAR;
  return kind === MAL ? `MAL-${year}-${second}` : `CVE-${year}-${String(second).padStart(4, '0')}`;
}

function yearAndNumber(id: string): readonly number[] | undefined {
  const parts = /^[A-Z]{3}-(\d{4})-(\d{1,9})$/.exec(id);
  const year = Number(parts?.[1]) - FIRST_YEAR;
  return year >= 0 ? [year, Number(parts?.[2])] : undefined;
}

function ghsaNumber(id: string): readonly number[] | undefined {
  const letters = id.slice(5).replaceAll('-', '');
  if (letters.length !== 12) return undefined;
  let number = 0;
  for (const letter of letters) number = number * LETTERS.length + LETTERS.indexOf(letter);
  return number >= 0 ? [number] : undefined;
}

function ghsaOf(number: number): string {
  let letters = '';
  for (let rest = number, count = 0; count < 12; count++, rest = Math.floor(rest / LETTERS.length)) {
    letters = LETTERS[rest % LETTERS.length] + (count > 0 && count % 4 === 0 ? '-' : '') + letters;
  }
  return `GHSA-${letters}`;
}
