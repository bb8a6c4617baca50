/**
 * Characters that look alike. In ASCII: 0 and o, 1 and l and i, 5 and s, q and g, vv and w, rn and m. Letters of other
 * scripts are folded to the ASCII letter that they resemble (from the Unicode confusables of the scripts used most
 * often for deception: Cyrillic, Greek, Armenian, and full-width and accented Latin). Characters without width are
 * dropped.
 */
const ALIKE: readonly string[] = ['0o', '1li', '5s', 'gq'];

/** Checks whether two characters, or one and two, are indistinguishable at a glance. */
export function looksLike(a: string, b: string): boolean {
  return (
    a.length === 1 &&
    b.length === 1 &&
    a !== b &&
    ALIKE.some((group) => group.includes(a) && group.includes(b))
  );
}

/** Returns one text for all that are indistinguishable at a glance. */
export function visualSkeleton(text: string): string {
  let folded = asciiLookAlike(text).toLowerCase().replaceAll('vv', 'w').replaceAll('rn', 'm');
  for (const [first, ...others] of ALIKE)
    for (const other of others) folded = folded.replaceAll(other, first!);
  return folded;
}

/**
 * Returns the possible originals of a word in which several characters were exchanged for others that look the same.
 */
export function lookAlikeSpellings(squashed: string): readonly string[] {
  const spellings = new Set<string>();
  const joined = squashed.replaceAll('vv', 'w').replaceAll('rn', 'm');
  for (const text of [squashed, joined]) {
    spellings.add(text);
    const letters = text.replaceAll('0', 'o').replaceAll('5', 's');
    for (const one of 'li') {
      const lettered = letters.replaceAll('1', one);
      spellings.add(lettered).add(lettered.replaceAll('q', 'g'));
    }
  }
  for (let at = squashed.indexOf('m'); at >= 0; at = squashed.indexOf('m', at + 1)) {
    spellings.add(`${squashed.slice(0, at)}rn${squashed.slice(at + 1)}`);
  }
  for (let at = squashed.indexOf('w'); at >= 0; at = squashed.indexOf('w', at + 1)) {
    spellings.add(`${squashed.slice(0, at)}vv${squashed.slice(at + 1)}`);
  }
  spellings.delete(squashed);
  return [...spellings];
}

/** Checks whether a text has letters of other scripts, or invisible characters. */
export function looksForeign(text: string): boolean {
  return /[^ -~]/.test(text);
}

/** Returns the ASCII text that a text in other letters resembles; ASCII text is returned as it is. */
export function asciiLookAlike(text: string): string {
  if (isAscii(text)) return text;
  let folded = '';
  for (const character of text.normalize('NFKD').toLowerCase()) {
    if (character <= '\u007f') folded += character;
    else if (!isInvisible(character)) folded += FOREIGN.get(character) ?? character;
  }
  return folded;
}

const FOREIGN: ReadonlyMap<string, string> = new Map(
  [
    // Cyrillic
    'аa еe оo рp сc уy хx іi јj ѕs ԁd һh ӏl ԛq ԝw кk мm тt вb нh гr ьb',
    // Greek
    'αa βb γy εe ιi κk νv οo ρp τt υu χx ωw ϲc ϳj',
    // Armenian
    'օo սu ոn հh ցg զq',
    // Latin letters that are not accented forms of an ASCII letter
    'ıi łl øo đd ħh ɡg ɑa ℓl',
    // Dashes and full stops
    '‐- ‑- ‒- –- —- −- ․. 。.',
  ].flatMap((group) => group.split(' ').map((pair): [string, string] => [pair[0]!, pair[1]!])),
);

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}

/** Matches combining marks (accents split off by normalization), zero-width and direction characters. */
export function isInvisible(character: string): boolean {
  return /^[\p{M}\p{Cf}\p{Cc}]$/u.test(character);
}
