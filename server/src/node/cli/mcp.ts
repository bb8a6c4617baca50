import { once } from 'node:events';
import type { Command } from './command.ts';
import { readArguments } from './given/arguments.ts';
import { directoryOf } from './given/given-directory.ts';
import { trustedRootOf } from './verify.ts';

const HELP = `Answers the questions of coding assistants about npm packages, over MCP.

Usage
  dephygiene mcp [dir...] [options]

Options
  --online              ask the registries of your own configuration about the
                        packages that an assistant wants verified. Without it
                        and --trust nothing is sent
  --trust               like --online, and let the files of the projects in the
                        directories choose the registries. Checks of these
                        directories ask as well
  --trusted-root <file> verify attestations by this trusted_root.json instead of
                        Sigstore's, like DEPHYGIENE_TRUSTED_ROOT

It speaks the Model Context Protocol over standard input and output. Its tools
verify a package, judge names, check a project and explain a rule. They install
and change nothing, and refuse directories other than the given ones (default:
the current one) and those below them.

Exit code
  0   the assistant closed standard input
  2   usage error

Examples
  dephygiene mcp --online
  dephygiene mcp packages/app packages/api --trust
`;

/** Runs a server of the Model Context Protocol until standard input ends. */
export const mcp: Command = {
  help: () => HELP,
  async run(args, terminal) {
    const given = readArguments('mcp', args, {
      online: 'boolean',
      trust: 'boolean',
      'trusted-root': 'string',
    });
    const [first = '.', ...others] = given.positionals;
    const directories: [string, ...string[]] = [await directoryOf('mcp', [first])];
    for (const typed of others) directories.push(await directoryOf('mcp', [typed]));
    const trusted = given.flag('trust');
    const online = trusted || given.flag('online');
    const trustedRoot = await trustedRootOf(given.text('trusted-root'));
    // The libraries of the protocol are larger than anything else that a command loads.
    const { serveAssistant } = await import('./mcp/serve-assistant.ts');
    const ended = once(process.stdin, 'close');
    serveAssistant({ directories, online, trusted, trustedRoot }, (text) => terminal.error(text));
    await ended;
    return 0;
  },
};
