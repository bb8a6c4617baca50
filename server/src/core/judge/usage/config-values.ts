import { endOfQuoted, endOfRegular } from '../../read/text/script-literals.ts';
import type { Span } from '../../read/text/span.ts';

/** A name that stands in a configuration file under a key. */
export interface ConfigValue {
  readonly value: string;
  readonly offset: number;
}

/** What is read under a key. item: a string, or each of a list; key: the keys of an object; property: its values. */
export type ValuePlace = 'item' | 'key' | 'property';

/** A configuration file that is read by the places of its literals: nothing that is computed is returned. */
export interface ConfigText {
  valuesOf(key: string, places?: readonly ValuePlace[]): readonly ConfigValue[];
}

/** Reads the literals of JSON, of a script that exports an object, or of simple YAML. */
export function configText(path: string, text: string): ConfigText {
  const isYaml = /\.ya?ml$/.test(path) || (/rc$/.test(path) && !/^\s*(?:\{|\/[/*])/.test(text));
  const code = isYaml ? text : withBlankComments(text);
  return {
    valuesOf: (key, places = ['item']) => (isYaml ? yamlValues(code, key) : literals(code, key, places)),
  };
}

/** Returns the script with blanks for its comments, and for regular expressions, which may have quotes in them. */
function withBlankComments(text: string): string {
  let code = '';
  let from = 0;
  const blank = (start: number, end: number) => {
    code += text.slice(from, start) + text.slice(start, end).replace(/[^\n]/g, ' ');
    from = end;
  };
  for (let at = 0; at < text.length; at++) {
    const char = text[at]!;
    if (QUOTE.test(char)) at = endOfQuotedText(text, at);
    else if (char === '/' && text[at + 1] === '/') {
      const end = text.indexOf('\n', at);
      blank(at, end === -1 ? text.length : end);
      at = from - 1;
    } else if (char === '/' && text[at + 1] === '*') {
      const end = text.indexOf('*/', at + 2);
      blank(at, end === -1 ? text.length : end + 2);
      at = from - 1;
    } else if (char === '/' && BEFORE_REGULAR.test(text.slice(Math.max(0, at - 20), at))) {
      blank(at, Math.min(endOfRegular(text, at) + 1, text.length));
      at = from - 1;
    }
  }
  return code + text.slice(from);
}

const QUOTE = /["'`]/;
const BEFORE_REGULAR = /[(,=:[!&|?{};]\s*$/;
/** What may follow a literal that is a whole value. */
const VALUE_END = /^\s*(?:[,;)\]}]|\n|$)/;

/** A template may have several lines. */
function endOfQuotedText(text: string, open: number): number {
  if (text[open] !== '`') return endOfQuoted(text, open);
  let at = open + 1;
  while (at < text.length && text[at] !== '`') at += text[at] === '\\' ? 2 : 1;
  return at;
}

function literals(code: string, key: string, places: readonly ValuePlace[]): readonly ConfigValue[] {
  const escaped = key.replace(/\W/g, '\\$&');
  const found: ConfigValue[] = [];
  const options = optionsIn(code);
  for (const match of code.matchAll(new RegExp(`(?<![\\w$.-])(["']?)${escaped}\\1\\s*:\\s*`, 'g'))) {
    const at = match.index + match[0].length;
    const char = code[at] ?? '';
    if (options.some(({ start, end }) => start < at && at < end)) continue;
    if (QUOTE.test(char) && places.includes('item')) found.push(...literalAt(code, at));
    else if (char === '[' && places.includes('item')) found.push(...itemsOf(code, at));
    else if (char === '{') found.push(...membersOf(code, at, places));
  }
  return found;
}

/** Returns where the options in lists such as `["prismjs", { "plugins": [] }]` are: their keys are those of that package. */
function optionsIn(code: string): readonly Span[] {
  return [...code.matchAll(NAMED_OPTIONS)].map(({ index, 0: text }) => {
    const start = index + text.length - 1;
    return { start, end: endOf(code, start) };
  });
}

const NAMED_OPTIONS = /\[\s*(?:require(?:\.resolve)?\(\s*)?(["'])[^"'\n]{1,200}\1\s*\)?\s*,\s*\{/g;

/** Returns a string without parts that are computed, as far as it is the whole value. */
function literalAt(code: string, at: number): readonly ConfigValue[] {
  const end = endOfQuotedText(code, at);
  const value = code.slice(at + 1, end);
  if (code[end] !== code[at] || /[\\$\n]/.test(value) || !VALUE_END.test(code.slice(end + 1, end + 200)))
    return [];
  return [{ value, offset: at + 1 }];
}

/** Returns the strings of a list, and the first one of each list in it: a name with its options. */
function itemsOf(code: string, open: number): readonly ConfigValue[] {
  return partsOf(code, open).flatMap((at) => {
    if (code[at] === '[')
      return partsOf(code, at)
        .slice(0, 1)
        .flatMap((first) => stringAt(code, first));
    return code[at] === '{' ? namesOf(code, at) : stringAt(code, at);
  });
}

/** Returns the name in an object that has the options beside it. */
function namesOf(code: string, open: number): readonly ConfigValue[] {
  return partsOf(code, open).flatMap((member) => {
    const named = NAMED.exec(code.slice(member, member + 60));
    return named === null ? [] : literalAt(code, member + named[0].length);
  });
}

const NAMED = /^(["']?)(?:name|resolve|loader)\1\s*:\s*(?=["'`])/;

function membersOf(code: string, open: number, places: readonly ValuePlace[]): readonly ConfigValue[] {
  const named = places.includes('item') && !places.includes('key') ? namesOf(code, open) : [];
  const members = partsOf(code, open).flatMap((at) => {
    const member = /^(?:(["'])((?:[^"'\\\n]|\\.)+)\1|([\w$-]+))\s*:\s*/.exec(code.slice(at, at + 300));
    if (member === null) return [];
    const key = { value: member[2] ?? member[3]!, offset: at + (member[1]?.length ?? 0) };
    const value = at + member[0].length;
    return [
      ...(places.includes('key') && !code.startsWith('false', value) ? [key] : []),
      ...(places.includes('property') ? [...stringAt(code, value), ...firstOf(code, value)] : []),
    ];
  });
  return [...named, ...members];
}

function firstOf(code: string, at: number): readonly ConfigValue[] {
  return code[at] === '[' ? itemsOf(code, at) : [];
}

function stringAt(code: string, at: number): readonly ConfigValue[] {
  return QUOTE.test(code[at] ?? '') ? literalAt(code, at) : [];
}

/** Returns where the items or members between two brackets start. Nothing is nested in the reading, only counted. */
function partsOf(code: string, open: number): readonly number[] {
  return partsAndEnd(code, open).parts;
}

/** Returns where an object or list ends; the end of the text if it does not. */
function endOf(code: string, open: number): number {
  return partsAndEnd(code, open).end;
}

function partsAndEnd(
  code: string,
  open: number,
): { readonly parts: readonly number[]; readonly end: number } {
  const parts: number[] = [];
  let depth = 0;
  let isNext = true;
  for (let at = open + 1; at < code.length; at++) {
    const char = code[at]!;
    if (char.trim() === '') continue;
    if (depth === 0 && /[\])}]/.test(char)) return { parts, end: at };
    if (depth === 0 && char === ',') {
      isNext = true;
      continue;
    }
    if (isNext) parts.push(at);
    isNext = false;
    if (QUOTE.test(char)) at = endOfQuotedText(code, at);
    else if (/[[({]/.test(char)) depth++;
    else if (/[\])}]/.test(char)) depth--;
  }
  // A list that does not end is none.
  return { parts: [], end: code.length };
}

/** Returns a plain value behind a key, or the items of the list below it. */
function yamlValues(text: string, key: string): readonly ConfigValue[] {
  const escaped = key.replace(/\W/g, '\\$&');
  const found: ConfigValue[] = [];
  for (const match of text.matchAll(new RegExp(`^([ \\t]*)(["']?)${escaped}\\2:[ \\t]*`, 'gm'))) {
    const at = match.index + match[0].length;
    const rest = text.slice(at, lineEnd(text, at));
    if (rest.startsWith('[')) {
      const list = /^\[([^[\]{}]*)\]/.exec(text.slice(at, at + 2000))?.[1] ?? '';
      for (const item of list.matchAll(SCALARS)) found.push(scalar(item[0], at + 1 + item.index));
    } else if (/^(?:#.*|\s*)$/.test(rest))
      found.push(...yamlItems(text, lineEnd(text, at) + 1, match[1]!.length));
    else found.push(scalar(rest, at));
  }
  return found.filter(({ value }) => value !== '');
}

const SCALARS = /"[^"\n]*"|'[^'\n]*'|[^\s,"'][^,\n]*/g;

function yamlItems(text: string, start: number, indent: number): readonly ConfigValue[] {
  const found: ConfigValue[] = [];
  let own: number | undefined;
  for (let at = start; at < text.length; at = lineEnd(text, at) + 1) {
    const line = text.slice(at, lineEnd(text, at));
    if (/^\s*(?:#.*)?$/.test(line)) continue;
    const item = /^([ \t]*)-[ \t]+(?:-[ \t]+)?/.exec(line);
    const depth = /^[ \t]*/.exec(line)![0].length;
    if (depth < indent || (depth === indent && item === null)) break;
    own ??= depth;
    if (item !== null && depth === own) found.push(scalar(line.slice(item[0].length), at + item[0].length));
  }
  return found;
}

/** Returns a scalar without quotes and comment; nothing of an object or of anything with tags or anchors. */
function scalar(text: string, offset: number): ConfigValue {
  const match = /^(?:"([^"\\]*)"|'([^']*)'|([^\s"'[\]{}&*!|>:#]+))\s*(?:\s#.*)?:?$/.exec(text.trimEnd());
  const value = match?.[1] ?? match?.[2] ?? match?.[3] ?? '';
  return { value, offset: offset + (match?.[3] === undefined ? 1 : 0) };
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}
