/** A word of a command without quotes, and the commands whose output becomes part of it. */
export interface Word {
  readonly text: string;
  /** Commands in `$(…)`, backquotes and `<(…)`. */
  readonly within: readonly Pipeline[];
}

/** A program with its arguments. */
export interface Command {
  readonly words: readonly Word[];
  /** The files that its output goes to. */
  readonly outputs: readonly string[];
  /** The text after `<<<`. */
  readonly given: readonly Word[];
}

/** Commands that read the output of the one before. */
export type Pipeline = readonly Command[];

/**
 * Parses a command line as a POSIX shell reads it, in the order in which it runs: quotes within a word, backslashes, and
 * variables that the line itself sets. Everything else stays as it is. Never throws, and reads each character once.
 */
export function parseShellLine(line: string): readonly Pipeline[] {
  return new ShellReader(line.slice(0, LONGEST_LINE)).readList('');
}

/** Real scripts are shorter, and each is read again on every change. */
const LONGEST_LINE = 8000;
const DEEPEST = 8;
/** Variables may not multiply the length of a line. */
const LONGEST_WORD = 8000;
const LONGEST_VALUE = 200;

const VARIABLE = /^\$(?:\{(\w+|[@*])\}|(\w+|[@*]))/;
/** A variable that is a blank. */
const BLANK = /^\$(?:IFS(?!\w)|\{IFS\})/;

class ShellReader {
  readonly #line: string;
  readonly #variables = new Map<string, string>();
  #at = 0;
  #depth = 0;
  #text = '';
  #isWord = false;
  #within: Pipeline[] = [];

  constructor(line: string) {
    this.#line = line;
  }

  /** Reads commands up to the closing character, or to the end. */
  readList(close: string): readonly Pipeline[] {
    const outer = [this.#text, this.#isWord, this.#within] as const;
    [this.#text, this.#isWord, this.#within] = ['', false, []];
    this.#depth++;
    const pipelines: Command[][] = [[]];
    let words: Word[] = [];
    let outputs: string[] = [];
    let given: Word[] = [];
    let next: 'word' | 'output' | 'given' | 'input' = 'word';
    let opened = 0;
    const endWord = () => {
      if (!this.#isWord) return;
      const word = { text: this.#text, within: this.#within };
      if (next === 'word') words.push(word);
      else if (next === 'output') outputs.push(word.text);
      else if (next === 'given') given.push(word);
      [this.#text, this.#isWord, this.#within] = ['', false, []];
      next = 'word';
    };
    const endCommand = () => {
      endWord();
      next = 'word';
      if (words.length + outputs.length + given.length > 0) pipelines.at(-1)!.push({ words, outputs, given });
      this.#keepVariables(words);
      [words, outputs, given] = [[], [], []];
    };
    for (; this.#at < this.#line.length; this.#at++) {
      const char = this.#line[this.#at]!;
      const following = this.#line[this.#at + 1];
      if (char === close && opened === 0) break;
      if (char === '(') opened++;
      else if (char === ')' && opened > 0) opened--;
      const blank = char === '$' ? BLANK.exec(this.#line.slice(this.#at, this.#at + 6))?.[0] : undefined;
      if (blank !== undefined) {
        endWord();
        this.#at += blank.length - 1;
      } else if (/\s/.test(char) && char !== '\n') endWord();
      else if (char === '#' && !this.#isWord) {
        const end = this.#line.indexOf('\n', this.#at);
        this.#at = (end === -1 ? this.#line.length : end) - 1;
      } else if (char === '|' && following !== '|') {
        endCommand();
        if (following === '&') this.#at++;
      } else if (char === '&' && following === '>') continue;
      else if (/[;&|\n()]/.test(char)) {
        endCommand();
        // What a group writes last is read by the command after it.
        const isPiped = char === ')' && /^\)\s*\|(?!\|)/.test(this.#line.slice(this.#at, this.#at + 20));
        if (pipelines.at(-1)!.length > 0 && !isPiped) pipelines.push([]);
        if (following === char && /[;&|]/.test(char)) this.#at++;
      } else if (char === '<' && following === '(' && this.#depth < DEEPEST) this.#readSubstitution(2, ')');
      else if (char === '>' || char === '<') {
        // The number of a stream belongs to the arrow.
        if (/^\d$/.test(this.#text)) [this.#text, this.#isWord] = ['', false];
        endWord();
        next = char === '>' ? 'output' : 'input';
        if (this.#line.startsWith('<<<', this.#at)) {
          next = 'given';
          this.#at += 2;
        } else if (following === '&') {
          // Another stream.
          next = 'input';
          this.#at++;
        } else if (following === char) this.#at++;
      } else this.#readPart(char);
    }
    endCommand();
    this.#depth--;
    [this.#text, this.#isWord, this.#within] = outer;
    return pipelines.filter((pipeline) => pipeline.length > 0);
  }

  #readPart(char: string): void {
    const following = this.#line[this.#at + 1];
    if (char === "'") this.#readSingleQuoted();
    else if (char === '"') this.#readDoubleQuoted();
    else if (char === '\\') this.#readBackslash();
    else if (char === '`' && this.#depth < DEEPEST) this.#readSubstitution(1, '`');
    else if (char === '$' && following === '(' && this.#depth < DEEPEST) this.#readSubstitution(2, ')');
    else if (char === '$') this.#readVariable();
    else this.#add(char);
  }

  #add(text: string): void {
    this.#isWord = true;
    if (this.#text.length < LONGEST_WORD) this.#text += text;
  }

  #readSingleQuoted(): void {
    const end = this.#line.indexOf("'", this.#at + 1);
    const close = end === -1 ? this.#line.length : end;
    this.#add(this.#line.slice(this.#at + 1, close));
    this.#at = close;
  }

  #readDoubleQuoted(): void {
    this.#add('');
    for (this.#at++; this.#at < this.#line.length; this.#at++) {
      const char = this.#line[this.#at]!;
      const following = this.#line[this.#at + 1];
      if (char === '"') return;
      if (char === '\\' && following !== undefined && /["\\$`]/.test(following)) {
        this.#add(following);
        this.#at++;
      } else if (char === '`' && this.#depth < DEEPEST) this.#readSubstitution(1, '`');
      else if (char === '$' && following === '(' && this.#depth < DEEPEST) this.#readSubstitution(2, ')');
      else if (char === '$') this.#readVariable();
      else this.#add(char);
    }
  }

  /** In a path of Windows it is a slash; otherwise it quotes the next character. */
  #readBackslash(): void {
    const following = this.#line[this.#at + 1] ?? '';
    const isPath = /^[.%]|^\w:/.test(this.#text) && /[\w.-]/.test(following);
    this.#add(isPath ? '/' : following);
    if (!isPath) this.#at++;
  }

  #readSubstitution(opening: number, close: string): void {
    this.#add('');
    this.#at += opening;
    this.#within.push(...this.readList(close));
  }

  #readVariable(): void {
    const [written, braced, bare] = VARIABLE.exec(this.#line.slice(this.#at, this.#at + 100)) ?? [];
    this.#at += (written?.length ?? 1) - 1;
    const name = braced ?? bare ?? '';
    // These are empty in a script, and split a name that nobody is to read.
    this.#add(/^[@*]$/.test(name) ? '' : (this.#variables.get(name) ?? written ?? '$'));
  }

  #keepVariables(words: readonly Word[]): void {
    for (const { text, within } of words) {
      const set = /^(\w+)=([^$]*)$/s.exec(text);
      if (set === null || within.length > 0) return;
      if (set[2]!.length <= LONGEST_VALUE) this.#variables.set(set[1]!, set[2]!);
    }
  }
}
