import type { StartedFile } from '../../read/project/started-code.ts';
import { moduleTraits, shellTraits } from './code-traits.ts';
import { type ModuleText, readModuleText } from './module-text.ts';
import { suspiciousModule, type TogetherWith } from './suspicious-module.ts';
import { type SuspiciousScript, suspiciousScript } from './suspicious-script.ts';

/** A file that an install script starts, or that such a file loads. */
export interface CodeFile {
  readonly text: string;
  readonly language: 'module' | 'shell';
}

/** A file whose text was read into one form, with what it does by itself. */
export interface ReadCode {
  readonly text: string;
  readonly module: ModuleText | undefined;
  /** Each trait once, with its offset in the text. */
  readonly traits: readonly {
    readonly trait: StartedFile['traits'][number]['trait'];
    readonly offset: number;
  }[];
}

/** The part of a file that is read: worms with bundles of ten megabytes show what they are before that. */
const LONGEST = 4_000_000;
/** What one reading of a command line takes; see `suspiciousScript`. */
const WINDOW = 8000;
/** Longer scripts are archives that unpack themselves. */
const MOST_WINDOWS = 16;

/** Reads a file that a script starts; nothing of it is run. */
export function readCode({ text: whole, language }: CodeFile): ReadCode {
  const text = whole.slice(0, LONGEST);
  if (language === 'shell')
    return {
      text,
      module: undefined,
      traits: shellTraits(text).map(({ trait, at }) => ({ trait, offset: at })),
    };
  const module = readModuleText(text);
  const traits = moduleTraits(module).map(({ trait, at }) => ({ trait, offset: module.sourceOffset(at) }));
  return { text, module, traits };
}

/** Returns what the files of one script do together. */
export function togetherWith(files: readonly ReadCode[]): TogetherWith {
  const has = (wanted: string) => files.some(({ traits }) => traits.some(({ trait }) => trait === wanted));
  return { opensConnections: has('network'), startsPrograms: has('programs') };
}

/** Something suspicious with its offset in the text. */
export type SuspiciousOffset = Pick<NonNullable<StartedFile['suspicious']>, 'suspicion' | 'outline'> & {
  readonly offset: number;
};

/** Returns the first thing in a file that no install needs; undefined if there is none. */
export function suspiciousIn(
  { text, module }: ReadCode,
  together: TogetherWith,
): SuspiciousOffset | undefined {
  if (module === undefined) return suspiciousInShell(text);
  const found = suspiciousModule(module, together);
  if (found === undefined) return undefined;
  return { suspicion: found.suspicion, outline: found.outline, offset: module.sourceOffset(found.at) };
}

function suspiciousInShell(text: string): SuspiciousOffset | undefined {
  let start = 0;
  for (let left = MOST_WINDOWS; start < text.length && left > 0; left--) {
    const end = start + WINDOW >= text.length ? text.length : text.lastIndexOf('\n', start + WINDOW) + 1;
    const next = end <= start ? start + WINDOW : end;
    const part = text.slice(start, next);
    const found = suspiciousScript(withoutComments(part));
    // Blanks are indentation here.
    if (found !== undefined && found.suspicion !== 'hidden') {
      const { suspicion, outline } = found;
      return { suspicion, outline, offset: start + lineOf(part, found) };
    }
    start = next;
  }
  return undefined;
}

/** Blanks out comments of lines, so that what they mention does not count. */
function withoutComments(text: string): string {
  return text.replace(/^[ \t]*(?:#|::|rem\b|\/\/).*$/gim, '');
}

/** Returns the offset of the line that is suspicious by itself, or else of the first that has the program. */
function lineOf(text: string, { outline }: SuspiciousScript): number {
  const program = outline.split(' ', 1)[0]!;
  let first: number | undefined;
  let offset = 0;
  for (const line of text.split('\n')) {
    const code = withoutComments(line);
    if (code.trim() !== '' && suspiciousScript(code)?.outline === outline) return offset;
    if (code.includes(program)) first ??= offset;
    offset += line.length + 1;
  }
  return first ?? 0;
}
