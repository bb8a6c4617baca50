import { CHARACTERS, piecesOf } from './pieces.ts';
import type { Random } from './random.ts';
import type { Source } from './source.ts';

/** A text derived from a source, with the applied changes in order. */
export interface Mutant {
  readonly text: string;
  readonly steps: readonly string[];
}

/** The inputs of mutations. */
export interface Material {
  readonly source: Source;
  /** Complete entries of the source, as ranges of its lines. */
  readonly blocks: readonly { readonly start: number; readonly end: number }[];
  /** Other texts to splice with, of any format. */
  readonly others: readonly Source[];
}

type Mutation = (text: string, material: Material, random: Random) => string;

/** Returns a source with up to three changes. */
export function mutate(material: Material, random: Random): Mutant {
  const first = random.below(3);
  // Removals and cuts are best judged if nothing else is wrong.
  if (first === 0) {
    const name = random.chance(0.5) ? 'cut' : 'remove entries';
    return { text: MUTATIONS[name]!(material.source.text, material, random), steps: [name] };
  }
  let { text } = material.source;
  const steps: string[] = [];
  for (let change = random.below(3); change >= 0; change--) {
    const name = random.pick(NAMES);
    text = MUTATIONS[name]!(text, material, random);
    steps.push(name);
  }
  return { text, steps };
}

const MUTATIONS: Readonly<Record<string, Mutation>> = {
  cut: (text, material, random) => text.slice(0, cutPlace(text, material, random)),
  'cut the start': (text, _, random) =>
    text.slice(random.chance(0.5) ? lineStart(text, random) : random.below(text.length)),
  'remove entries': removeEntries,
  'change a character': (text, _, random) =>
    splice(text, random.below(text.length), 1, random.pick(CHARACTERS)),
  'insert a character': (text, _, random) =>
    splice(text, random.below(text.length), 0, random.pick(CHARACTERS)),
  'delete a character': (text, _, random) => splice(text, random.below(text.length), 1, ''),
  'insert a piece': (text, { source }, random) =>
    splice(text, placeIn(text, random), random.below(3), random.pick(piecesOf(source.family))),
  'insert a piece at a line': (text, { source }, random) =>
    splice(text, lineStart(text, random), 0, random.pick(piecesOf(source.family))),
  'delete a span': (text, _, random) => splice(text, random.below(text.length), random.below(200), ''),
  'repeat a span': (text, _, random) => {
    const at = random.below(text.length);
    return splice(text, at, 0, text.slice(at, at + random.below(300)));
  },
  'move a span': (text, _, random) => {
    const at = random.below(text.length);
    const span = text.slice(at, at + random.below(300));
    const rest = splice(text, at, span.length, '');
    return splice(rest, placeIn(rest, random), 0, span);
  },
  'delete lines': (text, _, random) => changeLines(text, random, () => []),
  'repeat lines': (text, _, random) => changeLines(text, random, (lines) => [...lines, ...lines]),
  'reverse lines': (text, _, random) => changeLines(text, random, (lines) => lines.toReversed()),
  'repeat an entry': (text, material, random) => repeatEntry(text, material, random),
  'rename an entry': (text, material, random) => {
    const block = blockIn(text, material, random);
    const name = /[\w./-]+/.exec(text.slice(block.start, block.end))?.[0] ?? '';
    const at = text.indexOf(name, block.start);
    return splice(
      text,
      at,
      name.length,
      random.pick(['__proto__', 'constructor', 'toString', '..', '/abs', '']),
    );
  },
  'change a version': (text, _, random) =>
    text.replace(
      /((?:lockfileVersion"?: ['"]?|\n {2}version: |yarn lockfile v))[\d.]+/,
      (__, head: string) =>
        head +
        random.pick([
          '0',
          '1',
          '2',
          '3',
          '4',
          '5',
          '5.9',
          '6.0',
          '8',
          '9.0',
          '11',
          '13.0',
          '99',
          '-1',
          '1e3',
        ]),
    ),
  'indent lines': (text, _, random) => {
    const add = random.pick([' ', '  ', '\t', '    ']);
    return changeLines(text, random, (lines) => lines.map((line) => add + line));
  },
  'outdent lines': (text, _, random) => {
    const width = 1 + random.below(3);
    return changeLines(text, random, (lines) =>
      lines.map((line) => line.replace(/^[ \t]+/, (indent) => indent.slice(width))),
    );
  },
  'other line ends': (text, _, random) => {
    const end = random.pick(['\r\n', '\r', '\n\n', '\u2028']);
    return random.chance(0.5)
      ? text.replaceAll('\n', end)
      : changeLines(text, random, (lines) => lines.map((line) => line + end.slice(0, 1)));
  },
  'leave a conflict': leaveConflict,
  'nest deeply': (text, _, random) => {
    const bracket = random.pick([
      '[',
      '{',
      '{"a":',
      '(',
      '- ',
      '? ',
      '["a",',
      '{a: ',
      ' ',
      '  ',
      '>',
      '&a ',
      '!!a ',
    ]);
    return splice(
      text,
      placeIn(text, random),
      0,
      bracket.repeat(1 + random.below(random.chance(0.2) ? 3000 : 60)),
    );
  },
  'make a key huge': (text, _, random) => {
    const piece = random.pick([
      'k',
      '/',
      '@',
      'a/',
      '@s/',
      ', ',
      ':',
      '(a)',
      '(',
      '::',
      'node_modules/',
      '\\u0061',
      "''",
      '""',
      '%25',
      '.',
      '_',
      '\\',
    ]);
    const at = text.indexOf(random.pick(['@', '/', '":', ':']), random.below(text.length));
    return splice(
      text,
      Math.max(0, at),
      0,
      piece.repeat(1 + random.below(random.chance(0.2) ? 20_000 : 300)),
    );
  },
  'splice with another': (text, { others }, random) => {
    const other = random.pick(others).text;
    const at = random.chance(0.7) ? lineStart(text, random) : random.below(text.length);
    const from = random.chance(0.7) ? lineStart(other, random) : random.below(other.length);
    return text.slice(0, at) + other.slice(from, from + 20_000);
  },
};

const NAMES = Object.keys(MUTATIONS);

function splice(text: string, at: number, length: number, inserted: string): string {
  return text.slice(0, at) + inserted + text.slice(at + length);
}

function lineStart(text: string, random: Random): number {
  return text.lastIndexOf('\n', random.below(text.length)) + 1;
}

/** Returns a position that matters to a scanner, the start or end of a token, a value or a line, or any other. */
function placeIn(text: string, random: Random): number {
  const at = random.below(text.length);
  if (random.chance(0.3)) return at;
  const found = text.slice(at, at + 500).search(/[\n"'{}[\],:@(]/);
  return found === -1 ? at : at + found + random.below(2);
}

function cutPlace(text: string, { blocks }: Material, random: Random): number {
  switch (random.below(4)) {
    case 0:
      return random.below(text.length);
    case 1:
      return lineStart(text, random) - random.below(2);
    case 2:
      return blocks.length === 0 ? 0 : random.pick(blocks).end;
    default:
      return placeIn(text, random);
  }
}

function blockIn(
  text: string,
  { source, blocks }: Material,
  random: Random,
): { readonly start: number; readonly end: number } {
  // The positions of entries are known only in the unchanged text.
  if (blocks.length > 0 && text === source.text) return random.pick(blocks);
  const start = lineStart(text, random);
  return { start, end: start + random.below(400) };
}

/**
 * Removes entries. In a format with commas, the last entry's comma is left behind or removed, so that the rest is
 * well-formed.
 */
function removeEntries(text: string, material: Material, random: Random): string {
  if (text !== material.source.text) {
    const { start, end } = blockIn(text, material, random);
    return splice(text, start, end - start, '');
  }
  const count = random.chance(0.7) ? 1 : 1 + random.below(5);
  const removed = new Set(Array.from({ length: count }, () => blockIn(text, material, random)));
  let changed = text;
  for (const { start, end } of [...removed].sort((a, b) => b.start - a.start)) {
    const after = changed.slice(end);
    const isLast = /^\s*\}/.test(after);
    const before = changed.slice(0, start);
    changed = (isLast ? before.replace(/,(\s*)$/, '$1') : before) + after;
  }
  return changed;
}

function repeatEntry(text: string, material: Material, random: Random): string {
  const { start, end } = blockIn(text, material, random);
  const block = text.slice(start, end);
  const at = random.chance(0.5) ? end : blockIn(text, material, random).start;
  const copy = random.chance(0.5) ? block : block.replace(/\d/, (digit) => String((Number(digit) + 1) % 10));
  return splice(text, at, 0, copy);
}

function changeLines(
  text: string,
  random: Random,
  change: (lines: readonly string[]) => readonly string[],
): string {
  const lines = text.split('\n');
  const at = random.below(lines.length);
  const count = random.chance(0.6) ? 1 : 1 + random.below(12);
  return [...lines.slice(0, at), ...change(lines.slice(at, at + count)), ...lines.slice(at + count)].join(
    '\n',
  );
}

/** Adds a conflict around an entry or some lines: complete, as written by git or `diff3`, or with a marker missing. */
function leaveConflict(text: string, material: Material, random: Random): string {
  const { start, end } = blockIn(text, material, random);
  const mine = text.slice(start, end);
  const theirs = random.chance(0.8) ? mine.replace(/\d/, '7') : '';
  const base = random.chance(0.3) ? `||||||| 1234567\n${mine}` : '';
  let conflict = `<<<<<<< HEAD\n${mine}${base}=======\n${theirs}>>>>>>> main\n`;
  if (random.chance(0.3))
    conflict = conflict.replace(random.pick(['<<<<<<< HEAD\n', '=======\n', '>>>>>>> main\n']), '');
  return splice(text, start, end - start, conflict);
}
