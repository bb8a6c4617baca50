import { entryAround, MAX_ENTRY, type Part } from './entry-around.ts';
import type { WantedWords } from './wanted-words.ts';
import { wordEnd, wordStart } from './word-table.ts';

/** Checks whether a part of a text is in a large entry with the name of a package and one of its bad versions. */
export type LargeEntryCheck = (text: Buffer, part: Part, wordsBetween: WordsBetween) => boolean;

type WordsBetween = (start: number, end: number) => Int32Array;

/**
 * Returns a check for a name or a bad version in a change, the other of which is far away as their entry is large: no
 * package manager writes such entries, but all of them read them.
 * @param small the length up to which entries are not large
 */
export function largeEntryCheck({ table, named }: WantedWords, small: number): LargeEntryCheck {
  return (text, { start, end }, wordsBetween) => {
    const [from, to] = [wordStart(text, start), wordEnd(text, end)];
    const own = wordsBetween(from, to);
    if (own.length === 0) return false;
    const [first, last] = [Math.max(0, from - MAX_ENTRY), Math.min(text.length, to + MAX_ENTRY)];
    const around = new Set(wordsBetween(first, last));
    const versionsOf = (name: number) => named[name]?.flatMap(({ numbers }) => numbers ?? []) ?? [];
    const names = new Set([...around].filter((word) => versionsOf(word).some((each) => around.has(each))));
    const versions = new Set([...names].flatMap(versionsOf));
    const isVersion = own.some((word) => versions.has(word));
    if (!isVersion && !own.some((word) => names.has(word))) return false;
    let isFound = false;
    const look = (number: number, at: number) => {
      if (isFound || !versions.has(number)) return;
      const entry = entryAround(text, at);
      // Only parsing says where it ends.
      if (entry === undefined) isFound = true;
      else if (entry.end - entry.start > small && entry.start < to && from < entry.end)
        isFound = wordsBetween(entry.start, entry.end).some((word) => names.has(word));
    };
    table.find(text, isVersion ? from : first, isVersion ? to : last, look);
    return isFound;
  };
}
