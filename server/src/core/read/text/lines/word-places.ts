import { growthOf, type TextChange } from '../text-change.ts';

/** Anything with a text: cached word positions live as long as it does. */
interface Holder {
  readonly text: string;
}

/** By word. */
type Places = Map<string, readonly number[] | undefined>;

const known = new WeakMap<Holder, Places>();

/** A text with more occurrences of a word is crafted to waste time. */
const MOST = 20_000;

/**
 * Returns where a word starts in a text, in ascending order. For the few words that are searched again after each edit:
 * in an edited text only what the edit touched is searched, see `carryWordPlaces`.
 * @param from the index of the character of the word to search for first: a rare one is found quickly
 * @returns undefined if there are very many
 */
export function wordPlaces(holder: Holder, word: string, from = 0): readonly number[] | undefined {
  let words = known.get(holder);
  if (words === undefined) {
    words = new Map();
    known.set(holder, words);
  }
  if (!words.has(word)) {
    const { text } = holder;
    const places: number[] = [];
    for (const at of placesWithin(text, word.slice(from), from, text.length)) {
      if (from === 0 || text.startsWith(word, at - from)) places.push(at - from);
      if (places.length > MOST) break;
    }
    words.set(word, places.length > MOST ? undefined : places);
  }
  return words.get(word);
}

/** Carries the cached word positions of a text over to the text that an edit made of it. */
export function carryWordPlaces(before: Holder, after: Holder, edit: TextChange): void {
  const words = known.get(before);
  if (words === undefined) return;
  const by = growthOf(edit);
  const carried: Places = new Map();
  for (const [word, places] of words) {
    if (places === undefined) continue;
    const first = edit.start - word.length + 1;
    const touched: number[] = [];
    for (const at of placesWithin(after.text, word, Math.max(first, 0), edit.newEnd + word.length - 1)) {
      touched.push(at);
      if (places.length + touched.length > MOST) break;
    }
    if (places.length + touched.length > MOST) continue;
    const unmoved = places.findIndex((place) => place >= first);
    const moved = places.findIndex((place) => place >= edit.oldEnd);
    const isSame = unmoved === -1 && touched.length === 0;
    carried.set(
      word,
      isSame
        ? places
        : [
            ...(unmoved === -1 ? places : places.slice(0, unmoved)),
            ...touched,
            ...(moved === -1 ? [] : places.slice(moved).map((place) => place + by)),
          ],
    );
  }
  known.set(after, carried);
}

/** Yields the words between the two offsets. */
function* placesWithin(text: string, word: string, from: number, to: number): Generator<number, void> {
  const part = to < text.length ? text.slice(0, to) : text;
  for (let at = part.indexOf(word, from); at !== -1; at = part.indexOf(word, at + 1)) yield at;
}
