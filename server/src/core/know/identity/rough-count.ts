/** Formats a number for people, with two significant digits: "450 M", "1.2 billion", "540 K". */
export function roughCount(count: number): string {
  const units = [
    [1e9, 'billion'],
    [1e6, 'M'],
    [1e3, 'K'],
  ] as const;
  for (const [size, word] of units) {
    if (count >= size) return `${Number((count / size).toPrecision(2))} ${word}`;
  }
  return String(count);
}
