/** The rows of a QWERTY keyboard and their offset to the right, in key widths. */
const ROWS: readonly (readonly [keys: string, offset: number])[] = [
  ['1234567890', 0],
  ['qwertyuiop', 0.5],
  ['asdfghjkl', 0.75],
  ['zxcvbnm', 1.25],
];

const places: ReadonlyMap<string, readonly [row: number, column: number]> = new Map(
  ROWS.flatMap(([keys, offset], row) =>
    Array.from(keys, (key, i): [string, readonly [number, number]] => [key, [row, i + offset]]),
  ),
);

/** Checks whether the keys of two lower-case letters or digits touch on a QWERTY keyboard. */
export function areNeighbouringKeys(a: string, b: string): boolean {
  const [placeA, placeB] = [places.get(a), places.get(b)];
  if (placeA === undefined || placeB === undefined || a === b) return false;
  return Math.abs(placeA[0] - placeB[0]) <= 1 && Math.abs(placeA[1] - placeB[1]) <= 1;
}
