import { entryAround, entryNamed, type Part } from './entry-around.ts';
import type { WantedWords } from './wanted-words.ts';
import type { WordList } from './word-places.ts';
import { wordEnd, wordStart } from './word-table.ts';

/** Checks whether a part of a text is in a large entry with the name of a package and one of its bad versions. */
export type LargeEntryCheck = (text: Buffer, part: Part, words: WordList) => boolean;

/**
 * Returns a check for a name or a bad version in a change, the other of which is far away as their entry is large: no
 * package manager writes such entries, but all of them read them.
 * @param small the length up to which entries are not large
 */
export function largeEntryCheck({ named }: WantedWords, small: number): LargeEntryCheck {
  const versionsOf = named.map((packages) => new Set(packages?.flatMap(({ numbers }) => numbers ?? [])));
  const namesOf = new Map<number, Set<number>>();
  for (const [name, versions] of versionsOf.entries())
    for (const version of versions ?? []) {
      const names = namesOf.get(version) ?? new Set();
      namesOf.set(version, names.add(name));
    }
  return (text, { start, end }, words) => {
    const [from, to] = [wordStart(text, start), wordEnd(text, end)];
    const own = words.between(from, to);
    if (own.length === 0) return false;
    return words.someBetween(from, to, (place, number) => {
      const [versions, names] = [versionsOf[number], namesOf.get(number)];
      const isName = versions !== undefined && versions.size > 0;
      if (!isName && names === undefined) return false;
      const entry = isName ? entryNamed(text, place) : entryAround(text, place);
      // Only parsing says where it ends.
      if (entry === undefined) return true;
      if (entry.end - entry.start <= small) return false;
      const wanted = (word: number) => (isName && versions.has(word)) || names?.has(word) === true;
      return words.between(entry.start, entry.end).some(wanted);
    });
  };
}
