import { programName, type SimpleCommand, shellCommands } from '../../read/text/shell/shell-words.ts';

/** A path that a command may run, relative to the folder of its manifest. */
export interface ScriptFile {
  readonly path: string;
  /** file: the path itself. main: a package.json whose `main` runs. patches: a folder whose patches are all applied. */
  readonly kind: 'file' | 'main' | 'patches';
  /** What runs the file whatever its name; empty if its name or first line decides. */
  readonly runners: readonly Runner[];
}

/** javascript: Node.js and similar runtimes, which run files with extensions that they do not know as CommonJS. */
export type Runner = 'javascript' | 'shell';

/**
 * Returns the paths that a script may run, whether or not they exist: programs with a folder, arguments of interpreters
 * and of options such as `--require`, and other words with the extension of a script. Excludes what compilers and
 * linters read.
 */
export function scriptFiles(line: string): readonly ScriptFile[] {
  return filesOf(line, false);
}

/**
 * Does the same without words that merely have the extension of a script: in a file of many commands, most only read
 * their arguments.
 */
export function strictScriptFiles(lines: string): readonly ScriptFile[] {
  return filesOf(lines, true);
}

/** Returns the paths loaded by options such as `--require`, in `NODE_OPTIONS` and settings that become it. */
export function optionFiles(options: string): readonly ScriptFile[] {
  const found: ScriptFile[] = [];
  readOptions(shellCommands(options)[0] ?? [], true, (path, kind) => found.push({ path, kind, runners: [] }));
  return found;
}

function filesOf(line: string, isStrict: boolean): readonly ScriptFile[] {
  const found = new Map<string, ScriptFile & { readonly runners: Runner[] }>();
  readLine(line, [''], { depth: 0, isStrict }, (path, kind, runner) => {
    const key = `${kind} ${path}`;
    const file = found.get(key) ?? { path, kind, runners: [] };
    if (runner !== undefined && !file.runners.includes(runner)) file.runners.push(runner);
    if (found.size < MOST) found.set(key, file);
  });
  return [...found.values()];
}

interface Reading {
  /** The nesting depth of quoted commands. */
  readonly depth: number;
  readonly isStrict: boolean;
}

const MOST = 500;
const LONGEST_FOLDER = 1000;
const DEEPEST = 3;

type Add = (path: string, kind: ScriptFile['kind'], runner?: Runner) => void;

const CODE = /\.(?:[cm]?[jt]sx?|sh|bash|zsh|py|rb|pl|ps1|cmd|bat|exe)$/i;
const DATA = /\.(?:jsonc?|json5|ya?ml|toml|md|txt|lock|html?|css)$/i;
/** What Node and similar programs try for a path without an extension. */
const ENDINGS = [
  '',
  '.js',
  '.cjs',
  '.mjs',
  '.ts',
  '.cts',
  '.mts',
  '.sh',
  '/index.js',
  '/index.cjs',
  '/index.ts',
];

/** Programs that run a file as JavaScript. */
const RUNTIMES: ReadonlySet<string> = new Set([
  ...['node', 'nodejs', 'bun', 'deno', 'tsx', 'ts-node', 'ts-node-esm', 'ts-node-script', 'babel-node'],
  ...['esno', 'jiti', 'zx', 'swc-node', 'vite-node', 'electron'],
]);
const SHELLS: ReadonlySet<string> = new Set(['sh', 'bash', 'zsh', 'dash', 'ksh', '.', 'source']);
const INTERPRETERS: ReadonlySet<string> = new Set([
  ...RUNTIMES,
  ...SHELLS,
  ...['coffee', 'python', 'python3', 'ruby', 'perl', 'php', 'pwsh', 'powershell', 'cmd'],
]);
/** Programs that run the program after them. */
const WRAPPERS: ReadonlySet<string> = new Set([
  ...[
    'npx',
    'npm',
    'pnpm',
    'pnpx',
    'yarn',
    'bunx',
    'exec',
    'run',
    'dlx',
    'x',
    'cross-env',
    'cross-env-shell',
  ],
  ...['env', 'time', 'dotenv', 'if', 'then', 'else', 'do', '!', '{', 'command', 'nice', 'corepack'],
]);
/** Programs that read, compile or lint files without running them. */
const READERS: ReadonlySet<string> = new Set([
  ...[
    'tsc',
    'tsgo',
    'esbuild',
    'rollup',
    'webpack',
    'vite',
    'tsup',
    'tsdown',
    'parcel',
    'swc',
    'babel',
    'ncc',
  ],
  ...['microbundle', 'unbuild', 'terser', 'uglifyjs', 'browserify', 'rolldown', 'bunchee', 'pkgroll', 'sass'],
  ...['eslint', 'prettier', 'biome', 'standard', 'xo', 'oxlint', 'jshint', 'jslint', 'tslint', 'stylelint'],
  ...['cp', 'mv', 'rm', 'rimraf', 'del', 'cpy', 'cpx', 'cpr', 'ncp', 'copyfiles', 'chmod', 'mkdir', 'mkdirp'],
  ...['touch', 'echo', 'printf', 'test', '[', 'ls', 'sed', 'grep', 'diff', 'git', 'shx', 'ln', 'tar', 'zip'],
  ...['jest', 'vitest', 'mocha', 'ava', 'tap', 'tape', 'jasmine', 'karma', 'c8', 'nyc', 'istanbul', 'tsd'],
  ...['typedoc', 'jsdoc', 'documentation', 'postcss', 'tailwindcss', 'size-limit', 'sort-package-json'],
]);
/** Commands of Bun and Deno that read files. */
const READS: ReadonlySet<string> = new Set(['build', 'test', 'lint', 'fmt', 'check', 'bundle', 'doc']);
/** Options whose value is loaded as code. */
const LOADS = /^(?:-r|-c|--(?:require|import|(?:experimental-)?loader|config|preload|rulesdir))(?:=(.*))?$/;
/** Those whose value a runtime loads as a module. */
const MODULES = /^-(?:r$|-(?:require|import|(?:experimental-)?loader|preload)(?:=|$))/;
const VARIABLES = /^--env-file(?:-if-exists)?(?:=(.*))?$/;
const PATCH_FOLDER = /^--patch-dir(?:=(.*))?$/;
/** Files that a program runs by default. */
const BY_PROGRAM: ReadonlyMap<string, readonly string[]> = new Map([
  ['make', ['Makefile', 'makefile', 'GNUmakefile']],
  ['gulp', ['gulpfile.js', 'gulpfile.cjs', 'gulpfile.mjs', 'gulpfile.ts', 'gulpfile.babel.js']],
  ['grunt', ['Gruntfile.js', 'Gruntfile.cjs', 'Gruntfile.coffee', 'gruntfile.js']],
  ['just', ['justfile', 'Justfile', '.justfile']],
]);

/** Reads all commands of a line; `folders` are those they may run in, including the manifest's own. */
function readLine(line: string, folders: readonly string[], reading: Reading, add: Add): void {
  const { depth, isStrict } = reading;
  let inside = folders;
  for (const words of shellCommands(line)) {
    const [first, second] = words;
    if (/^(?:cd|pushd|chdir)$/.test(first!.text) && second !== undefined && isRelative(second.text)) {
      if (inside[0]!.length < LONGEST_FOLDER)
        inside = [`${inside[0] === '' ? '' : `${inside[0]}/`}${second.text}`, ''];
      continue;
    }
    const here = inside;
    readCommand(words, isStrict, (path, kind, runner) => {
      for (const folder of here) add(folder === '' ? path : `${folder}/${path}`, kind, runner);
    });
    const runtime = words.map((word) => runnerOf(word.text)).find((one) => one !== undefined);
    for (const { text, isQuoted } of words) {
      if (!isQuoted || !/[\s(]/.test(text) || depth >= DEEPEST) continue;
      readLine(text, here, { depth: depth + 1, isStrict }, add);
      for (const [, path] of text.matchAll(/["'`](\.{1,2}\/[^"'`\s]+)["'`]/g))
        addRun(path!, add, runtime === 'javascript' ? runtime : undefined);
    }
  }
}

function readCommand(whole: SimpleCommand, isStrict: boolean, add: Add): void {
  const words = whole[0]!.text === 'export' ? whole.slice(1) : whole;
  const start = words.findIndex(({ text }) => !isAssignment(text));
  for (const { text } of words.slice(0, start === -1 ? words.length : start))
    readOptions(
      shellCommands(text.slice(text.indexOf('=') + 1))[0] ?? [],
      text.startsWith('NODE_OPTIONS='),
      add,
    );
  if (start === -1) return;
  const isRuntime = words.some(({ text }) => RUNTIMES.has(programName(text)));
  readOptions(words, isRuntime, add);
  const main = programIn(words);
  if (main === -1) return;
  const { text } = words[main]!;
  if (text.includes('/') && isRelative(text)) add(text, 'file');
  const name = programName(text);
  for (const path of BY_PROGRAM.get(name) ?? []) add(path, 'file');
  if (name === 'patch' || (name === 'git' && words[main + 1]?.text === 'apply'))
    for (const word of words.slice(main + 1)) if (isPath(word.text)) add(word.text, 'file');
  const folder = words.findIndex(({ text: option }) => option === '-C' || option === '--directory');
  if (name === 'node-gyp' && folder !== -1 && isPath(words[folder + 1]?.text ?? ''))
    add(`${words[folder + 1]!.text}/binding.gyp`, 'file');
  const isReader =
    READERS.has(name) || (/^(?:bun|deno)$/.test(name) && READS.has(words[main + 1]?.text ?? ''));
  if (isReader) return;
  for (const word of isStrict ? [] : words.slice(start))
    if (isPath(word.text) && CODE.test(word.text)) add(word.text, 'file');
  const interpreter = words.findIndex((word, at) => at >= start && INTERPRETERS.has(programName(word.text)));
  if (interpreter !== -1) readArguments(words, interpreter, add);
}

/** Returns the index of the program that finally runs, -1 if there is none. */
export function programIn(words: SimpleCommand): number {
  return words.findIndex(
    ({ text }) =>
      !text.startsWith('-') &&
      !isAssignment(text) &&
      (isOwnProgram(text) || !WRAPPERS.has(programName(text))),
  );
}

/** Checks for a program of the package itself, whatever its name. */
function isOwnProgram(text: string): boolean {
  return text.includes('/') && isRelative(text) && !/(?:^|\/)node_modules\//.test(text);
}

/** Returns the names of the programs that a script runs, as far as its words reveal them. */
export function programsOf(line: string): readonly string[] {
  return shellCommands(line).flatMap((words) => {
    const program = words[programIn(words)];
    return program === undefined ? [] : [programName(program.text)];
  });
}

/** Reads the first argument, and words before it that may be values of options. */
function readArguments(words: SimpleCommand, interpreter: number, add: Add): void {
  if (words.some(({ text }) => /^--run(?:=|$)/.test(text))) return;
  const hasCommands = /^(?:bun|deno)$/.test(programName(words[interpreter]!.text));
  for (let at = interpreter + 1; at < words.length; at++) {
    const { text } = words[at]!;
    if (text.startsWith('-') || (text === 'run' && hasCommands)) continue;
    const isValue = words[at - 1]!.text.startsWith('-');
    if (isPath(text) && !(isValue && DATA.test(text))) addRun(text, add, runnerOf(words[interpreter]!.text));
    if (!isValue) return;
  }
}

function readOptions(words: SimpleCommand, isRuntime: boolean, add: Add): void {
  words.forEach(({ text }, at) => {
    const loaded = LOADS.exec(text);
    const patches = PATCH_FOLDER.exec(text);
    const variables = VARIABLES.exec(text);
    const value = (loaded ?? patches ?? variables)?.[1] ?? words[at + 1]?.text;
    if (value === undefined || !isPath(value)) return;
    const isModule = loaded !== null && isRuntime && MODULES.test(text);
    if (loaded !== null && (isModule || !DATA.test(value)))
      addRun(value, add, isModule ? 'javascript' : undefined);
    if (variables !== null) add(value, 'file');
    if (patches !== null) add(value.replace(/\/+$/, ''), 'patches');
  });
}

/** Returns what a program runs a file as; undefined for any other than a runtime of JavaScript or a shell. */
export function runnerOf(program: string): Runner | undefined {
  const name = programName(program);
  if (RUNTIMES.has(name)) return 'javascript';
  return SHELLS.has(name) ? 'shell' : undefined;
}

function addRun(path: string, add: Add, runner?: Runner): void {
  const bare = path.replace(/\/+$/, '');
  const isWhole = CODE.test(bare);
  for (const ending of isWhole ? [''] : ENDINGS) add(bare + ending, 'file', runner);
  if (!isWhole) add(`${bare}/package.json`, 'main');
}

function isAssignment(text: string): boolean {
  return /^[A-Za-z_]\w*=/.test(text);
}

function isPath(text: string): boolean {
  return isRelative(text) && !text.startsWith('-') && !/[*?$\t\n]/.test(text);
}

/** Checks whether a text may be a path below the folder it is read in. */
export function isRelative(path: string): boolean {
  return path !== '' && !/^[a-z][\w+.-]*:|^[/\\~]/i.test(path);
}
