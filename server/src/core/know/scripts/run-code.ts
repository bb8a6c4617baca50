import { type Command, type Pipeline, parseShellLine, type Word } from './shell-line.ts';

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

/** Returns the first code that a line downloads or decodes, and runs. Downloads by themselves are normal. */
export function findRunCode(line: string): RunCode | undefined {
  return new LineJudge().judge(parseShellLine(line));
}

/** Returns the code that a line gives to interpreters, as in `node -e "…"`. */
export function findInlineCode(line: string): readonly InlineCode[] {
  const found: InlineCode[] = [];
  collectCode(parseShellLine(line), found, 0);
  return found;
}

const DEEPEST = 3;

const SHELL = /^(?:ba|z|da|k|a|fi)?sh$/;
const INTERPRETER = /^(?:node|bun|deno|tsx|ts-node|python[\d.]*|perl|ruby|php)$/;
const DOWNLOADER = /^(?:curl|wget|aria2c|lynx|https?|fetch|nc|ncat)$/;
/** Programs that run commands given as one word. */
const RUNS_WORDS = /^(?:(?:ba|z|da|k|a|fi)?sh|cmd|powershell|pwsh|concurrently|cross-env-shell|su|eval)$/;
/** Programs before the one that is meant; their options follow them. */
const WRAPPER =
  /^(?:sudo|doas|exec|nohup|time|command|builtin|then|do|else|if|elif|while|until|!|\{|env|cross-env|busybox|timeout|nice|setsid|stdbuf|xargs|call|npx|start|is-ci|dotenv)$/;
const CODE_OPTION = /^(?:-\w*[ecpr]|--eval|--print)$/;

/** A command without what stands before its program. */
interface Plain {
  readonly program: string;
  /** As written, to compare it with files. */
  readonly path: string;
  readonly head: Word | undefined;
  readonly args: readonly Word[];
  readonly isXargs: boolean;
}

function plain({ words }: Command): Plain {
  let at = 0;
  let isXargs = false;
  const isSet = (word: Word | undefined) => word !== undefined && /^\w+=/.test(word.text);
  while (isSet(words[at])) at++;
  while (at < words.length && WRAPPER.test(nameOf(words[at]!.text))) {
    const wrapper = nameOf(words[at]!.text);
    if (wrapper === 'npx' && !/^(?:cross-env|dotenv|is-ci|tsx|ts-node)$/.test(words[at + 1]?.text ?? ''))
      break;
    isXargs ||= wrapper === 'xargs';
    at++;
    while (at < words.length && (/^-/.test(words[at]!.text) || isSet(words[at]))) at++;
    if (wrapper === 'timeout') at++;
  }
  const head = words[at];
  const path = head?.text ?? '';
  return { program: nameOf(path), path, head, args: words.slice(at + 1), isXargs };
}

/** Returns the name of a program without its folder and the extension of Windows. */
function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.exe$/i, '');
}

class LineJudge {
  readonly #downloaded = new Map<string, string>();
  readonly #decoded = new Map<string, string>();

  judge(pipelines: readonly Pipeline[], depth = 0): RunCode | undefined {
    for (const pipeline of pipelines) {
      const found = this.#judgePipeline(pipeline, depth);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  #judgePipeline(pipeline: Pipeline, depth: number): RunCode | undefined {
    let source: { readonly type: RunCode['type']; readonly shown: string } | undefined;
    for (const command of pipeline) {
      const own = plain(command);
      if (source !== undefined && readsCode(own))
        return { type: source.type, outline: `${source.shown} … | ${own.program}` };
      const found = this.#judgeCommand(command, own, depth);
      if (found !== undefined) return found;
      source ??= sourceOf(own);
      for (const file of savedBy(command, own)) {
        const kept = source?.type === 'encoded' ? this.#decoded : this.#downloaded;
        if (source !== undefined) kept.set(file, source.shown);
      }
    }
    return undefined;
  }

  #judgeCommand({ words, given }: Command, own: Plain, depth: number): RunCode | undefined {
    for (const { within } of [...words, ...given]) {
      const found = this.judge(within, depth);
      if (found !== undefined) return found;
    }
    const isRunner = SHELL.test(own.program) || INTERPRETER.test(own.program) || isSourcing(own.program);
    const first = firstOperand(own);
    const run = isRunner
      ? [...(first === undefined ? [] : [first]), ...given]
      : own.head === undefined
        ? []
        : [own.head];
    for (const { within } of run) {
      const source = sourceIn(within);
      const shown = isRunner ? own.program : '';
      if (source?.type === 'remote')
        return { type: 'remote', outline: `${shown} $(${source.shown} …)`.trim() };
      if (source !== undefined) return { type: 'encoded', outline: `${shown} $(… ${source.shown})`.trim() };
    }
    const file = isRunner ? first?.text : own.path;
    const kept = file === undefined ? undefined : withoutDot(file);
    const by = kept === undefined ? undefined : this.#downloaded.get(kept);
    if (by !== undefined) return { type: 'remote', outline: `${by} … && ${isRunner ? own.program : './…'}` };
    const decodedBy = kept === undefined ? undefined : this.#decoded.get(kept);
    if (decodedBy !== undefined)
      return { type: 'encoded', outline: `${decodedBy} … && ${isRunner ? own.program : './…'}` };
    const fetched = fetchedByName(own);
    if (fetched !== undefined) return { type: 'remote', outline: fetched };
    if (depth >= DEEPEST || !RUNS_WORDS.test(own.program)) return undefined;
    for (const { text } of own.args) {
      const found = /\s/.test(text) ? this.judge(parseShellLine(text), depth + 1) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

function isSourcing(program: string): boolean {
  return program === 'eval' || program === 'source' || program === '.';
}

/** Returns the first argument that is no option, and no command of the program. */
function firstOperand({ program, args }: Plain): Word | undefined {
  return args.find(({ text, within }) => {
    if (within.length > 0) return true;
    return !(/^-/.test(text) || (text === 'run' && /^(?:bun|deno)$/.test(program)));
  });
}

/** Checks for a program that reads code from its standard input. */
function readsCode({ program, args, isXargs }: Plain): boolean {
  const texts = args.map(({ text }) => text);
  const isInput = (text: string | undefined) => text === '-' || text === '/dev/stdin';
  if (SHELL.test(program)) {
    const code = texts.findIndex((text) => /^-\w*c$/.test(text));
    if (code !== -1) return isXargs && (texts[code + 1] ?? '{}') === '{}';
    const operand = texts.find((text) => !/^-./.test(text));
    return operand === undefined
      ? !texts.some((text) => /^--(?:version|help)$/.test(text))
      : isInput(operand) || texts.some((text) => /^-\w*s\w*$/.test(text));
  }
  if (!INTERPRETER.test(program)) return false;
  const own = texts.filter((text) => !(text === 'run' || /^--input-type=/.test(text)));
  if (own.length === 0) return !/^(?:tsx|ts-node)$/.test(program);
  return isInput(own.find((text) => text === '-' || !/^-/.test(text)));
}

type Source = { readonly type: RunCode['type']; readonly shown: string };

/** Returns the name of a program that writes what it downloads or decodes. */
function sourceOf({ program, args }: Plain): Source | undefined {
  const has = (pattern: RegExp) => args.some(({ text }) => pattern.test(text));
  if (SHELL.test(program)) {
    const code = args.findIndex(({ text }) => /^-\w*c$/.test(text));
    return code === -1 ? undefined : sourceIn(parseShellLine(args[code + 1]?.text ?? ''));
  }
  if (DOWNLOADER.test(program)) return args.length === 0 ? undefined : { type: 'remote', shown: program };
  const isDecoding =
    (program === 'base64' && has(/^(?:-[A-Za-z]*[dD][A-Za-z]*|--decode)$/)) ||
    (program === 'openssl' && has(/^-(?:d|base64)$/) && has(/^-d$/)) ||
    (program === 'xxd' && has(/^-\w*r/));
  if (isDecoding) return { type: 'encoded', shown: `${program} ${program === 'xxd' ? '-r' : '-d'}` };
  if (program === 'rev') return { type: 'encoded', shown: program };
  const isEscaped = /^(?:printf|echo)$/.test(program) && has(/(?:\\+x[\da-f]{2}|\\+0?[0-7]{3}){2}/i);
  return isEscaped ? { type: 'encoded', shown: program } : undefined;
}

function sourceIn(pipelines: readonly Pipeline[]): Source | undefined {
  for (const pipeline of pipelines)
    for (const command of pipeline) {
      const source = sourceOf(plain(command));
      if (source !== undefined) return source;
    }
  return undefined;
}

const OUTPUT = /^(?:-\w*[oO]|--output(?:-document)?|--out)$/;

/** Yields the files that a command saves its output to. */
function* savedBy({ outputs }: Command, { program, args }: Plain): Generator<string> {
  for (const file of outputs) yield withoutDot(file);
  if (!DOWNLOADER.test(program)) return;
  const texts = args.map(({ text }) => text);
  const [, folder = ''] = texts.join('\n').match(/^(?:-P|--directory-prefix)[=\n]?(.+)$/m) ?? [];
  let isNamed = false;
  for (const [at, text] of texts.entries()) {
    const joined = /^(?:--output(?:-document)?=|-[oO](?=[\w./~$]))(.+)$/.exec(text)?.[1];
    // curl's -O takes the name of the URL.
    const isOption = OUTPUT.test(text) && !(program === 'curl' && text.endsWith('O'));
    const file = joined ?? (isOption ? texts[at + 1] : undefined);
    if (file === undefined) continue;
    isNamed = true;
    yield withoutDot(file);
  }
  const byName =
    program === 'curl' ? texts.some((text) => /^(?:-\w*O\w*|--remote-name)$/.test(text)) : !isNamed;
  if (!byName || !/^(?:curl|wget|aria2c)$/.test(program)) return;
  for (const text of texts) {
    const name = /^[^-].*\/([^/?#]+)(?:[?#].*)?$/.exec(text)?.[1];
    if (name !== undefined) yield withoutDot(folder === '' ? name : `${folder.replace(/\/$/, '')}/${name}`);
  }
}

function withoutDot(path: string): string {
  return path.replace(/^\.[/\\]/, '');
}

/** Options whose value is the next word. */
const VALUED = /^(?:--registry|--userconfig|--cache|--prefix|--workspace|-w|--filter|-F|--dir|-C|--cwd)$/;
/** A package or program that is no name in a registry. */
const REMOTE_SPEC = /^(?:git\+)?(?:https?|git|ssh):|^(?:github|gitlab|bitbucket):/;

/** Returns the outline of a command that downloads a program by its URL and runs it. */
function fetchedByName({ program, args }: Plain): string | undefined {
  const [subcommand = '', ...others] = args.map(({ text }) => text);
  const isRunner = /^(?:npx|pnpx|bunx)$/.test(program);
  const isRun =
    isRunner ||
    (program === 'deno' && subcommand === 'run') ||
    (/^(?:npm|pnpm|yarn|bun)$/.test(program) && /^(?:dlx|exec|x)$/.test(subcommand));
  if (!isRun) return undefined;
  const texts = isRunner ? [subcommand, ...others] : others;
  const spec = texts.find((text, at) => !/^-/.test(text) && !VALUED.test(texts[at - 1] ?? ''));
  const scheme = spec === undefined ? undefined : REMOTE_SPEC.exec(spec)?.[0];
  return scheme === undefined ? undefined : `${program} ${scheme}…`;
}

function collectCode(pipelines: readonly Pipeline[], found: InlineCode[], depth: number): void {
  for (const command of pipelines.flat()) {
    for (const { within } of command.words) collectCode(within, found, depth);
    const { program, args } = plain(command);
    if (INTERPRETER.test(program))
      for (const [at, { text }] of args.entries()) {
        const joined = /^(?:--eval|--print|-e)=?(.+)$/s.exec(text)?.[1];
        const isCode = CODE_OPTION.test(text) || (program === 'deno' && text === 'eval');
        const code = isCode ? args[at + 1]?.text : joined;
        if (code !== undefined) found.push({ program, code });
      }
    if (depth < DEEPEST && RUNS_WORDS.test(program))
      for (const { text } of args) if (/\s/.test(text)) collectCode(parseShellLine(text), found, depth + 1);
  }
}
