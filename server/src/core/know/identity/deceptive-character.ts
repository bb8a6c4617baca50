import { asciiLookAlike, isInvisible, looksForeign } from './visual-skeleton.ts';

/** A character that passes for another one, or for none. */
export interface DeceptiveCharacter {
  /** Offset in the name. */
  readonly at: number;
  readonly character: string;
  /** What it looks like; empty for one that is not seen. */
  readonly looksLike: string;
}

/**
 * The first character of a name that makes it look like another one, all in ASCII; undefined for a name that nobody takes
 * for ASCII, or that is.
 */
export function deceptiveCharacter(name: string): DeceptiveCharacter | undefined {
  if (!looksForeign(name)) return undefined;
  const hidden = hiddenCharacter(name);
  if (looksForeign(asciiLookAlike(name))) return hidden;
  let at = 0;
  for (const character of name) {
    if (looksForeign(character)) return { at, character, looksLike: asciiLookAlike(character) };
    at += character.length;
  }
  return hidden;
}

/** The same of what a manifest declares: of the name in an alias, and else only what is not seen. */
export function deceptiveInValue(declared: string): DeceptiveCharacter | undefined {
  if (!looksForeign(declared)) return undefined;
  const name = /^npm:(@?[^@]*)/.exec(declared)?.[1];
  const found = name === undefined ? undefined : deceptiveCharacter(name);
  return found === undefined ? hiddenCharacter(declared) : { ...found, at: found.at + 'npm:'.length };
}

/** What was probably meant: the name of an alias in plain letters, and nothing that is not seen. */
export function plainValue(declared: string): string {
  let plain = declared.replace(/^npm:@?[^@]*/, (alias) => asciiLookAlike(alias));
  for (let hidden = hiddenCharacter(plain); hidden !== undefined; hidden = hiddenCharacter(plain)) {
    plain = plain.slice(0, hidden.at) + plain.slice(hidden.at + hidden.character.length);
  }
  return plain;
}

/** The first character that is not seen, or that changes the order in which others are. */
export function hiddenCharacter(text: string): DeceptiveCharacter | undefined {
  if (!looksForeign(text)) return undefined;
  let at = 0;
  for (const character of text) {
    if (looksForeign(character) && isInvisible(character) && !/\p{M}/u.test(character)) {
      return { at, character, looksLike: '' };
    }
    at += character.length;
  }
  return undefined;
}

/** As Unicode writes it: U+0430. */
export function codePointOf(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}
