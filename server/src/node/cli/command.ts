import type { ExitCode } from './exit-code.ts';
import type { Terminal } from './terminal.ts';

/** One command of the command line. Wrong use is thrown as `WrongUse`. */
export interface Command {
  /** Its help, with a line end. */
  help(): string;
  run(args: readonly string[], terminal: Terminal): Promise<ExitCode>;
}
