import { nearestWord } from '../../core/read/text/words/nearest-word.ts';
import { visibleText } from '../../core/read/text/words/visible-text.ts';
import { systemFailure } from '../files/file-problem.ts';
import { startQuickly } from '../quick-start.ts';
import type { Command } from './command.ts';
import { type ExitCode, WrongUse } from './exit-code.ts';
import { subcommandOf } from './subcommands.ts';
import type { Terminal } from './terminal.ts';
import { VERSION } from './version.ts';

const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  check: async () => (await import('./check.ts')).check,
  report: async () => (await import('./report.ts')).report,
  graph: async () => (await import('./graph.ts')).graph,
  sbom: async () => (await import('./sbom.ts')).sbom,
  why: async () => (await import('./why.ts')).why,
  diff: async () => (await import('./diff.ts')).diff,
  outdated: async () => (await import('./outdated.ts')).outdated,
  scripts: async () => (await import('./scripts.ts')).scripts,
  unused: async () => (await import('./unused.ts')).unused,
  inspect: async () => (await import('./inspect.ts')).inspect,
  verify: async () => (await import('./verify.ts')).verify,
  audit: async () => (await import('./audit.ts')).audit,
  baseline: async () => (await import('./baseline.ts')).baseline,
  ignores: async () => (await import('./ignores.ts')).ignores,
  db: async () => (await import('./db.ts')).db,
  guard: async () => (await import('./guard.ts')).guard,
  monitor: async () => (await import('./monitor.ts')).monitor,
  watch: async () => (await import('./watch.ts')).watch,
  incident: async () => (await import('./incident.ts')).incident,
  inventory: async () => (await import('./inventory.ts')).inventory,
  maintainers: async () => (await import('./maintainers.ts')).maintainers,
  names: async () => (await import('./names.ts')).names,
  privacy: async () => (await import('./privacy.ts')).privacy,
  init: async () => (await import('./init.ts')).init,
  policy: async () => (await import('./policy.ts')).policy,
  explain: async () => (await import('./explain.ts')).explain,
  mcp: async () => (await import('./mcp.ts')).mcp,
  lsp: async () => (await import('./lsp.ts')).lsp,
};

/** Commands that run for long, or start another process. */
const LONG: ReadonlySet<string> = new Set([
  'db',
  'names',
  'mcp',
  'lsp',
  'guard',
  'monitor',
  'incident',
  'inventory',
]);

const HELP = `dephygiene finds risky npm dependencies.

Usage
  dephygiene <command> [options]

Commands
  check [dir]              report risks below a directory
  report [dir]             write a report for people as one HTML page
  why <package>            print the dependency paths to a package
  diff [dir]               list changes of the lockfiles since a commit
  outdated [dir]           list dependencies with newer versions
  scripts [dir]            list and review install scripts
  unused [dir]             list unused and undeclared dependencies
  graph [dir]              print the dependency graph for programs
  sbom [dir]               print a software bill of materials
  verify <package>         verify one package before you install it
  inspect <package>        list what the code of a package can do
  guard -- <command>       judge what npm install and the like add, then run it
  monitor -- <command>     run a program and list what its packages use
  audit [dir]              list known vulnerabilities, like npm audit
  audit fix [dir]          write fixes for the findings of audit
  audit signatures [dir]   verify the signatures of all locked packages
  baseline write [dir]     record the findings of today for check --baseline
  ignores import [dir]     import other tools' ignore lists
  db update|build|status   manage the local advisory database
  watch --once [dir]       report news about dependencies, for cron
  incident <id|package|file>
                           find repositories that locked bad versions
  inventory [dir...]       write the locked packages of repositories as tables
  maintainers [dir]        list the accounts that can publish locked packages
  names                    find names that look like popular ones
  privacy [dir]            list the names that may be sent
  init [dir]               propose the safe configuration of a project
  policy init|show|lint [dir]
                           start, show or check dependency-hygiene.json
  explain <rule>           print the documentation of a rule
  mcp [dir...]             answer the questions of coding assistants
  lsp --stdio              run the language server for an editor

Options
  --help, -h       print this help, or that of a command
  --version, -v    print the version

Examples
  dephygiene check
  dephygiene verify left-pad
  dephygiene audit --help
`;

/** Runs the command line to its end and returns the exit code. Prints wrong use and failures. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await run(args, terminal);
  } catch (error) {
    return printFailure(error, terminal);
  }
}

/** Prints what the machine could not do, or else an internal error with what to report. Returns the exit code. */
export function printFailure(error: unknown, terminal: Terminal): ExitCode {
  terminal.progress.end();
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const report = `internal error in dephygiene ${VERSION}; please report it with the command and this text:`;
  const failure = systemFailure(error);
  terminal.error(`dephygiene: ${failure ?? `${report}\n${detail}`}\n`);
  return 2;
}

async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(args, terminal);
  } catch (error) {
    if (!(error instanceof WrongUse)) throw error;
    terminal.progress.end();
    terminal.error(`dephygiene: ${visibleText(error.message)}\n`);
    return 2;
  }
}

async function dispatch([name, ...rest]: readonly string[], terminal: Terminal): Promise<number> {
  if (name === undefined)
    throw new WrongUse('no command was given; run "dephygiene check", or "dephygiene --help".');
  if (name === '--version' || name === '-v') return print(terminal, `${VERSION}\n`);
  if (name === '--help' || name === '-h' || (name === 'help' && rest.length === 0))
    return print(terminal, HELP);
  if (name === 'help') return dispatch([...rest, '--help'], terminal);
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load === undefined) throw new WrongUse(noCommand(name));
  if (!LONG.has(name)) startQuickly();
  const own = await load();
  const subcommand = await subcommandOf(name, own, rest);
  const command = subcommand ?? own;
  const args = subcommand === undefined ? rest : rest.slice(1);
  const optionsEnd = args.indexOf('--');
  const options = optionsEnd === -1 ? args : args.slice(0, optionsEnd);
  if (options.includes('--help') || options.includes('-h')) return print(terminal, command.help());
  return command.run(args, terminal);
}

function print(terminal: Terminal, text: string): ExitCode {
  terminal.out(text);
  return 0;
}

function noCommand(name: string): string {
  const closest = nearestWord(name, Object.keys(COMMANDS));
  const instead = closest === undefined ? 'see "dephygiene --help"' : `did you mean "${closest}"?`;
  const end = closest === undefined ? '.' : '';
  return `unknown ${name.startsWith('-') ? 'option' : 'command'} ${name}; ${instead}${end}`;
}
