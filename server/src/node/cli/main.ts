import { printFailure, runCommandLine } from './command-line.ts';
import { processTerminal } from './terminal.ts';

export { processTerminal, runCommandLine };

/** Runs the command line as this process. */
export function main(): void {
  const terminal = processTerminal(process);
  // An unhandled rejection must not exit with 1, which means findings.
  process.on('uncaughtException', (error) => process.exit(printFailure(error, terminal)));
  runCommandLine(process.argv.slice(2), terminal).then((code) => {
    process.exitCode = code;
  });
}
