import { MANAGERS } from '../../read/manager/managers.ts';
import { compileGlob } from '../../read/text/paths/glob.ts';
import { programName, type SimpleCommand, shellCommands } from '../../read/text/shell/shell-words.ts';

/** Scripts of a manifest by name. */
export type Scripts = ReadonlyMap<string, { readonly value: string }>;

/**
 * Returns the scripts that run when those in `starts` do: these, the scripts of the same manifest that they name, and
 * those that run before and after them.
 *
 * @param hooks whether `prebuild` and `postbuild` run with `build`, as in all package managers except Yarn 2 and later
 */
export function reachedScripts(
  scripts: Scripts,
  starts: Iterable<string>,
  hooks: boolean,
): ReadonlySet<string> {
  const reached = new Set<string>();
  let left = MOST_REFERENCES;
  const waiting = [...starts].filter((name) => scripts.has(name));
  for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    for (const { pattern, isPlain } of referencesIn(scripts.get(name)!.value)) {
      if (left-- <= 0) return reached;
      for (const other of matchingScripts(pattern, scripts)) {
        waiting.push(other);
        if (hooks && !isPlain)
          waiting.push(...[`pre${other}`, `post${other}`].filter((hook) => scripts.has(hook)));
      }
    }
  }
  return reached;
}

/** A limit, as each pattern is compared with each script. */
const MOST_REFERENCES = 2000;

interface Reference {
  /** A name, or a `*` pattern of npm-run-all, concurrently and pnpm's `/…/`. */
  readonly pattern: string;
  /** Set for Node's own `--run`, which runs nothing before or after it. */
  readonly isPlain: boolean;
}

const RUNNING: ReadonlySet<string> = new Set(MANAGERS.flatMap(({ programs }) => programs.run));
const RUNNERS: ReadonlySet<string> = new Set(['run-s', 'run-p', 'npm-run-all', 'npm-run-all2']);
/** Options that run a script of another manifest. */
const ELSEWHERE = /^(--prefix|--cwd|--dir|-C)(?:=(.*))?$/;
const ELSEWHERE_OF_NPM = /^(-w|--workspaces?|-ws|--prefix|--cwd|-C)(?:=(.*))?$/;
const RUN: ReadonlySet<string> = new Set(['run', 'run-script', 'rum', 'urn']);
/** What npm runs without `run`. */
const OF_NPM: ReadonlyMap<string, string> = new Map([
  ...['test', 'start', 'stop', 'restart'].map((name): [string, string] => [name, name]),
  ['t', 'test'],
  ['tst', 'test'],
]);
/** Bun commands that are never scripts, whatever the manifest contains. */
const OF_BUN: ReadonlySet<string> = new Set(['build', 'test', 'install', 'add', 'x', 'exec', 'create']);
/** The maximum nesting of quoted commands. */
const DEEPEST = 3;

function referencesIn(command: string, depth = 0): readonly Reference[] {
  return shellCommands(command).flatMap((words) =>
    words.flatMap(({ text, isQuoted }, at): readonly Reference[] => {
      if (isQuoted && /\s/.test(text)) return depth < DEEPEST ? referencesIn(text, depth + 1) : [];
      const ofTask = /^(?:npm|pnpm|yarn|bun|node):(.+)$/.exec(text)?.[1];
      if (ofTask !== undefined) return [{ pattern: ofTask, isPlain: text.startsWith('node:') }];
      const program = /^\$\{?npm_execpath\}?$/.test(text) ? 'npm' : programName(text);
      if (RUNNERS.has(program))
        return words.slice(at + 1).flatMap((word) => {
          const isName = !word.text.startsWith('-');
          return isName ? [{ pattern: word.text.split(/\s/, 1)[0]!, isPlain: false }] : [];
        });
      if (program === 'node') return runByNode(words, at);
      return RUNNING.has(program) ? runByManager(program, words, at) : [];
    }),
  );
}

function runByNode(words: SimpleCommand, at: number): readonly Reference[] {
  const flag = words.findIndex(({ text }, index) => index > at && /^--run(?:=|$)/.test(text));
  if (flag === -1) return [];
  const pattern = words[flag]!.text.slice('--run='.length) || words[flag + 1]?.text;
  return pattern === undefined ? [] : [{ pattern, isPlain: true }];
}

/** Words after options may be their values, so each that names a script of the manifest counts. */
function runByManager(program: string, words: SimpleCommand, at: number): readonly Reference[] {
  if (isElsewhere(words.slice(at))) return [];
  const found: Reference[] = [];
  let isRun = false;
  for (let next = at + 1; next < words.length; next++) {
    const { text } = words[next]!;
    if (text.startsWith('-')) continue;
    if (!isRun && RUN.has(text)) {
      isRun = true;
      continue;
    }
    const pattern = isRun
      ? text
      : program === 'npm'
        ? OF_NPM.get(text)
        : program === 'bun' && OF_BUN.has(text)
          ? undefined
          : text;
    if (pattern !== undefined) found.push({ pattern, isPlain: false });
    if (!words[next - 1]!.text.startsWith('-')) break;
  }
  return found;
}

/** Checks whether only a script of another manifest runs, see `scriptCalls`. A filter may also match this manifest. */
function isElsewhere(words: SimpleCommand): boolean {
  // pnpm's -w is the workspace root.
  const known = programName(words[0]!.text) === 'pnpm' ? ELSEWHERE : ELSEWHERE_OF_NPM;
  return words.some(({ text }, at) => {
    const option = known.exec(text);
    return option !== null && !/^\.?\/?$/.test(option[2] ?? words[at + 1]?.text ?? '-');
  });
}

/** Returns the names of the scripts that a name or pattern matches. */
export function matchingScripts(pattern: string, scripts: Scripts): readonly string[] {
  if (scripts.has(pattern)) return [pattern];
  const regular = /^\/\^?([\w:.-]*)/.exec(pattern)?.[1];
  if (regular !== undefined) return [...scripts.keys()].filter((name) => name.startsWith(regular));
  if (!/[*{?[]/.test(pattern)) return [];
  const asPath = (name: string) => name.replaceAll(':', '/');
  const glob = compileGlob(asPath(pattern), { dot: true });
  return glob === undefined ? [] : [...scripts.keys()].filter((name) => glob.matches(asPath(name)));
}
