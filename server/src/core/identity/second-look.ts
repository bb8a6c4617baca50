import type { ConfusionIndex } from './confusion-index.ts';
import type { NearName } from './near-names.ts';
import { COMMON, KNOWN } from './standing.ts';
import type { Confidence, Suspect } from './verdict.ts';

/** Short names lie close together by chance; one difference among fewer characters than this says little. */
const LONG_ENOUGH = 6;
/** So short names are worth a word only where the target is well known. */
const VERY_SHORT = 5;
/** With delimiters at other places too the name differs in two ways. */
const LONG_ENOUGH_WITH_DELIMITERS = 8;

/**
 * How sure one letter omitted, added or replaced makes us: a warning only where the names are long, the target
 * is well known and the difference has no ordinary explanation. undefined where there is nothing to say.
 */
export function confidenceInOneLetter(suspect: Suspect, near: NearName): Confidence | undefined {
  if (near.oneWord && isKnownWord(suspect.index, near.changedWord)) return undefined;
  if (near.length < VERY_SHORT && near.rank >= KNOWN) return undefined;
  const longEnough = near.length >= (near.sameDelimiters ? LONG_ENOUGH : LONG_ENOUGH_WITH_DELIMITERS);
  return longEnough && near.rank < COMMON && !looksDeliberate(suspect, near) ? 'medium' : 'low';
}

/**
 * Whether a one-letter difference has an ordinary explanation, so that by the name alone nothing can be said:
 * the name is made of words that other popular packages use too, it is another grammatical form, another
 * number, or a letter was put before or behind on purpose.
 */
function looksDeliberate(suspect: Suspect, near: NearName): boolean {
  return (
    near.atStart ||
    changesNumber(near) ||
    changesEnding(near) ||
    isAbbreviation(near) ||
    isKnownWord(suspect.index, near.changedWord) ||
    isCompound(suspect, near.changedWord)
  );
}

/** Letters that make another form of a word: request(s), promise(d), parse(r), give(n), default(y), prettier(x). */
const ENDINGS = 'sdrnyx';

function changesEnding({ edit, atEnd }: NearName): boolean {
  return atEnd && ENDINGS.includes(edit.to) && ENDINGS.includes(edit.from);
}

/** Another number is another version or variant of a name, seldom a slip of the finger. */
function changesNumber({ edit }: NearName): boolean {
  return isDigitOrNone(edit.from) && isDigitOrNone(edit.to);
}

function isDigitOrNone(text: string): boolean {
  return text === '' || (text >= '0' && text <= '9');
}

const LONGEST_ABBREVIATION = 3;

/** Words of two or three letters beside others ('rc-dialog', 'react-ga') differ by one letter by nature. */
function isAbbreviation({ changedWord, oneWord }: NearName): boolean {
  return !oneWord && changedWord.length <= LONGEST_ABBREVIATION;
}

/** Whether popular names use the word as a word of their own. */
export function isKnownWord(index: ConfusionIndex, word: string): boolean {
  return index.words().uses(word) > 0;
}

const SHORTEST_PART = 3;
const PART_USES = 5;

/** Whether a word is two common words written together: 'jsonpatch', 'tinybase', 'bufferjs'. */
function isCompound(suspect: Suspect, word: string): boolean {
  const words = suspect.index.words();
  if (word.endsWith('js') && words.uses(word.slice(0, -2)) >= PART_USES) return true;
  for (let i = SHORTEST_PART; i <= word.length - SHORTEST_PART; i++) {
    if (words.uses(word.slice(0, i)) >= PART_USES && words.uses(word.slice(i)) >= PART_USES) return true;
  }
  return false;
}
