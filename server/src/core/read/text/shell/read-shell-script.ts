import type { Span } from '../span.ts';
import { MOST_WORDS } from './shell-words.ts';

/** A word of a script, without its quotes. */
export interface ScriptWord {
  readonly text: string;
  /** In the text that was read, with its quotes. */
  readonly span: Span;
  /** Whether a variable or substitution is part of it, so that the text is not what the program gets. */
  readonly isVariable: boolean;
}

/** What stands behind a command; `<(` for a command whose argument is the output of the next one. */
export type ShellOperator = '&&' | '||' | '|' | '&' | ';' | '(' | ')' | '<(' | '$(' | undefined;

/** One program with its arguments, as far as the words reveal them. */
export interface ScriptCommand {
  readonly words: readonly ScriptWord[];
  readonly after: ShellOperator;
}

/**
 * Reads a POSIX shell script, as CI and containers run it. Understood are words, quotes, escapes, continued lines,
 * comments, `&&`, `||`, `;`, `|`, `&`, brackets, redirections and here-documents, whose text is skipped. Keywords such as
 * `if` are words. Variables, substitutions and the expressions of CI systems mark their word as unknown. Within double
 * quotes, `$(…)` is read as commands as well. NUL characters are skipped, which lets callers blank out what is no part of
 * the script without moving the rest; `SAME` belongs to the character before it. Never throws.
 */
export function readShellScript(text: string, depth = 0): readonly ScriptCommand[] {
  return new ScriptReader(text.slice(0, LONGEST_SCRIPT), depth).read();
}

const LONGEST_SCRIPT = 100_000;
/** Stands for the rest of a character that takes two in the file. */
export const SAME = '\u0001';
/** Characters that are no part of the script. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are not in any script
const BLANKED = /[\0\u0001]/g;
const MOST_COMMANDS = 2000;
const MOST_HERE_DOCUMENTS = 20;
const DEEPEST = 3;

class ScriptReader {
  readonly #text: string;
  readonly #depth: number;
  readonly #commands: { words: ScriptWord[]; after: ShellOperator }[] = [{ words: [], after: undefined }];
  readonly #nested: ScriptCommand[] = [];
  readonly #hereDocuments: string[] = [];
  #word = '';
  #start = -1;
  #end = -1;
  #isVariable = false;
  #isTarget = false;

  constructor(text: string, depth: number) {
    this.#text = text;
    this.#depth = depth;
  }

  read(): readonly ScriptCommand[] {
    for (let at = 0; at < this.#text.length && this.#commands.length < MOST_COMMANDS; ) at = this.#step(at);
    this.#endWord();
    return [...this.#commands.filter(({ words }) => words.length > 0), ...this.#nested];
  }

  /** Reads one character or more, and returns the offset behind them. */
  #step(at: number): number {
    const text = this.#text;
    const char = text[at]!;
    switch (char) {
      case '\0':
        return at + 1;
      case SAME:
        if (this.#start !== -1) this.#end = at + 1;
        return at + 1;
      case '\\':
        return this.#escape(at);
      case "'":
      case '"':
        return this.#quoted(at);
      case '$':
        return this.#dollar(at);
      case '`':
        return this.#operator(at, '$(', 1);
      case '#':
        if (this.#start === -1) return lineEnd(text, at);
        break;
      case '>':
        // The number of a file descriptor is part of the redirection.
        if (/^\d$/.test(this.#word)) this.#dropWord();
        this.#endWord();
        this.#isTarget = true;
        return text[at + 1] === '>' || text[at + 1] === '&' || text[at + 1] === '|' ? at + 2 : at + 1;
      case '<':
        return this.#input(at);
      case '\n':
        this.#operator(at, ';', 1);
        return this.#skipHereDocuments(at + 1);
      case ';':
      case '(':
      case ')':
        return this.#operator(at, char, 1);
      case '&':
        if (text[at + 1] === '>') return this.#operator(at, undefined, 1);
        return text[at + 1] === '&' ? this.#operator(at, '&&', 2) : this.#operator(at, '&', 1);
      case '|':
        return text[at + 1] === '|' ? this.#operator(at, '||', 2) : this.#operator(at, '|', 1);
      case ' ':
      case '\t':
      case '\r':
        this.#endWord();
        return at + 1;
    }
    this.#add(char, at, at + 1);
    return at + 1;
  }

  #add(text: string, start: number, end: number): void {
    this.#word += text;
    if (this.#start === -1) this.#start = start;
    this.#end = end;
  }

  #endWord(): void {
    const words = this.#commands.at(-1)!.words;
    if (this.#start !== -1 && !this.#isTarget && words.length < MOST_WORDS) {
      const span = { start: this.#start, end: this.#end };
      words.push({ text: this.#word, span, isVariable: this.#isVariable });
    }
    if (this.#start !== -1) this.#isTarget = false;
    this.#dropWord();
  }

  #dropWord(): void {
    this.#word = '';
    this.#start = -1;
    this.#isVariable = false;
  }

  /** Ends the command; `undefined` ends only the word. */
  #operator(at: number, operator: ShellOperator, length: number): number {
    this.#endWord();
    if (operator === undefined) return at + length;
    this.#isTarget = false;
    const last = this.#commands.at(-1)!;
    if (last.words.length === 0) return at + length;
    last.after = operator;
    this.#commands.push({ words: [], after: undefined });
    return at + length;
  }

  #escape(at: number): number {
    const next = this.#text[at + 1];
    if (next === '\n') return at + 2;
    if (next === '\r' && this.#text[at + 2] === '\n') return at + 3;
    this.#add(next ?? '', at, at + 2);
    return at + 2;
  }

  #quoted(open: number): number {
    const text = this.#text;
    const quote = text[open]!;
    let close = open + 1;
    while (close < text.length && text[close] !== quote)
      close += quote === '"' && text[close] === '\\' ? 2 : 1;
    close = Math.min(close, text.length);
    const inside = text.slice(open + 1, close).replace(BLANKED, '');
    const end = Math.min(text[close + 1] === SAME ? close + 2 : close + 1, text.length);
    this.#add(quote === '"' ? inside.replace(/\\(["\\$`])/g, '$1') : inside, open, end);
    if (inside.includes('${{') || (quote === '"' && /\$[\w{(@*#?]|`/.test(inside))) {
      this.#isVariable = true;
      if (quote === '"') this.#readSubstitutions(open + 1, close);
    }
    return Math.max(end, open + 1);
  }

  /** Reads `$(…)` within quotes as commands of their own. */
  #readSubstitutions(from: number, to: number): void {
    if (this.#depth >= DEEPEST) return;
    const start = this.#text.slice(from, to).search(/\$\((?!\()/);
    if (start === -1) return;
    const offset = from + start + 2;
    for (const command of readShellScript(this.#text.slice(offset, to), this.#depth + 1)) {
      if (this.#nested.length >= MOST_COMMANDS) return;
      const words = command.words.map((word) => ({
        ...word,
        span: { start: word.span.start + offset, end: word.span.end + offset },
      }));
      this.#nested.push({ ...command, words });
    }
  }

  #dollar(at: number): number {
    const text = this.#text;
    if (text.startsWith('${', at)) {
      const isExpression = text.startsWith('${{', at);
      const found = text.indexOf(isExpression ? '}}' : '}', at);
      const end = found === -1 ? lineEnd(text, at) : found + (isExpression ? 2 : 1);
      this.#add(text.slice(at, end), at, end);
      this.#isVariable = true;
      return end;
    }
    if (text[at + 1] === '(') {
      this.#add('$', at, at + 2);
      this.#isVariable = true;
      return this.#operator(at, '$(', 2);
    }
    this.#add('$', at, at + 1);
    this.#isVariable = true;
    return at + 1;
  }

  #input(at: number): number {
    const text = this.#text;
    if (text[at + 1] === '(') return this.#operator(at, '<(', 2);
    const isString = text.startsWith('<<<', at);
    const here = isString
      ? null
      : /^<<-?[ \t]*(?:"([^"\n]+)"|'([^'\n]+)'|\\?([\w.-]+))/.exec(text.slice(at, at + 200));
    this.#endWord();
    if (here === null) return at + (isString ? 3 : 1);
    if (this.#hereDocuments.length < MOST_HERE_DOCUMENTS)
      this.#hereDocuments.push(here[1] ?? here[2] ?? here[3]!);
    return at + here[0].length;
  }

  #skipHereDocuments(from: number): number {
    let at = from;
    for (let end = this.#hereDocuments.shift(); end !== undefined; end = this.#hereDocuments.shift()) {
      while (at < this.#text.length) {
        const stop = lineEnd(this.#text, at);
        const line = this.#text.slice(at, stop).replaceAll('\0', '').trim();
        at = stop + 1;
        if (line === end) break;
      }
    }
    return at;
  }
}

function lineEnd(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end === -1 ? text.length : end;
}
