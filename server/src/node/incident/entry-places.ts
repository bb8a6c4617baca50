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
  keep(entries: PlacedEntry[]): void;
}

export interface PlacedEntry extends Part {
  /** Where a version is. */
  readonly place: number;
  /** The number of its word. */
  readonly number: number;
  /** Whether it has the name of a package with that version. */
  readonly isNamed: boolean;
}

/** How far from an entry a change can say where it begins and ends: in its first line, or in the line behind it. */
const AROUND = 4096;

export function createEntryPlaces(): EntryPlaces {
  let entries: PlacedEntry[] = [];
  let next = 0;
  return {
    change(regions) {
      next = 0;
      if (entries.length === 0) return;
      const kept: PlacedEntry[] = [];
      for (const entry of entries) {
        const at = firstBehind(regions, entry.start - AROUND);
        if (regions[at] !== undefined && regions[at].oldStart <= entry.end + AROUND) continue;
        const before = regions[at - 1];
        const shift = before === undefined ? 0 : before.end - before.oldEnd;
        const { place, start, end, number, isNamed } = entry;
        if (shift === 0) kept.push(entry);
        else kept.push({ place: place + shift, start: start + shift, end: end + shift, number, isNamed });
      }
      entries = kept;
    },
    clear() {
      entries = [];
      next = 0;
    },
    of(place, number) {
      if (next > 0 && entries[next - 1]!.place >= place) next = 0;
      while (next < entries.length && entries[next]!.place < place) next++;
      for (let at = next; entries[at]?.place === place; at++)
        if (entries[at]!.number === number) return entries[at];
      return undefined;
    },
    keep(all) {
      entries = all;
      next = 0;
    },
  };
}

/** Returns the index of the first region whose earlier text ends at or behind a place. */
function firstBehind(regions: readonly Region[], place: number): number {
  let [low, high] = [0, regions.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (regions[middle]!.oldEnd < place) low = middle + 1;
    else high = middle;
  }
  return low;
}
