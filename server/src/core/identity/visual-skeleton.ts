/**
 * Folds characters that look alike into one, so that two names a reader cannot tell apart get the same
 * skeleton. ASCII look-alikes: 0 and o, 1 l and i, 5 and s, q and g, vv and w, rn and m. Letters of other
 * scripts are folded to the ASCII letter that they resemble (from the Unicode confusables of the scripts whose
 * letters are used most often for deception: Cyrillic, Greek, Armenian, and full-width and accented Latin).
 * Characters without width are dropped.
 */
export function visualSkeleton(text: string): string {
  const ascii = asciiLookAlike(text);
  let folded = '';
  for (let i = 0; i < ascii.length; i++) {
    const character = ascii[i]!;
    const next = ascii[i + 1];
    if (character === 'v' && next === 'v') {
      folded += 'w';
      i++;
    } else if (character === 'r' && next === 'n') {
      folded += 'm';
      i++;
    } else {
      folded += ALIKE.get(character) ?? character;
    }
  }
  return folded;
}

/** The ASCII text that a text in other letters looks like; ASCII text is returned as it is. */
export function asciiLookAlike(text: string): string {
  if (isAscii(text)) return text;
  let folded = '';
  for (const character of text.normalize('NFKD').toLowerCase()) {
    if (character <= '\u007f') folded += character;
    else if (!isInvisible(character)) folded += FOREIGN.get(character) ?? character;
  }
  return folded;
}

const ALIKE: ReadonlyMap<string, string> = new Map([
  ['0', 'o'],
  ['1', 'l'],
  ['i', 'l'],
  ['5', 's'],
  ['q', 'g'],
]);

const FOREIGN: ReadonlyMap<string, string> = new Map(
  [
    // Cyrillic
    'аa еe оo рp сc уy хx іi јj ѕs ԁd һh ӏl ԛq ԝw кk мm тt вb нh гr ьb',
    // Greek
    'αa βb γy εe ιi κk νv οo ρp τt υu χx ωw ϲc ϳj',
    // Armenian
    'օo սu ոn հh ցg զq',
    // Latin letters that are no accented form of an ASCII letter
    'ıi łl øo đd ħh ɡg ɑa ℓl',
    // Dashes and full stops
    '‐- ‑- ‒- –- —- −- ․. 。.',
  ].flatMap((group) => group.split(' ').map((pair): [string, string] => [pair[0]!, pair[1]!])),
);

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

/** Combining marks (accents split off by normalisation), zero-width and direction characters. */
function isInvisible(character: string): boolean {
  return /^[\p{M}\p{Cf}\p{Cc}]$/u.test(character);
}
