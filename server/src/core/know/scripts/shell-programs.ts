import type { Command, Word } from './shell-line.ts';

export const SHELL = /^(?:ba|z|da|k|a|fi)?sh$/;
export const INTERPRETER = /^(?:node|bun|deno|tsx|ts-node|python[\d.]*|perl|ruby|php)$/;
export const DOWNLOADER = /^(?:curl|wget|aria2c|lynx|https?|fetch|nc|ncat)$/;
/** Programs that run commands given as one word. */
export const RUNS_WORDS =
  /^(?:(?:ba|z|da|k|a|fi)?sh|cmd|powershell|pwsh|concurrently|cross-env-shell|su|eval|osascript)$/;
/** Programs before the one that is meant; their options follow them. */
const WRAPPER =
  /^(?:sudo|doas|exec|nohup|time|command|builtin|then|do|else|if|elif|while|until|!|\{|env|cross-env|busybox|timeout|nice|setsid|stdbuf|xargs|call|npx|start|is-ci|dotenv)$/;
const CODE_OPTION = /^(?:-\w*[ecpr]|--eval|--print)$/;

/** A command without what stands before its program. */
export interface Plain {
  readonly program: string;
  /** As written, to compare it with files. */
  readonly path: string;
  readonly head: Word | undefined;
  readonly args: readonly Word[];
  readonly isXargs: boolean;
}

/** Returns a command without the programs that start others, and without variables. */
export function plain({ words }: Pick<Command, 'words'>): Plain {
  let at = 0;
  let isXargs = false;
  const isSet = (word: Word | undefined) => word !== undefined && /^\w+=/.test(word.text);
  while (isSet(words[at])) at++;
  while (at < words.length && (WRAPPER.test(nameOf(words[at]!.text)) || isCommandLine(words, at))) {
    const wrapper = nameOf(words[at]!.text);
    if (wrapper === 'npx') {
      const next = words.slice(at + 1).find(({ text }) => !/^-/.test(text))?.text ?? '';
      if (!/^(?:cross-env|dotenv|is-ci|tsx|ts-node|deno|bun|node)$/.test(next)) break;
    }
    isXargs ||= wrapper === 'xargs';
    at++;
    const isOption = /^(?:start|cmd)$/i.test(wrapper) ? /^(?:-|\/\w|$)/ : /^-/;
    while (at < words.length && (isOption.test(words[at]!.text) || isSet(words[at]))) {
      // `xargs -I {}`
      if (isXargs && /^-[ILn]$/.test(words[at]!.text)) at++;
      at++;
    }
    if (wrapper === 'timeout') at++;
  }
  const head = words[at];
  const path = head?.text ?? '';
  return { program: nameOf(path), path, head, args: words.slice(at + 1), isXargs };
}

/** Checks for `cmd /c` before the words of a command. */
function isCommandLine(words: readonly Word[], at: number): boolean {
  return (
    /^cmd(?:\.exe)?$/i.test(words[at]!.text) &&
    /^\/[a-z]$/i.test(words[at + 1]?.text ?? '') &&
    !/\s/.test(words[at + 2]?.text ?? ' ')
  );
}

/** Returns the name of a program without its folder and the extension of Windows. */
function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.exe$/i, '');
}

export function isSourcing(program: string): boolean {
  return program === 'eval' || program === 'source' || program === '.';
}

/** Returns the first argument that is no option, and no command of the program. */
export function firstOperand({ program, args }: Plain): Word | undefined {
  return args.find(({ text, within }) => {
    if (within.length > 0) return true;
    return !(/^-/.test(text) || (text === 'run' && /^(?:bun|deno)$/.test(program)));
  });
}

/** Checks for a program that reads code from its standard input. */
export function readsCode({ program, args, isXargs }: Plain): boolean {
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

/** Returns the code among the arguments of an interpreter, as in `node -e "…"`. */
export function codeIn({ program, args }: Plain): readonly string[] {
  if (!INTERPRETER.test(program)) return [];
  return args.flatMap(({ text }, at) => {
    const joined = /^(?:--eval|--print|-e)=?(.+)$/s.exec(text)?.[1];
    const isCode = CODE_OPTION.test(text) || (program === 'deno' && text === 'eval');
    const code = isCode ? args[at + 1]?.text : joined;
    return code === undefined ? [] : [code];
  });
}

const OUTPUT = /^(?:-\w*[oO]|--output(?:-document)?|--out)$/;

/** Yields the files that a command saves its output to. */
export function* savedBy({ outputs }: Command, { program, args }: Plain): Generator<string> {
  for (const file of outputs) yield withoutDot(file);
  if (program === 'tee') for (const { text } of args) if (!/^-/.test(text)) yield withoutDot(text);
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

export function withoutDot(path: string): string {
  return path.replace(/^\.[/\\]/, '').replaceAll('\\', '/');
}

/** Options whose value is the next word. */
const VALUED = /^(?:--registry|--userconfig|--cache|--prefix|--workspace|-w|--filter|-F|--dir|-C|--cwd)$/;
/** A package or program that is no name in a registry. */
const REMOTE_SPEC = /^(?:git\+)?(?:https?|git|ssh):|^(?:github|gitlab|bitbucket):/;

/** Returns the outline of a command that downloads a program by its URL and runs it. */
export function fetchedByName({ program, args }: Plain): string | undefined {
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
