import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Command } from './command.ts';
import { WrongUse } from './exit-code.ts';
import { readArguments } from './given/arguments.ts';

const HELP = `Runs the language server for an editor.

Usage
  dephygiene lsp --stdio

Options
  --stdio   speak over standard input and output

Exit code
  0   the client asked for the shutdown before it left
  1   it left without one
  2   usage error
`;

/** Hands the process over to the server's own bundle, which reads `--stdio` from the command line itself. */
export const lsp: Command = {
  help: () => HELP,
  async run(args) {
    const given = readArguments('lsp', args, { stdio: 'boolean', clientProcessId: 'string' });
    if (!given.flag('stdio') || given.positionals.length > 0) {
      throw new WrongUse('lsp needs --stdio; run "dephygiene lsp --stdio".');
    }
    createRequire(join(import.meta.dirname, 'lsp.js'))('./server.js');
    return 0;
  },
};
