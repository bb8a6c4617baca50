import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ManagerSpec } from '../../core/read/manager/manager-spec.ts';
import { MANAGERS, managerOfProgram } from '../../core/read/manager/managers.ts';
import type { TypedInstall } from '../../core/read/manager/model/typed-commands.ts';
import { joinNames } from '../../core/read/text/words/words.ts';
import { guardJson } from '../../core/show/report/guard/guard-json.ts';
import type { GuardReport } from '../../core/show/report/guard/guard-report.ts';
import { guardText } from '../../core/show/report/guard/guard-text.ts';
import type { Command } from './command.ts';
import { WrongUse } from './exit-code.ts';
import { FORMAT_OPTIONS, formatOf, oneOf, readArguments } from './given/arguments.ts';
import { directoryOf } from './given/given-directory.ts';
import { canAsk, confirms } from './guard/ask.ts';
import { projectFolder } from './guard/copied-files.ts';
import { deceptiveNames } from './guard/deceptive-names.ts';
import { judgeCopy } from './guard/judge-copy.ts';
import { copyProject } from './guard/project-copy.ts';
import { resolveCopy } from './guard/resolve-copy.ts';
import { findProgram, runAsTyped } from './guard/run-program.ts';
import { SHELLS, shellFunctions } from './guard/shell-functions.ts';
import { withTemporaryFolder } from './guard/temporary-folder.ts';
import type { Terminal } from './terminal.ts';

const HELP = `Judges what an install would add, and runs it if nothing is wrong.

Usage
  dephygiene guard [options] -- <command>
  dephygiene guard --setup bash|zsh|fish|powershell

Options
  --dry-run             judge, and do not run the command
  --run-anyway          run the command whatever was found or not judged
  --quiet               print nothing if nothing is wrong
  --offline             send nothing: then only a dry run ends
  --format text|json    text for people on standard error (default), or json on
                        standard output; the command then prints on standard
                        error
  --json                the same as --format json
  --setup <shell>       print functions for the start-up file of a shell, which
                        pass each of these programs through guard

Commands
  npm, npx, pnpm, pnpx, yarn (3 and later), bun and bunx. Installs are judged,
  global ones and those for one run too. Other commands run unchanged. Local
  folders and files, --registry, --prefix, link and similar are refused.

The package manager resolves the command in a temporary copy of the manifests,
lockfiles and configuration, with scripts off, and writes only the lockfile.
Every new or changed package is judged: malware, name, age, publisher, known
vulnerabilities, install scripts, provenance and source. A command without names
installs the whole lockfile, so all of it is judged. If something is wrong, it
asks on a terminal and refuses elsewhere.

Exit code
  that of the command, if it runs
  0   with --dry-run: nothing is wrong
  1   something is wrong, and the command did not run
  2   usage error, or something could not be judged, and the command did not run

Examples
  dephygiene guard -- npm install left-pad
  dephygiene guard --dry-run -- pnpm update
  dephygiene guard --setup bash >> ~/.bashrc
`;

/** Judges what a package manager's command would install, and runs it. */
export const guard: Command = {
  help: () => HELP,
  async run(args, terminal) {
    const end = args.indexOf('--');
    const given = readArguments('guard', end === -1 ? args : args.slice(0, end), {
      ...{ ...FORMAT_OPTIONS, 'dry-run': 'boolean', 'run-anyway': 'boolean', offline: 'boolean' },
      ...{ quiet: 'boolean', setup: 'string' },
    });
    const setup = given.text('setup');
    if (setup !== undefined) {
      terminal.out(shellFunctions(oneOf('--setup', setup, SHELLS)));
      return 0;
    }
    const format = formatOf(given, ['text', 'json']);
    const [program, ...typed] = end === -1 ? [] : args.slice(end + 1);
    if (program === undefined || given.positionals.length > 0)
      throw new WrongUse('guard takes a command after --; run "dephygiene guard -- npm install <package>".');
    const spec = managerOfProgram(program);
    if (spec === undefined)
      throw new WrongUse(`guard does not know ${program}; it judges ${joinNames(PROGRAMS)}.`);
    const directory = await directoryOf('guard', []);
    const options: GuardOptions = {
      offline: given.flag('offline'),
      isDry: given.flag('dry-run'),
      isForced: given.flag('run-anyway'),
      isQuiet: given.flag('quiet'),
      isJson: format === 'json',
    };
    const path = await findProgram(program, await projectFolder(directory));
    const command = { words: [program, ...typed], spec, path, directory };
    const report = await reportOf(command, options, terminal);
    return finish(command, report, options, terminal);
  },
};

const PROGRAMS = MANAGERS.flatMap(({ typed }) => typed.programs);

interface GuardOptions {
  readonly offline: boolean;
  readonly isDry: boolean;
  readonly isForced: boolean;
  readonly isQuiet: boolean;
  readonly isJson: boolean;
}

interface GuardedCommand {
  readonly words: readonly string[];
  readonly spec: ManagerSpec;
  /** The absolute path of the program; undefined if there is none. */
  readonly path: string | undefined;
  readonly directory: string;
}

/** Judges a command, without running it. */
async function reportOf(
  command: GuardedCommand,
  options: GuardOptions,
  { progress }: Terminal,
): Promise<GuardReport> {
  const { words, spec, path, directory } = command;
  const none = {
    reason: undefined,
    packages: undefined,
    findings: [],
    failed: [],
    unknown: [],
    withheld: [],
  };
  const base = { ...none, command: words.join(' ') };
  const [program = '', ...args] = words;
  const notJudged = (reason: string) => ({ ...base, verdict: 'not-judged' as const, reason: `${reason}.` });
  if (path === undefined) return notJudged(`${program} was not found on PATH; install it`);
  const install = spec.typed.read(program, args);
  if (install.type === 'other' || (install.type === 'install' && (await isInProject(install, directory))))
    return { ...base, verdict: 'nothing' };
  if (install.type === 'refused') return notJudged(`${install.reason}; ${install.advice}`);
  const unresolved = (reason: string) => {
    const names = deceptiveNames(install.specs).map((sentence) => ` ${sentence}`);
    return { ...notJudged(reason), reason: `${reason}.${names.join('')}` };
  };
  // A package manager asks registries with the tokens of the user, whatever this process sends.
  if (options.offline && !install.isFrozen)
    return unresolved(`${spec.title} asks registries to resolve it, and --offline sends nothing`);
  return withTemporaryFolder(async (folder) => {
    const copy = await copyProject(install, spec, { directory, folder });
    if ('reason' in copy) return notJudged(`the project cannot be resolved beforehand: ${copy.reason}`);
    progress.report('Resolving', 0, undefined);
    const resolver = await findProgram(spec.typed.resolver, await projectFolder(directory));
    if (resolver === undefined) return notJudged(`${spec.typed.resolver} was not found on PATH; install it`);
    const resolved = await resolveCopy(copy, install, {
      ...{ spec, program: resolver },
      offline: options.offline,
    });
    if ('reason' in resolved) return unresolved(resolved.reason);
    const judgesAll = install.specs.length === 0 || install.place !== 'project';
    const judged = await judgeCopy(resolved, { offline: options.offline, judgesAll, progress });
    if ('reason' in judged) return notJudged(judged.reason);
    const failed = [...copy.hooks.map(hookGap), ...judged.failed];
    const isWrong = judged.findings.some(({ stops }) => stops);
    const verdict = isWrong ? 'wrong' : failed.length > 0 ? 'not-judged' : 'clean';
    return { ...base, ...judged, failed, withheld: copy.withheld, verdict };
  });
}

function hookGap(name: string): GuardReport['failed'][number] {
  return {
    kind: 'file',
    state: 'not-checked',
    reason: 'unread',
    subject: name,
    detail: 'it may change what is installed, and was not run',
    advice: 'review it, and use --run-anyway',
  };
}

/** Checks whether the project has the command already, so that it runs without an install. */
async function isInProject({ program }: TypedInstall, directory: string): Promise<boolean> {
  if (program === undefined || !/^[\w.-]+$/.test(program)) return false;
  for (let at = directory; ; at = dirname(at)) {
    const isFile = async (path: string) =>
      (await stat(join(at, path)).catch(() => undefined))?.isFile() === true;
    if (await isFile(`node_modules/.bin/${program}`)) return true;
    if ((await isFile('package.json')) || at === dirname(at)) return false;
  }
}

/** Prints the verdict, and runs the command if nothing stops it. Returns the exit code. */
async function finish(
  { words, path }: GuardedCommand,
  report: GuardReport,
  options: GuardOptions,
  terminal: Terminal,
): Promise<number> {
  const { verdict } = report;
  const isFine = verdict === 'clean' || verdict === 'nothing';
  const asks = !isFine && !options.isForced && !options.isDry && path !== undefined && canAsk();
  const runs = !options.isDry && path !== undefined && (isFine || options.isForced);
  if (options.isJson) terminal.out(guardJson(report, asks ? null : runs));
  else if (!isFine || !options.isQuiet) terminal.error(guardText(report, terminal.columns));
  const isConfirmed = runs || (asks && (await confirms('Run it anyway?', terminal)));
  if (isConfirmed) {
    const ended = await runAsTyped(path!, words.slice(1), { out: options.isJson ? 2 : 1 });
    return typeof ended === 'number' ? ended : 127;
  }
  if (isFine) return 0;
  if (!options.isDry && !options.isJson)
    terminal.error('dephygiene: the command did not run; review it, or add --run-anyway.\n');
  return verdict === 'wrong' ? 1 : 2;
}
