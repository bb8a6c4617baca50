import { moduleLoads } from '../../core/judge/changes/reach/module-loads.ts';
import { modulePaths } from '../../core/judge/changes/reach/module-paths.ts';
import { shellLoads } from '../../core/judge/changes/reach/shell-loads.ts';
import {
  type Runner,
  runnerOf,
  type ScriptFile,
  strictScriptFiles,
} from '../../core/judge/changes/script-files.ts';
import type { ReadCode } from '../../core/know/scripts/read-code.ts';
import { joinUri, parentUri, type Uri } from '../../core/read/text/paths/uri.ts';

/** The extensions of files that a program starts by their name. */
const STARTED = /^[\w@./-]{1,200}\.(?:[cm]?js|sh|bash|bat|cmd|ps1|py)$/;
const COMMAND = /^[^\n]{1,300}\.(?:[cm]?js|sh|bash|bat|cmd|ps1|py)\b/;
/** A command line that starts a file of any name: `exec("node setup", …`. */
const LINES = /\bexec(?:Sync)?\("([^"]{1,200})"/g;
/** A runtime or shell with its arguments: `spawn(process.execPath, ["lib/data", …`. */
const STARTS_WITH =
  /\b(?:spawn|execFile)(?:Sync)?\((?:(process\.execPath|process\.argv\[0\])|"([^"]{1,200})"),\[([^\]]{1,1000})/g;
/** A file that runs as JavaScript whatever its name. */
const FORKS = /\b(?:fork|new Worker)\(("[^"]{1,200}"|[^"()]{0,60}\([^"()]{0,60}"[^"]{1,200}")/g;
const QUOTED = /"([^"]{1,200})"/g;
const PATH = /^[\w@. /-]{1,200}$/;
const MOST_STARTED = 50;

/** Groups of files in lookup order: the first with any existing file is loaded, with all of its files. */
export interface Load {
  readonly groups: readonly (readonly Uri[])[];
  readonly runner: Runner | undefined;
}

/** Yields the files that a file may load or start. */
export function* loadsOf(uri: Uri, code: ReadCode, folder: Uri): Generator<Load> {
  const own = parentUri(uri);
  const both = (path: string) => [...new Set([joinUri(folder, path), joinUri(own, path)])];
  if (code.module === undefined) {
    for (const { path, runner } of startsOf(shellLoads(code.text))) yield { groups: [both(path)], runner };
    return;
  }
  for (const specifier of moduleLoads(code.text))
    if (/^\.{1,2}(?:\/|$)/.test(specifier))
      yield {
        groups: modulePaths(specifier).map((paths) => paths.map((path) => joinUri(own, path))),
        runner: 'javascript',
      };
  // Of files with the extension of data, those that are loaded and not only found.
  for (const [, specifier] of code.module.code.matchAll(LOADED_DATA))
    yield { groups: [[joinUri(own, specifier!)]], runner: 'javascript' };
  if (!code.traits.some(({ trait }) => trait === 'programs') && !/\bWorker\b/.test(code.module.code)) return;
  let left = MOST_STARTED;
  for (const { path, runner } of startedIn(code.module)) {
    if (left-- <= 0) return;
    if (!path.startsWith('/')) yield { groups: [both(path)], runner };
  }
}

const LOADED_DATA =
  /(?<![.\w$])(?:require\(|import\(|import |import|from)"(\.{1,2}\/[^"\n]{1,200}\.(?:jsonc|json5|ya?ml|toml|md|txt|css|s[ac]ss|less|html?|svg|png|graphql|vue|svelte))"/gi;

/** A file that a command starts. */
export interface Started {
  readonly path: string;
  readonly runner: Runner | undefined;
}

function* startedIn({ code, strings }: NonNullable<ReadCode['module']>): Generator<Started> {
  for (const { value } of strings) {
    if (STARTED.test(value)) yield { path: value, runner: undefined };
    else if (COMMAND.test(value)) yield* startsOf(strictScriptFiles(value));
  }
  for (const [, line] of code.matchAll(LINES))
    yield* startsOf(strictScriptFiles(line!).filter(({ runners }) => runners.length > 0));
  for (const [, runtime, program = '', rest] of code.matchAll(STARTS_WITH)) {
    const runner = runtime === undefined ? runnerOf(program) : 'javascript';
    if (runner !== undefined) yield* pathsIn(rest!, runner);
  }
  for (const [, rest] of code.matchAll(FORKS)) yield* pathsIn(rest!, 'javascript');
}

/** Yields the files among those of a command, once for each program that runs them. */
export function* startsOf(files: readonly ScriptFile[]): Generator<Started> {
  for (const { path, kind, runners } of files)
    for (const runner of runners.length === 0 ? [undefined] : runners)
      if (kind === 'file') yield { path, runner };
}

function* pathsIn(text: string, runner: Runner): Generator<Started> {
  for (const [, path] of text.matchAll(QUOTED))
    if (PATH.test(path!) && !path!.startsWith('-')) yield { path: path!, runner };
}
