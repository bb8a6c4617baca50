import type { Terminal } from './terminal.ts';

/** A command of the command line. Throws `WrongUse` for wrong use. */
export interface Command {
  /** Subcommands by the word after the command; a folder of that name has to be given as `./word`. */
  readonly subcommands?: Readonly<Record<string, () => Promise<Command>>>;
  /** Returns its help, with a line end. */
  help(): string;
  /** Returns an `ExitCode`, or that of the command that `guard` or `monitor` runs. */
  run(args: readonly string[], terminal: Terminal): Promise<number>;
}
