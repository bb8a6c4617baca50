import type { LockEntry, Lockfile } from '../model/lockfile.ts';

/**
 * Returns entries whose text contains one of the words, so that the edges of the others need not be decoded. Not for
 * formats that keep an entry's edges elsewhere (pnpm) or nest entries (npm up to 6).
 */
export function entriesMentioning(
  { text, entries }: Lockfile,
  words: readonly string[],
): ReadonlySet<LockEntry> {
  const found = new Set<LockEntry>();
  const end = entries.at(-1)?.span.end ?? 0;
  for (const word of words) {
    for (let at = text.indexOf(word); at !== -1 && at < end; at = text.indexOf(word, at + word.length)) {
      const entry = entryAt(entries, at);
      if (entry !== undefined) found.add(entry);
    }
  }
  return found;
}

/** Returns the entry whose span holds the offset; entries are in source order. */
export function entryAt(entries: readonly LockEntry[], offset: number): LockEntry | undefined {
  let low = -1;
  let high = entries.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (entries[middle]!.span.start <= offset) low = middle;
    else high = middle - 1;
  }
  const entry = entries[low];
  return entry !== undefined && offset < entry.span.end ? entry : undefined;
}
