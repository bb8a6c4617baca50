import type { Region } from './changed-regions.ts';
import type { Part } from './entry-around.ts';

/** The entries around places of a text, kept up with its changes: finding the ends of an entry takes longest. */
export interface EntryPlaces {
  /** Drops the entries that changes may concern, and moves all others. */
  change(regions: readonly Region[]): void;
  clear(): void;
  /** Returns the entry around a place, if it is known. Places are asked for in ascending order. */
  of(place: number, number: number): PlacedEntry | undefined;
  /** Replaces all entries, in ascending order of their places. */
  keep(entries: readonly PlacedEntry[]): void;
}

export interface PlacedEntry extends Part {
  /** Where a version is. */
  readonly place: number;
  /** The number of its word. */
  readonly number: number;
  /** Whether it has the name of a package with that version. */
  readonly isNamed: boolean;
  /** Where the line begins in which the entry does, and where the line behind it ends: they say how far it goes. */
  readonly from: number;
  readonly to: number;
}

/** What is kept of each entry, in a row of numbers. */
const [PLACE, START, END, FROM, TO, NUMBER, NAMED, COLUMNS] = [0, 1, 2, 3, 4, 5, 6, 7] as const;

export function createEntryPlaces(): EntryPlaces {
  let rows = new Int32Array(COLUMNS * 128);
  let [length, next] = [0, 0];
  return {
    change(regions) {
      next = 0;
      let [kept, at] = [0, 0];
      for (let row = 0; row < length; row += COLUMNS) {
        const from = rows[row + FROM]!;
        // The next entry mostly is in the same line, or in one behind it.
        while (at > 0 && regions[at - 1]!.oldEnd >= from) at--;
        while (at < regions.length && regions[at]!.oldEnd < from) at++;
        if (at < regions.length && regions[at]!.oldStart <= rows[row + TO]!) continue;
        const shift = at === 0 ? 0 : regions[at - 1]!.end - regions[at - 1]!.oldEnd;
        if (shift !== 0 || kept !== row) {
          for (let column = 0; column < NUMBER; column++) rows[kept + column] = rows[row + column]! + shift;
          rows[kept + NUMBER] = rows[row + NUMBER]!;
          rows[kept + NAMED] = rows[row + NAMED]!;
        }
        kept += COLUMNS;
      }
      length = kept;
    },
    clear() {
      [length, next] = [0, 0];
    },
    of(place, number) {
      if (next > 0 && rows[next - COLUMNS + PLACE]! >= place) next = 0;
      while (next < length && rows[next + PLACE]! < place) next += COLUMNS;
      for (let row = next; row < length && rows[row + PLACE] === place; row += COLUMNS)
        if (rows[row + NUMBER] === number) return entryOf(rows, row);
      return undefined;
    },
    keep(entries) {
      [length, next] = [entries.length * COLUMNS, 0];
      if (rows.length < length) rows = new Int32Array(length * 2);
      let row = 0;
      for (const { place, start, end, from, to, number, isNamed } of entries) {
        rows[row + PLACE] = place;
        rows[row + START] = start;
        rows[row + END] = end;
        rows[row + FROM] = from;
        rows[row + TO] = to;
        rows[row + NUMBER] = number;
        rows[row + NAMED] = isNamed ? 1 : 0;
        row += COLUMNS;
      }
    },
  };
}

function entryOf(rows: Int32Array, row: number): PlacedEntry {
  return {
    place: rows[row + PLACE]!,
    start: rows[row + START]!,
    end: rows[row + END]!,
    from: rows[row + FROM]!,
    to: rows[row + TO]!,
    number: rows[row + NUMBER]!,
    isNamed: rows[row + NAMED] === 1,
  };
}
