/** A word of a command, without its quotes. */
export interface ShellWord {
  readonly text: string;
  /** Whether any of it was quoted, so that spaces and operators in it are part of it. */
  readonly isQuoted: boolean;
}

/** One program with its arguments, as far as the words reveal them. */
export type SimpleCommand = readonly ShellWord[];

/**
 * Splits a command line of a script at shell separators: `;`, `&`, `|`, brackets and backquotes. Keeps variables, turns
 * Windows backslashes into slashes, and drops the target of `>`.
 */
export function shellCommands(line: string): readonly SimpleCommand[] {
  const commands: ShellWord[][] = [[]];
  let text = '';
  let isQuoted = false;
  let isTarget = false;
  const endWord = () => {
    const words = commands.at(-1)!;
    if (text !== '' && !isTarget && words.length < MOST_WORDS) words.push({ text, isQuoted });
    if (text !== '') isTarget = false;
    text = '';
    isQuoted = false;
  };
  const end = Math.min(line.length, LONGEST_LINE);
  for (let at = 0; at < end; at++) {
    const char = line[at]!;
    if (char === '"' || char === "'") {
      const close = closingQuote(line, at, end);
      text += line.slice(at + 1, close).replace(/\\(["\\])/g, '$1');
      isQuoted = true;
      at = close;
    } else if (char === '\\') {
      const isBlank = line[at + 1] === ' ';
      text += isBlank ? ' ' : '/';
      isQuoted ||= isBlank;
      if (isBlank) at++;
    } else if (char === '>') {
      endWord();
      isTarget = true;
      if (line[at + 1] === '&') at++;
    } else if (/[;&|()`\n]/.test(char)) {
      if (char === '(' && text === '$') text = '';
      endWord();
      isTarget = false;
      if (commands.at(-1)!.length > 0) commands.push([]);
    } else if (/[\s<]/.test(char)) endWord();
    else text += char;
  }
  endWord();
  return commands.filter((words) => words.length > 0);
}

/** No real script is longer, and each is read again on every change. */
const LONGEST_LINE = 20_000;
export const MOST_WORDS = 500;

/** Returns the end of the line if the quote is not closed. */
function closingQuote(line: string, open: number, end: number): number {
  const quote = line[open];
  let at = open + 1;
  while (at < end && line[at] !== quote) at += quote === '"' && line[at] === '\\' ? 2 : 1;
  return Math.min(at, end);
}

/** Returns the name of a program in lower case, without its folder and Windows extensions. */
export function programName(word: string): string {
  return word
    .slice(word.lastIndexOf('/') + 1)
    .toLowerCase()
    .replace(/\.(?:exe|cmd|bat)$/, '');
}
