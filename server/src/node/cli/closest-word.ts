/** The word that was probably meant: at most two letters away, and less than half of it. Undefined where none is. */
export function closestWord(typed: string, words: readonly string[]): string | undefined {
  const near = words
    .map((word) => ({ word, distance: distanceOf(typed.slice(0, 100), word) }))
    .filter(({ word, distance }) => distance <= 2 && distance * 2 < word.length)
    .sort((a, b) => a.distance - b.distance);
  return near[0]?.word;
}

/** The number of letters to add, remove or replace (Levenshtein). */
function distanceOf(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[b.length]!;
}
