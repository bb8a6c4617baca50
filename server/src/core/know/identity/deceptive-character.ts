import { aliasParts } from '../../read/manifest/read-specifier.ts';
import { asciiLookAlike, isInvisible, looksForeign } from './visual-skeleton.ts';

/** A character that passes for another one, or is invisible. */
export interface DeceptiveCharacter {
  /** Offset in the name. */
  readonly at: number;
  readonly character: string;
  /** The character it resembles; empty for an invisible one. */
  readonly looksLike: string;
}

/**
 * Returns the first character of a name that makes it look like a pure ASCII one; undefined for a name that nobody
 * mistakes for ASCII, or that is ASCII.
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

/** Checks a declared value in the same way: the name in an alias, and otherwise only invisible characters. */
export function deceptiveInValue(declared: string): DeceptiveCharacter | undefined {
  if (!looksForeign(declared)) return undefined;
  const name = aliasParts(declared)?.target ?? '';
  const found = deceptiveCharacter(name);
  return found === undefined ? hiddenCharacter(declared) : { ...found, at: found.at + 'npm:'.length };
}

/** Returns the probable intention: the name of an alias in plain letters, without invisible characters. */
export function plainValue(declared: string): string {
  const alias = aliasParts(declared);
  const nameEnd = alias === undefined ? 0 : 'npm:'.length + alias.target.length;
  let plain = asciiLookAlike(declared.slice(0, nameEnd)) + declared.slice(nameEnd);
  for (let hidden = hiddenCharacter(plain); hidden !== undefined; hidden = hiddenCharacter(plain)) {
    plain = plain.slice(0, hidden.at) + plain.slice(hidden.at + hidden.character.length);
  }
  return plain;
}

/** Returns the first character that is invisible, or that changes the order in which others are displayed. */
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

/** Formats a code point like Unicode: U+0430. */
export function codePointOf(character: string): string {
  return `U+${character.codePointAt(0)!.toString(16).toUpperCase().padStart(4, '0')}`;
}
