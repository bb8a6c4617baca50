import type { Span } from '../../read/text/span.ts';
import { type SuspiciousScript, suspiciousScript } from './suspicious-script.ts';

/**
 * Reads binding.gyp, whose commands `<!(…)` run at install without any script in package.json. Returns the first thing
 * that no build of native code needs: a suspicious command, Python that leaves the sandbox of conditions, or a target
 * without native sources that runs a program of the package.
 */
export function suspiciousGyp(
  written: string,
): { readonly span: Span; readonly script: SuspiciousScript } | undefined {
  const text = written.slice(0, LONGEST);
  const commands = commandsIn(text);
  for (const { index, whole, command } of commands) {
    const script = suspiciousScript(withoutEscapes(command));
    if (script !== undefined) return { span: { start: index, end: index + whole.length }, script };
  }
  const python =
    /__(?:import|subclasses|builtins|globals|class)__|\\U0000[0-9a-fA-F]{4}|(?:\\x[0-9a-fA-F]{2}){8}/.exec(
      text,
    );
  if (python !== null) {
    const span = { start: python.index, end: python.index + python[0].length };
    return { span, script: { suspicion: 'encoded-code', outline: 'Python in a condition' } };
  }
  if (HAS_SOURCES.test(text)) return undefined;
  const run = commands.find(({ command }) => RUNS_FILE.test(command));
  if (run === undefined) return undefined;
  const program = RUNS_FILE.exec(run.command)![1]!;
  return {
    span: { start: run.index, end: run.index + run.whole.length },
    script: { suspicion: 'no-sources', outline: `${program} …` },
  };
}

const LONGEST = 100_000;
const LONGEST_COMMAND = 2000;
/** Returns the commands of a build without the escapes that quotes take. */
export function gypCommands(text: string): readonly string[] {
  return commandsIn(text.slice(0, LONGEST)).map(({ command }) => withoutEscapes(command));
}

interface Command {
  readonly index: number;
  readonly whole: string;
  readonly command: string;
}

/** Returns the commands `<!(…)` of a text, each up to the bracket that closes it. */
function commandsIn(text: string): readonly Command[] {
  const found: Command[] = [];
  for (const { index, 0: opening } of text.matchAll(/<!@?\(/g)) {
    const start = index + opening.length;
    let open = 1;
    for (let at = start; at < Math.min(text.length, start + LONGEST_COMMAND) && text[at] !== '\n'; at++) {
      if (text[at] === '(') open++;
      if (text[at] !== ')' || --open > 0) continue;
      found.push({ index, whole: text.slice(index, at + 1), command: text.slice(start, at) });
      break;
    }
  }
  return found;
}

function withoutEscapes(command: string): string {
  return command.replace(/\\(["'\\])/g, '$1');
}

/** Native code, or what may name it: other files, and commands that list files. */
const HAS_SOURCES =
  /\.(?:c|cc|cpp|cxx|c\+\+|m|mm|s|asm|rs|swift|go|gypi?)["'\s]|["']includes["']|<!@?\((?:ls|find|dir)\s|readdirSync|glob/i;
const RUNS_FILE =
  /^\s*(node|bun|deno|python[\d.]*|bash|sh)\s+(?:run\s+)?["']?[\w@./-]+\.(?:[cm]?[jt]s|py|sh)\b/;
