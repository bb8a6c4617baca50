import {
  asksNames,
  copiedFiles,
  Data,
  passesInput,
  pathData,
  printedBy,
  producedBy,
  sendsArgs,
  sendsInput,
  sentArgs,
  WANTED_DATA,
} from './shell-data.ts';
import { type Command, type Pipeline, parseShellLine, type Word } from './shell-line.ts';
import {
  codeIn,
  fetchedByName,
  firstOperand,
  INTERPRETER,
  isSourcing,
  type Plain,
  plain,
  RUNS_WORDS,
  readsCode,
  SHELL,
  savedBy,
  withoutDot,
} from './shell-programs.ts';

/** Code that a command line fetches or decodes and then runs. */
export interface RunCode {
  readonly type: 'remote' | 'encoded';
  /** Names of programs alone, such as `curl … | bash`, as arguments may hold tokens. */
  readonly outline: string;
}

/** Code that a command line gives to an interpreter. */
export interface InlineCode {
  readonly program: string;
  readonly code: string;
}

/** What a command line does with what it downloads, decodes or reads. */
export interface ShellReading {
  /** The first code that it downloads or decodes, and runs. Downloads by themselves are normal. */
  readonly run: RunCode | undefined;
  /** The outline of the first command that sends data of the machine. */
  readonly sent: string | undefined;
  /** Whether it pushes a workflow that it writes. */
  readonly pushesWorkflow: boolean;
  /** The code that it gives to interpreters, as in `node -e "…"`. */
  readonly inline: readonly InlineCode[];
}

/** Follows what goes through the pipes, variables and files of a command line. Runs nothing. */
export function readShell(line: string): ShellReading {
  const flow = new ShellFlow();
  flow.read(parseShellLine(line), NOTHING, 0);
  return {
    run: flow.run,
    sent: flow.sent,
    pushesWorkflow: flow.writesWorkflow && flow.pushes,
    inline: flow.inline,
  };
}

const DEEPEST = 3;
/** Functions that call each other may not multiply the work. */
const MOST_COMMANDS = 1000;

/** What comes out of a command. */
interface Stream {
  readonly type?: RunCode['type'] | undefined;
  readonly shown?: string | undefined;
  readonly data: number;
  /** The text itself, if it is known. */
  readonly text?: string | undefined;
}

const NOTHING: Stream = { data: 0 };

function both(a: Stream, b: Stream): Stream {
  if (a === NOTHING) return b;
  if (b === NOTHING) return a;
  const from = b.type === undefined ? a : b;
  return { type: from.type, shown: from.shown, data: a.data | b.data, text: a.text ?? b.text };
}

const OPENS = /^(?:\(|\{|while|until|for|if|case)$/;
const CLOSES = /^(?:\)|\}|done|fi|esac)$/;
const VARIABLE = /\$\{?(\w+)|%(\w+)%/g;
/** Variables that say who and where the machine is: one alone may be part of a path. */
const NAMES = /^(?:USER|USERNAME|LOGNAME|HOSTNAME|COMPUTERNAME|USERDOMAIN)$/;

class ShellFlow {
  run: RunCode | undefined;
  sent: string | undefined;
  writesWorkflow = false;
  pushes = false;
  readonly inline: InlineCode[] = [];
  readonly #files = new Map<string, Stream>();
  readonly #variables = new Map<string, Stream>();
  readonly #functions = new Map<string, { readonly body: readonly Pipeline[]; made?: Stream }>();
  #left = MOST_COMMANDS;

  /** Reads commands in order, and returns what they write. */
  read(pipelines: readonly Pipeline[], input: Stream, depth: number): Stream {
    let all = NOTHING;
    const open: { readonly input: Stream; made: Stream }[] = [];
    for (const [at, pipeline] of pipelines.entries()) {
      const own = this.#definesFunction(pipelines, at);
      if (own) continue;
      let stream = open.at(-1)?.input ?? input;
      for (const command of pipeline) {
        if (this.#left-- < 0) return all;
        const first = command.words[0]?.text ?? '';
        if (OPENS.test(first)) open.push({ input: stream, made: NOTHING });
        const group = CLOSES.test(first) ? open.pop() : undefined;
        stream = this.#readCommand(command, group?.made ?? stream, depth);
      }
      const outer = open.at(-1);
      if (outer !== undefined) outer.made = both(outer.made, stream);
      else all = both(all, stream);
    }
    for (const { made } of open) all = both(all, made);
    return all;
  }

  /** Notes the commands of a function that begins at a pipeline. They run where it is defined, for all that is known. */
  #definesFunction(pipelines: readonly Pipeline[], at: number): boolean {
    const [keyword, name] = pipelines[at]![0]!.words;
    if (keyword?.text !== 'function' || name === undefined) return false;
    let depth = 0;
    for (let end = at + 1; end < pipelines.length; end++) {
      for (const { words } of pipelines[end]!) {
        if (/^[{(]$/.test(words[0]?.text ?? '')) depth++;
        if (/^[})]$/.test(words[0]?.text ?? '')) depth--;
      }
      if (depth > 0) continue;
      this.#functions.set(name.text, { body: pipelines.slice(at + 1, end + 1) });
      break;
    }
    return true;
  }

  #readCommand(command: Command, input: Stream, depth: number): Stream {
    const own = plain(command);
    this.#readLoop(command);
    const within = this.#readWords(command, depth);
    let from = input;
    for (const file of command.inputs) from = both(from, this.#fileStream(withoutDot(file)));
    for (const word of command.given) from = both(from, { data: this.#dataOf(word), text: word.text });
    this.#setVariables(command, from);
    this.#judge(command, own, from, depth);
    const made = this.#madeBy(command, own, from, within, depth);
    this.#save(command, own, made);
    return made;
  }

  /** Returns what the substitutions in the words of a command write. */
  #readWords({ words, given }: Command, depth: number): ReadonlyMap<Word, Stream> {
    const found = new Map<Word, Stream>();
    for (const word of [...words, ...given])
      if (word.within.length > 0) {
        const made = this.read(word.within, NOTHING, depth);
        found.set(word, made);
        this.#made.set(word, made);
      }
    return found;
  }

  readonly #made = new WeakMap<Word, Stream>();

  #readLoop({ words }: Command): void {
    const [keyword, name, , ...values] = words;
    if (keyword?.text !== 'for' || name === undefined) return;
    let data = 0;
    let stream = NOTHING;
    for (const word of values) {
      stream = both(stream, this.read(word.within, NOTHING, DEEPEST));
      data |= pathData(word.text) === 0 ? this.#dataOf(word) : Data.path;
    }
    this.#variables.set(name.text, { ...stream, data: stream.data | data });
  }

  #setVariables({ words }: Command, input: Stream): void {
    const read = words.findIndex(({ text }) => text === 'read');
    if (read !== -1)
      for (const { text } of words.slice(read + 1))
        if (/^[A-Za-z_]\w*$/.test(text)) this.#variables.set(text, input);
    for (const word of words) {
      const name = /^(\w+)\+?=/.exec(word.text)?.[1];
      if (name === undefined) {
        if (!/^(?:export|local|declare|readonly|env|-\w+)$/.test(word.text)) return;
        continue;
      }
      const stream = this.#streamOf(word);
      // A path that is sent as `@file`.
      const path = pathData(word.text.slice(name.length + 1)) === 0 ? 0 : Data.path;
      const known = this.#variables.get(name);
      const next = { ...stream, data: stream.data | path };
      this.#variables.set(name, known === undefined ? next : both(known, next));
    }
  }

  /** Returns what a word has by its substitutions and variables. */
  #streamOf(word: Word): Stream {
    let found = this.#made.get(word) ?? NOTHING;
    if (word.text.includes('$'))
      for (const [, name] of word.text.matchAll(VARIABLE))
        found = both(found, this.#variables.get(name ?? '') ?? NOTHING);
    return found;
  }

  #dataOf(word: Word): number {
    return this.#streamOf(word).data;
  }

  #fileStream(path: string): Stream {
    return this.#files.get(path) ?? { data: pathData(path) };
  }

  #madeBy(
    command: Command,
    own: Plain,
    input: Stream,
    within: ReadonlyMap<Word, Stream>,
    depth: number,
  ): Stream {
    const called = this.#functions.get(own.program);
    if (called !== undefined && depth < DEEPEST) {
      called.made ??= this.read(called.body, input, depth + 1);
      return called.made;
    }
    if (SHELL.test(own.program) || own.program === 'eval') {
      const code = own.args.findIndex(({ text }) => /^-\w*c$/.test(text));
      const text = own.program === 'eval' ? own.args[0]?.text : own.args[code + 1]?.text;
      if (code !== -1 || own.program === 'eval')
        return depth < DEEPEST ? this.read(parseShellLine(text ?? ''), input, depth + 1) : NOTHING;
    }
    const produced = producedBy(own);
    let stream: Stream = { data: printedBy(command, own), ...produced };
    const isFilter = passesInput(own);
    // What is downloaded or decoded stays that, whatever filters it.
    stream = both({ ...input, data: isFilter ? input.data : 0, text: undefined }, stream);
    let text: string | undefined;
    for (const word of own.args) {
      if (isFilter) stream = both(stream, { ...(within.get(word) ?? NOTHING), ...this.#streamOf(word) });
      if (isFilter) stream = both(stream, this.#files.get(withoutDot(word.text)) ?? NOTHING);
    }
    if (/^(?:echo|printf)$/.test(own.program)) text = own.args.map((word) => word.text).join(' ');
    if (own.program === 'cat' && own.args.length === 0) text = input.text;
    return text === undefined ? stream : { ...stream, text };
  }

  #save(command: Command, own: Plain, made: Stream): void {
    const to = [...savedBy(command, own)];
    if (/^(?:cp|mv|ln|install|tar|zip|7z|gzip|openssl|base64|dd)$/.test(own.program)) {
      // The last operand of a copy, the first of an archive.
      for (const { text } of own.args)
        if (!/^-/.test(text) && !this.#files.has(withoutDot(text)) && pathData(text) === 0)
          to.push(withoutDot(text));
    }
    for (const file of to) {
      if (made.type !== undefined || made.data !== 0 || made.text !== undefined) this.#files.set(file, made);
      if (/(?:^|\/)\.github\/workflows/.test(file)) this.writesWorkflow = true;
      if (/^\/dev\/(?:tcp|udp)\/(?!localhost|127\.)/.test(file) && made.data & WANTED_DATA)
        this.sent ??= '… > /dev/tcp';
    }
    const texts = own.args.map(({ text }) => text);
    if (own.program === 'git' && texts.some((text) => text === 'push')) this.pushes = true;
  }

  #judge(command: Command, own: Plain, input: Stream, depth: number): void {
    this.#judgeSent(own, input);
    for (const code of codeIn(own)) this.inline.push({ program: own.program, code });
    if (input.text !== undefined && readsCode(own) && !own.isXargs) {
      if (SHELL.test(own.program) && depth < DEEPEST)
        this.read(parseShellLine(input.text), NOTHING, depth + 1);
      else this.inline.push({ program: own.program, code: input.text });
    }
    this.#judgeRun(command, own, input);
    if (depth >= DEEPEST || !RUNS_WORDS.test(own.program)) return;
    for (const { text } of own.args) {
      const inner = own.program === 'osascript' ? /do shell script\s+\\?"([^"]*)/.exec(text)?.[1] : text;
      if (inner !== undefined && /\s/.test(inner)) this.read(parseShellLine(inner), NOTHING, depth + 1);
    }
  }

  #judgeRun({ given }: Command, own: Plain, input: Stream): void {
    if (this.run !== undefined) return;
    const found = (type: RunCode['type'], outline: string) => {
      this.run ??= { type, outline: outline.trim() };
    };
    if (input.type !== undefined && given.length === 0 && readsCode(own))
      found(input.type, `${input.shown} … | ${own.program}`);
    const isRunner = SHELL.test(own.program) || INTERPRETER.test(own.program) || isSourcing(own.program);
    const first = firstOperand(own);
    const run = isRunner
      ? [...(first === undefined ? [] : [first]), ...this.#codeWords(own), ...given]
      : own.head === undefined
        ? []
        : [own.head];
    const shown = isRunner ? own.program : '';
    for (const word of run) {
      const { type, shown: by } = this.#streamOf(word);
      if (type === 'remote') found(type, `${shown} $(${by} …)`);
      else if (type === 'encoded') found(type, `${shown} $(… ${by})`);
    }
    const file = isRunner ? first?.text : own.path;
    const kept = file === undefined ? undefined : this.#files.get(withoutDot(file));
    if (kept?.type !== undefined) found(kept.type, `${kept.shown} … && ${isRunner ? own.program : './…'}`);
    else if (kept?.text !== undefined && isRunner)
      this.inline.push({ program: own.program, code: kept.text });
    const fetched = fetchedByName(own);
    if (fetched !== undefined) found('remote', fetched);
  }

  /** Returns what is run as code after `-c` or `-e`. */
  #codeWords({ args }: Plain): readonly Word[] {
    const at = args.findIndex(({ text }) => /^-\w*[ce]$/.test(text));
    const word = args[at + 1];
    return at === -1 || word === undefined ? [] : [word];
  }

  #judgeSent(own: Plain, input: Stream): void {
    if (this.sent !== undefined) return;
    const { program } = own;
    if (sendsInput(own) && input.data & WANTED_DATA) this.sent = `… | ${program}`;
    if (own.isXargs && sendsArgs(own) && input.data !== 0) this.sent = `… | ${program}`;
    if (sendsArgs(own)) this.#judgeArgs(own);
    if (asksNames(own))
      for (const word of own.args) {
        const data = this.#dataOf(word) | (own.isXargs ? input.data : 0);
        if (data & WANTED_DATA && /\.[\w-]*[a-z]/.test(word.text))
          this.sent ??= `${program} … ${word.within.length > 0 ? '$(…)' : '(a variable)'}`;
      }
    if (copiedFiles(own).some((path) => this.#fileStream(withoutDot(path)).data & Data.credential))
      this.sent ??= `${program} … (a file with credentials)`;
  }

  #judgeArgs(own: Plain): void {
    const names = new Set<string>();
    for (const { word, file } of sentArgs(own)) {
      if (file !== undefined) {
        const { data } = this.#fileStream(withoutDot(file));
        const named = file.includes('$') ? this.#dataOf(word) : 0;
        if (data !== 0 || named !== 0) this.sent ??= `${own.program} … (a file with credentials)`;
        continue;
      }
      if (isHostOnly(word)) continue;
      if (this.#dataOf(word) & WANTED_DATA)
        this.sent ??= `${own.program} … ${word.within.length > 0 ? '$(…)' : '(a variable)'}`;
      for (const [, name = '', ofWindows = ''] of word.text.matchAll(VARIABLE)) {
        if (NAMES.test(name)) names.add(name);
        if (NAMES.test(ofWindows)) this.sent ??= `${own.program} … $(…)`;
      }
    }
    if (names.size > 1) this.sent ??= `${own.program} … (a variable)`;
  }
}

/** Checks for a URL whose host alone comes from elsewhere: the machine's own name is also a host to reach it by. */
function isHostOnly({ text }: Word): boolean {
  return (
    /^["']?(?:\w+:\/\/)?(?:\$\{?\w+\}?)?(?::\d+)?(?:\/[^$%]*)?$/.test(text) &&
    /^["']?\w+:\/\/[$:/]/.test(text)
  );
}
