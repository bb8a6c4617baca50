import { decodeBase64 } from '../../../read/text/encoding.ts';
import { Label, NAMES } from './labels.ts';
import { elementRef } from './page-forms.ts';
import { either, exactText, GAP, labelled, pieceOf, UNKNOWN, type Value, withLabels } from './value.ts';

const LONGEST_TEXT = 200_000;
const MOST_ELEMENTS = 5000;

/** Joins pieces to a text, with a gap for each unknown one; undefined if nothing is known. */
export function joinPieces(pieces: readonly Value[], separator = ''): Value {
  const labels = pieces.reduce((all, { labels }) => all | labels, 0);
  let isPartial = false;
  let isAnyKnown = false;
  let length = 0;
  const texts = pieces.map((piece) => {
    const text = pieceOf(piece);
    if (text === undefined || piece.isPartial === true) isPartial = true;
    if (text !== undefined && text !== '') isAnyKnown = true;
    length += text?.length ?? 1;
    return text ?? GAP;
  });
  if (!isAnyKnown || length > LONGEST_TEXT) return labelled(labels);
  return { labels, text: texts.join(separator), isPartial };
}

/** Checks for a value to which methods can be applied. */
export function isFoldable({ text, number, list }: Value): boolean {
  return text !== undefined || number !== undefined || list !== undefined;
}

/** Applies a method of strings, numbers or lists to known values. Returns undefined if the method is not one of them. */
export function foldMethod(of: Value, name: string, args: readonly Value[]): Value | undefined {
  const labels = args.reduce((all, one) => all | one.labels, of.labels);
  if (of.list !== undefined) return foldList(of.list, name, args, labels);
  if (of.number !== undefined && name === 'toString')
    return { labels, text: of.number.toString(radix(args[0])) };
  const text = of.text;
  if (text === undefined) return undefined;
  const [first, second] = args;
  const a = first?.number;
  const b = second?.number;
  const made = (result: string, more = 0): Value => ({
    labels: labels | more,
    text: result,
    isPartial: of.isPartial,
  });
  switch (name) {
    case 'toString':
    case 'valueOf':
    case 'trim':
    case 'normalize':
    case 'trimEnd':
    case 'trimStart':
      return made(name.startsWith('trim') ? text.trim() : text);
    case 'toLowerCase':
      return made(text.toLowerCase());
    case 'toUpperCase':
      return made(text.toUpperCase());
    case 'concat':
      return joinPieces([of, ...args]);
    case 'slice':
      return made(text.slice(a, b));
    case 'substring':
      return made(text.substring(a ?? 0, b));
    case 'substr':
      return made(text.slice(a ?? 0, b === undefined ? undefined : (a ?? 0) + b));
    case 'charAt':
    case 'at':
      return made(text.at(a ?? 0) ?? '');
    case 'charCodeAt':
    case 'codePointAt':
      return { labels, number: text.charCodeAt(a ?? 0) };
    case 'indexOf': {
      const sought = exactText(first ?? UNKNOWN);
      if (sought === undefined || of.isPartial === true) return undefined;
      return { labels: labels & ~NAMES, number: text.indexOf(sought) };
    }
    case 'repeat':
      return text.length * (a ?? 0) > LONGEST_TEXT || (a ?? 0) < 0
        ? labelled(labels)
        : made(text.repeat(a ?? 0));
    case 'split': {
      const separator = exactText(first ?? UNKNOWN);
      if (separator === undefined || of.isPartial === true) return labelled(labels);
      return {
        labels,
        list: text
          .slice(0, LONGEST_TEXT)
          .split(separator)
          .slice(0, MOST_ELEMENTS)
          .map((one) => ({ labels, text: one })),
      };
    }
    case 'replace':
    case 'replaceAll': {
      const [from, to] = [exactText(first ?? UNKNOWN), exactText(second ?? UNKNOWN)];
      if (to === undefined) return labelled(labels);
      if (from !== undefined)
        return made(
          name === 'replace' ? text.replace(from, () => to) : text.replaceAll(from, () => to),
          Label.pieced,
        );
      const plain = /^regexp:([\w\s.-]|\[[\w\s.,|!@#%&~:;-]{1,40}\]|\\[.sdw-])\+?\/g$/.exec(
        first?.ref ?? '',
      )?.[1];
      return plain === undefined
        ? labelled(labels)
        : made(
            text.replace(new RegExp(plain, 'g'), () => to),
            Label.pieced,
          );
    }
  }
  return undefined;
}

/**
 * Returns a pattern whose matches are found in time that grows with the text alone: characters and classes in a row, each
 * with a count at most. Returns undefined for others.
 */
export function steadyPattern(ref: string): RegExp | undefined {
  const [, source = '', flags = ''] = /^regexp:(.{1,60})\/([a-z]*)$/.exec(ref) ?? [];
  if (!STEADY.test(source)) return undefined;
  try {
    return new RegExp(source, flags.replace(/[^gi]/g, ''));
  } catch {
    return undefined;
  }
}

const ATOMS = String.raw`(?:(?:\.|\\[wdsWDS.xu%\\]|[\w%&#;:=-]|\[[\w.,:;#%&@!~-]{1,40}\])(?:\{\d\})?)`;
const STEADY = new RegExp(String.raw`^${ATOMS}{0,4}(?:\(${ATOMS}{1,6}\)|${ATOMS})${ATOMS}{0,4}$`);

function foldList(
  list: readonly Value[],
  name: string,
  args: readonly Value[],
  labels: number,
): Value | undefined {
  const [first, second] = args;
  switch (name) {
    case 'join': {
      const separator = first === undefined ? ',' : exactText(first);
      const joined = joinPieces(list, separator ?? GAP);
      return { ...joined, labels: joined.labels | labels | (list.length > 1 ? Label.pieced : 0) };
    }
    case 'reverse':
    case 'toReversed': {
      // The matches of a pattern are walked backward as well, to replace them in a text.
      const isText = list.some(({ text }) => text !== undefined);
      return { labels: labels | (isText ? Label.pieced | Label.reversed : 0), list: [...list].reverse() };
    }
    case 'slice':
      return { labels, list: list.slice(first?.number, second?.number) };
    case 'concat':
      return { labels, list: [...list, ...args.flatMap((one) => one.list ?? [one])].slice(0, MOST_ELEMENTS) };
    case 'flat':
      return { labels, list: list.flatMap((one) => one.list ?? [one]).slice(0, MOST_ELEMENTS) };
    case 'at':
      return withLabels(list.at(first?.number ?? 0) ?? UNKNOWN, labels & ~NAMES);
    case 'pop':
    case 'shift':
      return withLabels(list.at(name === 'pop' ? -1 : 0) ?? UNKNOWN, labels & ~NAMES);
    case 'filter':
    case 'sort':
    case 'values':
      return { labels, list };
    case 'find':
      return elementOf({ labels, list });
  }
  return undefined;
}

function radix(value: Value | undefined): number | undefined {
  const number = value?.number;
  return number !== undefined && number >= 2 && number <= 36 ? number : undefined;
}

/** Returns what any element of a list may be. */
export function elementOf(of: Value): Value {
  const element = of.list === undefined ? elementRef(of.ref) : undefined;
  if (element !== undefined) return { labels: of.labels, ref: element };
  if (of.list === undefined) return labelled(of.labels);
  let found: Value = labelled(of.labels);
  for (const one of of.list.slice(0, 200)) found = either(found, one);
  return found;
}

/** Decodes a text as `Buffer.from` and `atob` do. */
export function decodeText(value: Value, encoding: string): Value {
  if (!/^(?:base64(?:url)?|hex|uri)$/i.test(encoding)) return value;
  const labels = value.labels | Label.decoded;
  const text = exactText(value);
  // Escapes in what the code gets are those of a format.
  if (text === undefined && /^uri$/i.test(encoding)) return labelled(value.labels);
  if (text === undefined || text.length > LONGEST_TEXT) return labelled(labels);
  try {
    if (/^base64(?:url)?$/i.test(encoding)) return { labels, text: decodeBase64(text) };
    if (/^hex$/i.test(encoding))
      return {
        labels,
        text: text.replace(/../g, (pair) => String.fromCharCode(Number.parseInt(pair, 16) || 0)),
      };
    if (/^uri$/i.test(encoding)) return { labels, text: decodeURIComponent(text) };
  } catch {
    return labelled(labels);
  }
  return value;
}

/** Computes an operator of numbers. */
export function foldNumbers(operator: string, a: number, b: number): number | undefined {
  switch (operator) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '%':
      return a % b;
    case '^':
      return a ^ b;
    case '&':
      return a & b;
    case '|':
      return a | b;
    case '<<':
      return a << b;
    case '>>':
      return a >> b;
    case '>>>':
      return a >>> b;
  }
  return undefined;
}
