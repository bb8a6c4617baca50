import type { ConfusionIndex } from './confusion-index.ts';
import type { NearName } from './near-names.ts';
import type { Confidence, Suspect } from './verdict.ts';

/** Shorter names are close together by chance. */
const LONG_ENOUGH = 6;
/** With delimiters at other places as well, the name differs in two ways. */
const LONG_ENOUGH_WITH_DELIMITERS = 8;
/** For shorter ones only well-known targets are worth reporting. */
const SHORT = 4;
/** Words that fewer popular names use may be slips. */
const SELDOM = 15;

/**
 * Returns the confidence that one letter omitted, added or replaced gives; undefined if there is none. The word with
 * the difference decides: if popular names use it, it was chosen; if none does, it is a slip, even more so if the words
 * around it are those of a popular name.
 */
export function confidenceInOneLetter(suspect: Suspect, near: NearName): Confidence | undefined {
  const uses = suspect.index.words.uses(near.changedWord);
  if (uses > 0) {
    const mayBeASlip =
      !near.oneWord && near.edit.kind !== 'addition' && uses < SELDOM && near.rank < suspect.standing.common;
    return mayBeASlip ? 'low' : undefined;
  }
  const { standing } = suspect;
  // A number after several words is another author's next version.
  if (near.edit.kind === 'addition' && near.atEnd && !near.oneWord && changesNumber(near)) return undefined;
  // Another letter and another delimiter in a short name are two differences.
  if (near.edit.kind === 'replacement' && !isLongEnough(near) && !near.sameDelimiters) return undefined;
  const isAtAnEdge = near.atStart || near.atEnd;
  if (near.length < LONG_ENOUGH) {
    const isWorthAWord =
      near.length >= SHORT && near.rank < standing.wellKnown && near.edit.kind !== 'addition';
    return isWorthAWord ? 'low' : undefined;
  }
  if (near.edit.kind === 'addition' && isAtAnEdge) {
    // 'xbytes' and 'mpromise' are how people name their own variants.
    return near.oneWord && near.atStart && near.rank >= standing.top ? undefined : 'low';
  }
  if (near.oneWord && near.edit.kind === 'omission' && changesEnding(near)) return undefined;
  const isChosen = near.oneWord && near.atStart;
  const isSure =
    isLongEnough(near) && near.rank < standing.common && !isChosen && !looksDeliberate(suspect, near);
  return isSure ? 'medium' : 'low';
}

function isLongEnough({ length, sameDelimiters }: NearName): boolean {
  return length >= (sameDelimiters ? LONG_ENOUGH : LONG_ENOUGH_WITH_DELIMITERS);
}

/** Another grammatical form, another number, and two words written together are not slips. */
function looksDeliberate(suspect: Suspect, near: NearName): boolean {
  return changesNumber(near) || changesEnding(near) || isCompound(suspect, near.changedWord);
}

/** Letters that make another form of a word: request(s), promise(d), parse(r), give(n), default(y), prettier(x). */
const ENDINGS = 'sdrnyx';

/** Checks whether the only difference is another form of a word. */
export function changesEnding({ edit, atWordEnd }: NearName): boolean {
  return atWordEnd && ENDINGS.includes(edit.to) && ENDINGS.includes(edit.from);
}

/** Another number means another version or variant of a name, seldom a slip. */
function changesNumber({ edit }: NearName): boolean {
  return isDigitOrNone(edit.from) && isDigitOrNone(edit.to);
}

function isDigitOrNone(text: string): boolean {
  return text === '' || (text >= '0' && text <= '9');
}

/** Checks whether popular names use the word as a separate word. */
export function isKnownWord(index: ConfusionIndex, word: string): boolean {
  return index.words.uses(word) > 0;
}

const SHORTEST_PART = 3;
const PART_USES = 5;

/** Checks whether a word is two common words written together: 'jsonpatch', 'tinybase', 'bufferjs'. */
function isCompound({ index: { words } }: Suspect, word: string): boolean {
  if (word.endsWith('js') && words.uses(word.slice(0, -2)) >= PART_USES) return true;
  for (let i = SHORTEST_PART; i <= word.length - SHORTEST_PART; i++) {
    if (words.uses(word.slice(0, i)) >= PART_USES && words.uses(word.slice(i)) >= PART_USES) return true;
  }
  return false;
}
