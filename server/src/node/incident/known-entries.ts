import {
  CLEAN,
  type LockedVersion,
  type LockVerdict,
  sortedHits,
} from '../../core/know/incident/find-bad-entries.ts';
import type { Part } from './entry-around.ts';

/**
 * What entries of lockfiles install, by their texts, of all repositories: the same package has the same entry in many texts.
 */
export interface KnownEntries {
  /**
   * Returns the verdict on a text with these entries; undefined if one of them is not known, or the format was never parsed.
   * @param read reads an entry that is not known by its text alone; undefined if that is not possible
   */
  verdictOf(format: string, bytes: Buffer, parts: readonly Part[], read: ReadAlone): LockVerdict | undefined;
  /**
   * Notes what a parsed text shows of its entries. One that is read alone as more than that is noted as nothing: elsewhere
   * it may be where the entries are.
   */
  add(
    format: string,
    bytes: Buffer,
    parts: readonly Part[],
    hits: readonly PlacedHit[],
    read: ReadAlone,
  ): void;
}

export type ReadAlone = (entry: string) => readonly LockedVersion[] | undefined;

/** A bad version, with the bytes of the entry that installs it. */
export interface PlacedHit extends Part {
  readonly version: LockedVersion;
}

const MAX_BYTES = 16 * 1024 * 1024;
/** Longer ones are parsed each time. */
const MAX_ENTRY = 4096;

export function createKnownEntries(): KnownEntries {
  const formats = new Set<string>();
  const entries = new Map<string, readonly LockedVersion[]>();
  let held = 0;
  const keyOf = (format: string, bytes: Buffer, { start, end }: Part) =>
    `${format} ${bytes.toString('latin1', start, end)}`;
  const keep = (key: string, hits: readonly LockedVersion[]) => {
    if (key.length > MAX_ENTRY || held + key.length > MAX_BYTES) return;
    held += key.length;
    entries.set(key, hits);
  };
  return {
    verdictOf(format, bytes, parts, read) {
      if (!formats.has(format)) return undefined;
      const hits = new Map<string, LockedVersion>();
      const unknown: Part[] = [];
      const known = parts.filter((part) => {
        const key = keyOf(format, bytes, part);
        let found = entries.get(key);
        if (found === undefined) {
          found = read(bytes.toString('utf8', part.start, part.end));
          if (found !== undefined) keep(key, found);
        }
        if (found === undefined) unknown.push(part);
        for (const hit of found ?? []) hits.set(`${hit.name}@${hit.version}`, hit);
        return found !== undefined;
      });
      // A line of an entry says nothing that the entry does not.
      const isInside = (part: Part) => known.some(({ start, end }) => start < part.start && part.end <= end);
      if (!unknown.every(isInside)) return undefined;
      return hits.size === 0 ? CLEAN : { hits: sortedHits(hits), unread: undefined };
    },
    add(format, bytes, parts, hits, read) {
      const isIn = (part: Part) => (hit: PlacedHit) => hit.start < part.end && part.start < hit.end;
      const isWithin = (part: Part) => (hit: PlacedHit) => part.start <= hit.start && hit.end <= part.end;
      // Entries of which one was not found say nothing.
      if (!hits.every((hit) => parts.some((part) => isIn(part)(hit)))) return;
      formats.add(format);
      for (const part of parts) {
        // A line of an entry does not say whose it is.
        if (!hits.filter(isIn(part)).every(isWithin(part))) continue;
        const key = keyOf(format, bytes, part);
        if (entries.has(key)) continue;
        const own = hits.filter(isWithin(part)).map(({ version }) => version);
        if (own.length > 0 || (read(bytes.toString('utf8', part.start, part.end)) ?? []).length === 0)
          keep(key, own);
      }
    },
  };
}
