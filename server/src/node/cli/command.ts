import type { ExitCode } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

/** One command of the command line. Wrong use is thrown as `WrongUse`. */
export interface Command {
  /** Commands of their own, by the word behind this one's name; a folder of such a name is given as `./word`. */
  readonly subcommands?: Readonly<Record<string, () => Promise<Command>>>;
  /** Its help, with a line end. */
  help(): string;
  run(args: readonly string[], terminal: Terminal): Promise<ExitCode>;
}
