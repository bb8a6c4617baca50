import type { Region } from './changed-regions.ts';
import { type WordTable, wordEnd, wordStart } from './word-table.ts';

/** Where the words of a list are in a text, kept up with its changes. */
export interface WordPlaces {
  /** Finds them in a whole text. */
  start(text: Buffer): void;
  /** Finds them in what changed: the text before is the one of the last call. */
  change(before: Buffer, text: Buffer, regions: readonly Region[]): void;
  /** Returns the numbers of the words that begin in a part of the text. */
  between(start: number, end: number): Int32Array;
  /** The places and numbers of the words, now and before the last change. */
  readonly list: () => WordList;
  readonly listBefore: () => WordList;
  /** Passes on all of them with their places until one call returns true, and returns whether one did. */
  some(use: (place: number, number: number) => boolean): boolean;
  /** Returns the numbers of the words that began in a part of the text before the last change. */
  betweenBefore(start: number, end: number): Int32Array;
}

/** Words in the order of their places in a text. */
export interface WordList {
  /** Returns the numbers of the words that begin in a part of the text. */
  between(start: number, end: number): Int32Array;
  /** Passes on the words that begin in a part of the text until one call returns true, and returns whether one did. */
  someBetween(start: number, end: number, use: (place: number, number: number) => boolean): boolean;
}

export function createWordPlaces(table: WordTable): WordPlaces {
  let own = new PlaceList();
  let last = new PlaceList();
  const find = (text: Buffer, start: number, end: number) =>
    table.find(text, start, end, (number, at) => own.add(at, number));
  const startAnew = () => {
    [own, last] = [last, own];
    own.clear();
  };
  return {
    start(text) {
      startAnew();
      find(text, 0, text.length);
    },
    change(before, text, regions) {
      startAnew();
      let [from, shift] = [0, 0];
      for (const { start, end, oldStart, oldEnd } of regions) {
        own.addShifted(last, from, wordStart(before, oldStart), shift);
        find(text, start, end);
        from = wordEnd(before, oldEnd);
        shift = end - oldEnd;
      }
      own.addShifted(last, from, Infinity, shift);
    },
    between: (start, end) => own.between(start, end),
    list: () => own,
    listBefore: () => last,
    some: (use) => own.someBetween(0, Infinity, use),
    betweenBefore: (start, end) => last.between(start, end),
  };
}

/** Places in ascending order with the numbers of words. */
class PlaceList implements WordList {
  #places = new Int32Array(1024);
  #numbers = new Int32Array(1024);
  #length = 0;

  clear(): void {
    this.#length = 0;
  }

  /** A word between two changes is found with both. */
  add(at: number, number: number): void {
    const last = this.#length - 1;
    if (
      last >= 0 &&
      (this.#places[last]! > at || (this.#places[last] === at && this.#numbers[last] === number))
    )
      return;
    this.#grow(1);
    this.#places[this.#length] = at;
    this.#numbers[this.#length++] = number;
  }

  addShifted(from: PlaceList, start: number, end: number, shift: number): void {
    const [first, behind] = [from.#at(start), from.#at(end)];
    if (behind <= first) return;
    this.#grow(behind - first);
    const [places, others, into] = [this.#places, from.#places, this.#length - first];
    for (let at = first; at < behind; at++) places[into + at] = others[at]! + shift;
    this.#numbers.set(from.#numbers.subarray(first, behind), this.#length);
    this.#length += behind - first;
  }

  between(start: number, end: number): Int32Array {
    return this.#numbers.subarray(this.#at(start), this.#at(end));
  }

  someBetween(start: number, end: number, use: (place: number, number: number) => boolean): boolean {
    const behind = this.#at(end);
    for (let at = this.#at(start); at < behind; at++)
      if (use(this.#places[at]!, this.#numbers[at]!)) return true;
    return false;
  }

  /** Returns the index of the first place at or behind another. */
  #at(place: number): number {
    let [low, high] = [0, this.#length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#places[middle]! < place) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #grow(by: number): void {
    const length = this.#length + by;
    if (length <= this.#places.length) return;
    const [places, numbers] = [this.#places, this.#numbers];
    this.#places = new Int32Array(length * 2);
    this.#numbers = new Int32Array(length * 2);
    this.#places.set(places);
    this.#numbers.set(numbers);
  }
}
