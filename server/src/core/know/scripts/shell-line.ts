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
  /** The files that its input comes from. */
  readonly inputs: readonly string[];
  /** The text after `<<<`, and the documents after `<<`. */
  readonly given: readonly Word[];
}

/** Commands that read the output of the one before. */
export type Pipeline = readonly Command[];

/**
 * Parses a command line as a POSIX shell reads it, in the order in which it runs: quotes within a word, backslashes, and
 * variables that the line itself sets. Everything else stays as it is. Groups are commands `(` and `)` around those in them,
 * and a function begins with the words `function` and its name. Never throws, and reads each character once.
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
  readonly #variables: Map<string, string>;
  #at = 0;
  #depth: number;
  #text = '';
  #isWord = false;
  #within: Pipeline[] = [];
  #isQuoted = false;
  /** Documents whose lines come after the current one. */
  readonly #documents: { readonly end: string; readonly isPlain: boolean; readonly given: Word[] }[] = [];

  constructor(line: string, variables = new Map<string, string>(), depth = 0) {
    this.#line = line;
    this.#variables = variables;
    this.#depth = depth;
  }

  /** Reads commands up to the closing character, or to the end. */
  readList(close: string): readonly Pipeline[] {
    const outer = [this.#text, this.#isWord, this.#within] as const;
    [this.#text, this.#isWord, this.#within] = ['', false, []];
    this.#depth++;
    const pipelines: Command[][] = [[]];
    let words: Word[] = [];
    let outputs: string[] = [];
    let inputs: string[] = [];
    let given: Word[] = [];
    let next: 'word' | 'output' | 'given' | 'input' | 'stream' | 'document' = 'word';
    let opened = 0;
    const endWord = () => {
      if (!this.#isWord) return;
      const word = { text: this.#text, within: this.#within };
      if (next === 'word') words.push(word);
      else if (next === 'output') outputs.push(word.text);
      else if (next === 'input') inputs.push(word.text);
      else if (next === 'given') given.push(word);
      else if (next === 'document')
        this.#documents.push({ end: word.text.replace(/^-/, ''), isPlain: this.#isQuoted, given });
      [this.#text, this.#isWord, this.#within, this.#isQuoted] = ['', false, [], false];
      next = 'word';
    };
    const endCommand = () => {
      endWord();
      next = 'word';
      if (words.length + outputs.length + given.length > 0)
        pipelines.at(-1)!.push({ words, outputs, inputs, given });
      this.#keepVariables(words);
      [words, outputs, inputs, given] = [[], [], [], []];
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
      else if (char === '(' && following === ')' && this.#isWord && words.length === 0) {
        words.push({ text: 'function', within: [] });
        endCommand();
        pipelines.push([]);
        this.#at++;
        opened--;
      } else if (/[;&|\n()]/.test(char)) {
        endCommand();
        if (pipelines.at(-1)!.length > 0) pipelines.push([]);
        if (char === '(' || char === ')') words.push({ text: char, within: [] });
        if (char === '(') {
          endCommand();
          pipelines.push([]);
        }
        if (char === '\n' && this.#documents.length > 0) this.#readDocuments();
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
        } else if (char === '<' && following === '<') {
          next = 'document';
          this.#at++;
        } else if (following === '&') {
          next = 'stream';
          this.#at++;
        } else if (following === char || (char === '>' && following === '|')) this.#at++;
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

  /** Reads the lines of documents, after the line that names their ends. */
  #readDocuments(): void {
    for (const { end, isPlain, given } of this.#documents.splice(0)) {
      const start = this.#at + 1;
      const pattern = new RegExp(`^\\t*${end.replace(/[^\w]/g, String.raw`\$&`)}$`, 'm');
      const rest = this.#line.slice(start);
      const found = pattern.exec(rest);
      const text = found === null ? rest : rest.slice(0, found.index);
      // What is behind the name of the end is on its line.
      this.#at = start + text.length + (found?.[0].length ?? 0);
      given.push(isPlain ? { text, within: [] } : this.#expanded(text));
    }
  }

  /** Returns the text of a document with what the shell puts into it. */
  #expanded(text: string): Word {
    const reader = new ShellReader(text, this.#variables, this.#depth + 1);
    reader.#at = -1;
    reader.#readDoubleQuoted('');
    return { text: reader.#text, within: reader.#within };
  }

  #readSingleQuoted(): void {
    this.#isQuoted = true;
    const end = this.#line.indexOf("'", this.#at + 1);
    const close = end === -1 ? this.#line.length : end;
    this.#add(this.#line.slice(this.#at + 1, close));
    this.#at = close;
  }

  #readDoubleQuoted(close = '"'): void {
    this.#isQuoted = true;
    this.#add('');
    for (this.#at++; this.#at < this.#line.length; this.#at++) {
      const char = this.#line[this.#at]!;
      const following = this.#line[this.#at + 1];
      if (char === close) return;
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
    if (following === '\n') {
      this.#at++;
      return;
    }
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
