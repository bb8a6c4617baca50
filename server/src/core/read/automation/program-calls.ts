import type { ScriptCommand, ScriptWord, ShellOperator } from '../text/shell/read-shell-script.ts';
import { programName } from '../text/shell/shell-words.ts';

/** A program that a script starts. */
export interface ProgramCall {
  /** In lower case, without its folder. */
  readonly program: string;
  readonly word: ScriptWord;
  readonly args: readonly ScriptWord[];
  /** Variables that are set for it alone, as written. */
  readonly variables: readonly string[];
  readonly after: ShellOperator;
  /** Whether an earlier command of the script went to another folder. */
  readonly isElsewhere: boolean;
}

const KEYWORDS: ReadonlySet<string> = new Set([
  ...['if', 'then', 'else', 'elif', 'while', 'until', 'do', '!', '{', 'time', 'exec', 'command', 'nohup'],
  ...['sudo', 'env', 'corepack'],
]);
const ASSIGNMENT = /^[A-Za-z_]\w*=/;

/** Returns the programs that commands start, without keywords, `sudo`, `env` and variables before them. */
export function programCalls(commands: readonly ScriptCommand[]): readonly ProgramCall[] {
  const calls: ProgramCall[] = [];
  let isElsewhere = false;
  for (const { words, after } of commands) {
    let at = 0;
    const variables: string[] = [];
    for (; at < words.length; at++) {
      const { text } = words[at]!;
      if (ASSIGNMENT.test(text)) variables.push(text);
      else if (!KEYWORDS.has(text) && !(at > 0 && text.startsWith('-'))) break;
    }
    const word = words[at];
    if (word === undefined) continue;
    const program = programName(word.text);
    const args = words.slice(at + 1);
    // A subshell would come back from there, which is too fine a point.
    if (program === 'cd' || program === 'pushd') isElsewhere ||= !/^\.?\/?$/.test(args[0]?.text ?? '..');
    calls.push({ program, word, args, variables, after, isElsewhere });
  }
  return calls;
}
