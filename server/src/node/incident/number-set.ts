/** A set of small numbers that is cleared at once, for the sets that every text needs. */
export interface NumberSet {
  clear(): void;
  add(number: number): void;
  readonly has: (number: number) => boolean;
  /** Returns its numbers in the order in which they were added. */
  values(): Int32Array;
}

/** @param size above all numbers */
export function createNumberSet(size: number): NumberSet {
  const turns = new Int32Array(size);
  const added = new Int32Array(size);
  let [turn, length] = [1, 0];
  return {
    clear() {
      length = 0;
      if (turn === MOST_TURNS) {
        turns.fill(0);
        turn = 0;
      }
      turn++;
    },
    add(number) {
      if (turns[number] === turn) return;
      turns[number] = turn;
      added[length++] = number;
    },
    has: (number) => turns[number] === turn,
    values: () => added.subarray(0, length),
  };
}

const MOST_TURNS = 2 ** 31 - 1;
