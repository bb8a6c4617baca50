import { programName, type SimpleCommand, shellCommands } from '../../../read/text/shell/shell-words.ts';
import { programIn } from '../script-files.ts';

/** A script that a command runs in another manifest. */
export interface ScriptCall {
  /** A name, or a pattern of names. */
  readonly script: string;
  /** Whether no pre and post scripts run. */
  readonly isPlain: boolean;
  /** Set if turbo or Nx run it, after the tasks that their configuration requires. */
  readonly isTask?: true;
  /** The folder of that manifest, relative to the command's; or workspace members, as named. */
  readonly target: { readonly folder: string } | { readonly members: readonly string[] | 'all' };
}

export interface ScriptCalls {
  readonly calls: readonly ScriptCall[];
  /** Files in the command's folder that a runner reads to decide what to run. */
  readonly reads: readonly string[];
  /** Such files in the folders of the root and all members. */
  readonly readsOfMembers: readonly string[];
}

/**
 * Returns the scripts of other manifests that a script runs: `npm run x -w member`, `pnpm --filter x run y`, `yarn
 * workspaces foreach run x`, `cd dir && npm run x`, and what turbo, Nx and Lerna run in all members.
 */
export function scriptCalls(line: string): ScriptCalls {
  const found: Found = { calls: [], reads: new Set(), readsOfMembers: new Set() };
  readLine(line, '', 0, found);
  return { calls: found.calls, reads: [...found.reads], readsOfMembers: [...found.readsOfMembers] };
}

interface Found {
  readonly calls: ScriptCall[];
  readonly reads: Set<string>;
  readonly readsOfMembers: Set<string>;
}

const DEEPEST = 3;
const MOST = 500;
const LONGEST_FOLDER = 1000;
const MAY_CALL = /\b(?:npm|pnpm|yarn|yarnpkg|bun|node|lerna|turbo|nx|make|gmake|npm_execpath)\b/;

function readLine(line: string, folder: string, depth: number, found: Found): void {
  if (!MAY_CALL.test(line)) return;
  let inside = folder;
  for (const words of shellCommands(line)) {
    const [first, second] = words;
    if (/^(?:cd|pushd|chdir)$/.test(first!.text) && second !== undefined) {
      if (inside.length < LONGEST_FOLDER) inside = inFolder(inside, second.text);
      continue;
    }
    for (const { text, isQuoted } of words)
      if (isQuoted && /\s/.test(text) && depth < DEEPEST) readLine(text, inside, depth + 1, found);
    words.forEach(({ text }, at) => {
      if (found.calls.length > MOST) return;
      const program = /^\$\{?npm_execpath\}?$/.test(text) ? 'npm' : programName(text);
      READERS.get(program)?.(words.slice(at + 1), inside, found);
    });
    readRunner(words, inside, found);
  }
}

function inFolder(base: string, path: string): string {
  return base === '' ? path : `${base}/${path}`;
}

type Read = (words: SimpleCommand, folder: string, found: Found) => void;

/** Options with their values, and positional words. */
interface Arguments {
  readonly words: readonly string[];
  values(...names: readonly string[]): readonly string[];
  has(...names: readonly string[]): boolean;
}

/** Parses words up to the first positional one; `valued` are the options whose value is the next word. */
function readArguments(words: SimpleCommand, valued: ReadonlySet<string>): Arguments {
  const options: [string, string | undefined][] = [];
  const rest: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const { text } = words[at]!;
    if (text === '--') break;
    const option = /^(--?[A-Za-z][\w-]*)(?:=(.*))?$/.exec(text);
    if (option === null) rest.push(text);
    else if (option[2] === undefined && valued.has(option[1]!)) options.push([option[1]!, words[++at]?.text]);
    else options.push([option[1]!, option[2]]);
  }
  return {
    words: rest,
    values: (...names) =>
      options.flatMap(([name, value]) => (names.includes(name) && value !== undefined ? [value] : [])),
    has: (...names) => options.some(([name]) => names.includes(name)),
  };
}

const RUN = /^(?:run|run-script|rum|urn)$/;
const OF_NPM: ReadonlyMap<string, string> = new Map([
  ...['test', 'start', 'stop', 'restart'].map((name): [string, string] => [name, name]),
  ['t', 'test'],
  ['tst', 'test'],
]);

const NPM_VALUED = new Set(['-w', '--workspace', '--prefix', '-C', '--script-shell', '--loglevel']);

const npm: Read = (words, folder, { calls }) => {
  const read = readArguments(words, NPM_VALUED);
  const [first = '', second] = read.words;
  const script = RUN.test(first) ? second : OF_NPM.get(first);
  if (script === undefined) return;
  const members = read.values('-w', '--workspace');
  const [prefix] = read.values('--prefix', '-C');
  if (members.length > 0) calls.push(callOf(script, { members }));
  else if (read.has('-ws', '--workspaces')) calls.push(callOf(script, { members: 'all' }));
  else pushFolder(script, folder, prefix, calls);
};

const PNPM_VALUED = new Set([
  '-F',
  '--filter',
  '--filter-prod',
  '-C',
  '--dir',
  '--prefix',
  '--workspace-concurrency',
]);

const pnpm: Read = (words, folder, { calls }) => {
  const read = readArguments(words, PNPM_VALUED);
  const own = read.words[0] === 'recursive' || read.words[0] === 'm' ? read.words.slice(1) : read.words;
  const script = RUN.test(own[0] ?? '') ? own[1] : own[0];
  if (script === undefined || OF_MANAGER.has(script)) return;
  const filters = read.values('-F', '--filter', '--filter-prod').filter((one) => !one.startsWith('!'));
  const isAll = own !== read.words || read.has('-r', '--recursive', '--filter', '-F', '--filter-prod');
  // Dots and brackets select by dependency relation and by change.
  const isOpen = filters.length === 0 || filters.some((one) => /\.\.\.|\[/.test(one));
  if (isAll)
    calls.push(
      callOf(script, { members: isOpen ? 'all' : filters.map((one) => one.replace(/^\{(.*)\}$/, './$1')) }),
    );
  else pushFolder(script, folder, read.values('-C', '--dir', '--prefix')[0], calls);
};

/** Commands that are not scripts. */
const OF_MANAGER: ReadonlySet<string> = new Set([
  ...['install', 'i', 'add', 'ci', 'exec', 'dlx', 'x', 'create', 'publish', 'pack', 'why', 'list', 'ls'],
  ...[
    'update',
    'up',
    'remove',
    'rm',
    'link',
    'rebuild',
    'patch',
    'store',
    'config',
    'set',
    'dedupe',
    'audit',
  ],
]);

const YARN_VALUED = new Set(['--cwd', '--include', '--exclude', '--from', '-j', '--jobs']);

const yarn: Read = (words, folder, { calls }) => {
  const read = readArguments(words, YARN_VALUED);
  const [first, second, ...rest] = read.words;
  if (first === 'workspace' && second !== undefined) {
    const script = RUN.test(rest[0] ?? '') ? rest[1] : rest[0];
    if (script !== undefined) calls.push(callOf(script, { members: [second] }));
  } else if (first === 'workspaces' || first === 'wsrun') {
    const own = second === 'foreach' ? rest : [second ?? '', ...rest];
    const script = RUN.test(own[0] ?? '') ? own[1] : own[0];
    const members = read.values('--include', '--from').map((one) => one.replace(/^\{(.*)\}$/, '$1'));
    if (script !== undefined)
      calls.push(
        callOf(script, { members: members.length > 0 && !members.some(hasBraces) ? members : 'all' }),
      );
  } else {
    const script = RUN.test(first ?? '') ? second : first;
    if (script !== undefined && !OF_MANAGER.has(script))
      pushFolder(script, folder, read.values('--cwd')[0], calls);
  }
};

function hasBraces(pattern: string): boolean {
  return /[{}]/.test(pattern);
}

const BUN_VALUED = new Set(['--cwd', '--filter', '-F']);

const bun: Read = (words, folder, { calls }) => {
  const read = readArguments(words, BUN_VALUED);
  const [first, second] = read.words;
  const script = RUN.test(first ?? '') ? second : first;
  if (script === undefined) return;
  const members = read.values('--filter', '-F').map((one) => (one === '*' ? '**' : one));
  if (members.length > 0) calls.push(callOf(script, { members }));
  else if (read.has('--workspaces')) calls.push(callOf(script, { members: 'all' }));
  else pushFolder(script, folder, read.values('--cwd')[0], calls);
};

const node: Read = (words, folder, { calls }) => {
  const [script] = readArguments(words, new Set(['--run'])).values('--run');
  if (script !== undefined && folder !== '') calls.push({ script, isPlain: true, target: { folder } });
};

const READERS: ReadonlyMap<string, Read> = new Map([
  ['npm', npm],
  ['pnpm', pnpm],
  ['yarn', yarn],
  ['yarnpkg', yarn],
  ['bun', bun],
  ['node', node],
]);

/** Ignores scripts of the command's own manifest, which `reachedScripts` finds. */
function pushFolder(script: string, folder: string, option: string | undefined, calls: ScriptCall[]): void {
  const target = option === undefined ? folder : inFolder(folder, option);
  if (target !== '') calls.push(callOf(script, { folder: target }));
}

function callOf(script: string, target: ScriptCall['target']): ScriptCall {
  return { script, isPlain: false, target };
}

const RUNNER_VALUED = new Set([
  ...[
    '--scope',
    '--filter',
    '-F',
    '--concurrency',
    '-t',
    '--target',
    '--targets',
    '--projects',
    '-p',
    '--parallel',
  ],
  ...[
    '-C',
    '-f',
    '--directory',
    '--file',
    '--makefile',
    '--cwd',
    '--env-mode',
    '--cache-dir',
    '--configuration',
  ],
]);

/** Reads runners that run scripts of members by name, and the files that configure them. */
function readRunner(words: SimpleCommand, folder: string, found: Found): void {
  const at = programIn(words);
  if (at === -1) return;
  const { words: own, values } = readArguments(words.slice(at + 1), RUNNER_VALUED);
  const all = (names: readonly string[], members: readonly string[] | 'all' = 'all') => {
    for (const script of names) found.calls.push({ ...callOf(script, { members }), isTask: true });
  };
  const reads = (name: string) => found.reads.add(inFolder(folder, name));
  switch (programName(words[at]!.text)) {
    case 'lerna': {
      if (own[0] !== 'run' || own[1] === undefined) return;
      const scopes = values('--scope');
      all(own[1].split(','), scopes.length > 0 ? scopes : 'all');
      reads('lerna.json');
      return;
    }
    case 'turbo':
      all((own[0] === 'run' ? own.slice(1) : own).map((task) => task.slice(task.indexOf('#') + 1)));
      reads('turbo.json');
      found.readsOfMembers.add('turbo.json');
      return;
    case 'nx':
      readNx(own, values, all);
      reads('nx.json');
      found.readsOfMembers.add('project.json');
      return;
    case 'make':
    case 'gmake':
      for (const file of values('-f', '--file', '--makefile')) reads(file);
      for (const below of values('-C', '--directory'))
        for (const name of ['Makefile', 'makefile', 'GNUmakefile']) reads(inFolder(below, name));
  }
}

function readNx(
  [first = '', second = '']: readonly string[],
  values: Arguments['values'],
  all: (names: readonly string[], members?: readonly string[]) => void,
): void {
  if (first === 'run-many' || first === 'affected') {
    const projects = values('-p', '--projects').flatMap((list) => list.split(','));
    const targets = values('-t', '--target', '--targets').flatMap((list) => list.split(','));
    all(targets, projects.length > 0 ? projects : undefined);
    return;
  }
  const [project, target] = first === 'run' ? second.split(':') : [second, first];
  if (project !== undefined && project !== '' && target !== undefined && !first.startsWith('_'))
    all([target], [project]);
}
