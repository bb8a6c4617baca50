import { programName, type SimpleCommand, shellCommands } from '../../../read/text/shell/shell-words.ts';
import { programIn } from '../script-files.ts';
import { TOOL_FILES, type ToolFiles } from './tool-tables.ts';

/** Files of one folder, matched by name. */
export interface ListedFiles {
  /** Relative to the folder of the manifest; empty for that folder itself. */
  readonly folder: string;
  readonly names: RegExp;
}

export interface ToolCalls {
  readonly tools: readonly (ToolFiles & { readonly folder: string })[];
  /** Configuration that is not code and that an option of a tool names, relative to the folder of the manifest. */
  readonly named: readonly string[];
  /** Files that Windows runs in place of the commands' programs, as it searches the current folder first. */
  readonly onWindows: readonly ListedFiles[];
}

const DEEPEST = 3;
const MOST = 200;
const LONGEST_FOLDER = 1000;

/** Returns the tools with their own configuration that a script calls, through any launcher. */
export function toolCalls(line: string): ToolCalls {
  const tools = new Map<string, ToolFiles & { readonly folder: string }>();
  const named = new Set<string>();
  const programs = new Map<string, Set<string>>();
  const read = (text: string, folder: string, depth: number) => {
    let inside = folder;
    for (const words of shellCommands(text)) {
      const [first, second] = words;
      if (/^(?:cd|pushd|chdir)$/.test(first!.text) && second !== undefined) {
        if (inside.length < LONGEST_FOLDER && isPlainPath(second.text))
          inside = inside === '' ? second.text : `${inside}/${second.text}`;
        continue;
      }
      for (const { text: quoted, isQuoted } of words)
        if (isQuoted && /\s/.test(quoted) && depth < DEEPEST) read(quoted, inside, depth + 1);
      for (const name of toolsIn(words)) {
        const tool = TOOL_FILES.get(name)!;
        if (tool.option !== undefined && !words.some((word) => tool.option!.test(word.text))) continue;
        for (const path of named.size < MOST ? optionPaths(words) : [])
          named.add(inside === '' ? path : `${inside}/${path}`);
        if (tools.size < MOST) tools.set(`${inside} ${name}`, { ...tool, folder: inside });
      }
      for (const name of bareProgramsIn(words)) {
        const of = programs.get(inside) ?? new Set();
        programs.set(inside, of);
        if (of.size < MOST) of.add(name);
      }
    }
  };
  read(line, '', 0);
  return {
    tools: [...tools.values()],
    named: [...named],
    onWindows: [...programs].map(([folder, names]) => ({
      folder,
      names: new RegExp(`^(?:${[...names].map(escaped).join('|')})\\.(?:cmd|bat|exe|com|ps1|js|vbs)$`, 'i'),
    })),
  };
}

const CONFIGURATION = /^(?:-[cpP]|--(?:config|config-file|schema|project|configuration))(?:=(.*))?$/;

function optionPaths(words: SimpleCommand): readonly string[] {
  return words.flatMap(({ text }, at) => {
    const option = CONFIGURATION.exec(text);
    const path = option === null ? undefined : (option[1] ?? words[at + 1]?.text);
    return path !== undefined && isPlainPath(path) && /\.(?:json[c5]?|ya?ml|toml|prisma)$/i.test(path)
      ? [path]
      : [];
  });
}

export function isPlainPath(path: string): boolean {
  return path !== '' && !/^[/\\~]|[$*?\n]|^[a-z]:/i.test(path);
}

/** Programs whose arguments are paths or texts, never programs. */
const PLAIN =
  /^(?:cp|mv|rm|rimraf|del|cpy|cpx|cpr|ncp|copyfiles|chmod|mkdir|mkdirp|touch|echo|printf|test|\[|ls|sed|grep|diff|git|shx|ln|tar|zip|exit|set)$/;

/** Returns the words that may be a tool: the program, or the arguments of a launcher. */
function toolsIn(words: SimpleCommand): readonly string[] {
  const main = programIn(words);
  if (main === -1 || runsScript(words.slice(0, main)) || PLAIN.test(programName(words[main]!.text)))
    return [];
  const own = toolName(words[main]!.text);
  if (TOOL_FILES.has(own)) return [own];
  return words.map(({ text }) => toolName(text)).filter((name) => TOOL_FILES.has(name));
}

/** Returns `vite` for `node node_modules/vite/bin/vite.js`. */
function toolName(word: string): string {
  return programName(word).replace(/\.[cm]?js$/, '');
}

/** Checks whether the next word names a script, which is read separately. */
function runsScript(before: SimpleCommand): boolean {
  return before.some(({ text }) => /^run(?:-script)?$/.test(text));
}

/** Builtins of `cmd.exe`, and commands of package managers. */
const OF_CMD =
  /^(?:run|run-script|exec|dlx|x|call|cd|chdir|copy|del|dir|echo|erase|exit|if|md|mkdir|move|rd|ren|rmdir|set|type)$/;

/** Returns the programs of a command without a path, including launchers. */
function bareProgramsIn(words: SimpleCommand): readonly string[] {
  const main = programIn(words);
  const before = words.slice(0, main === -1 ? words.length : main);
  return (main === -1 || runsScript(before) ? before : [...before, words[main]!])
    .filter(({ text }) => /^[\w@][\w.@-]*$/.test(text) && !OF_CMD.test(text.toLowerCase()))
    .map(({ text }) => programName(text));
}

/** Returns the files that a tool loads by folder, relative to the command's folder. */
export function filesOfTool({ names }: ToolFiles): readonly ListedFiles[] {
  const byFolder = new Map<string, string[]>();
  for (const name of names) {
    const at = name.lastIndexOf('/');
    const folder = name.slice(0, Math.max(0, at));
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), patternOf(name.slice(at + 1))]);
  }
  return [...byFolder].map(([folder, patterns]) => ({
    folder,
    names: new RegExp(`^(?:${patterns.join('|')})$`, 'i'),
  }));
}

const ENDINGS = '\\.(?:[cm]?[jt]sx?|json[c5]?|ya?ml|toml)';

function patternOf(name: string): string {
  if (name.endsWith('.*')) return name.slice(0, -2).split('*').map(escaped).join('[^/]*') + ENDINGS;
  const pattern = name.split('*').map(escaped).join('[^/]*');
  if (name.endsWith('.config')) return pattern + ENDINGS;
  return name.startsWith('.') && name.endsWith('rc') ? `${pattern}(?:${ENDINGS})?` : pattern;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
