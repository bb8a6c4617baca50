import { PENDING } from '../../core/know/registry/documents/fact.ts';
import { UPDATE_LEVELS } from '../../core/know/registry/releases/update-level.ts';
import { outdatedJson } from '../../core/show/report/outdated/outdated-json.ts';
import {
  type OutdatedReport,
  type OutdatedSource,
  outdatedReport,
  rangesToAsk,
} from '../../core/show/report/outdated/outdated-report.ts';
import { outdatedText } from '../../core/show/report/outdated/outdated-text.ts';
import type { WrittenUpdates } from '../../core/show/report/outdated/written-updates.ts';
import { createSession } from '../../engine/create-session.ts';
import { offlineGap } from '../../engine/report/offline-gaps.ts';
import type { ProjectSnapshot, Session } from '../../engine/session.ts';
import { uriOfPath } from '../disk-files.ts';
import { createNodePorts } from '../node-ports.ts';
import type { Command } from './command.ts';
import { directoryTrust, warnOfNested } from './directory-trust.ts';
import { type ExitCode, WrongUse } from './exit-code.ts';
import { FORMAT_OPTIONS, formatOf, oneOf, readArguments } from './given/arguments.ts';
import { directoryOf, repositoryOf } from './given/given-directory.ts';
import type { Terminal } from './terminal.ts';
import { VERSION } from './version.ts';
import { writeUpdates } from './write-updates.ts';

const HELP = `Lists dependencies with newer versions outside their cooldown.

Usage
  dephygiene outdated [dir] --trust [options]

Options
  --trust               ask the registries that the project's files and your own
                        configure. Without it nothing is sent
  --offline             send nothing, and use cached answers
  --format text|json    text for people (default), json for programs
  --json                the same as --format json
  --write               write newer versions into ranges and catalogs, as the
                        light bulb does, and print the command that updates the
                        lockfile
  --level patch|minor|major
                        largest update to write (default: minor)
  --dry-run             with --write, print the changes and write nothing

Columns
  Current      the locked version, or - without one
  Wanted       the latest version in the declared range
  Newest       the highest version that the project can use: past its
               cooldown, fit for its engines, and never above the tag "latest"
  Update       patch, minor or major. Below 1.0.0 a new minor version counts as
               major
  Declared in  the file with the range: a manifest, or the catalog

The cooldown is min-release-age of npm, minimumReleaseAge of pnpm and Bun,
npmMinimalAgeGate of Yarn, else that of dependency-hygiene.json, else three
days. Versions in cooldown are listed apart. Deprecated versions do not count.

Exit code
  0   nothing is outdated, or --write wrote every range
  1   something is outdated
  2   usage error, or a manifest or lockfile was not read completely. With
      nothing found, also if something could not be checked. With --write,
      also if a file changed meanwhile, has conflict markers or cannot be
      written

Examples
  dephygiene outdated --trust
  dephygiene outdated --trust --write --level patch
`;

/** Prints outdated dependencies in the manner of `npm outdated`. */
export const outdated: Command = {
  help: () => HELP,
  async run(args, terminal) {
    const given = readArguments('outdated', args, {
      ...{ ...FORMAT_OPTIONS, offline: 'boolean', trust: 'boolean' },
      ...{ write: 'boolean', level: 'string', 'dry-run': 'boolean' },
    });
    const level = oneOf('--level', given.text('level') ?? 'minor', UPDATE_LEVELS);
    const writes = given.flag('write');
    if (!writes && (given.text('level') !== undefined || given.flag('dry-run')))
      throw new WrongUse('--level and --dry-run belong to --write; run "dephygiene outdated --write".');
    const format = formatOf(given, ['text', 'json']);
    const directory = await directoryOf('outdated', given.positionals);
    const root = uriOfPath(directory);
    const ports = createNodePorts({ roots: () => [root], version: VERSION });
    const session = createSession(ports);
    const trusted = given.flag('trust');
    session.configure({
      ...{ online: !given.flag('offline'), severities: new Map(), policyFile: undefined },
      ...directoryTrust(root, trusted),
    });
    session.setFolders([uriOfPath(await repositoryOf(directory))]);
    await session.loadFolder(root, terminal.progress);
    session.openAdvisories();
    const { projects } = session.snapshot();
    if (projects.length === 0) {
      throw new WrongUse(`no package.json was found in ${directory}; give a directory that holds one.`);
    }
    const sources = await askAll(session, projects, terminal);
    const now = ports.clock.now();
    const isOffline = given.flag('offline');
    const asked = outdatedReport(sources, root, now);
    const report = isOffline ? { ...asked, notChecked: asked.notChecked.map(offlineGap) } : asked;
    const { textOf } = session.snapshot();
    session.dispose();
    terminal.progress.end();
    const { columns, colour } = terminal;
    const isDryRun = given.flag('dry-run');
    const written =
      writes && report.unread.length === 0
        ? await writeUpdates(report, { root, level, isDryRun, textOf })
        : undefined;
    const options = { columns, colour, now };
    terminal.out(format === 'json' ? outdatedJson(report, written) : outdatedText(report, options, written));
    if (writes && written === undefined)
      terminal.error('dephygiene: nothing was written, as not every file could be read.\n');
    const isShut = !trusted && report.notChecked.some(({ reason }) => reason === 'untrusted');
    if (isOffline && report.notChecked.some(({ reason }) => reason === 'offline'))
      terminal.error('dephygiene: no registry was asked; use --trust instead of --offline.\n');
    if (isShut)
      terminal.error('dephygiene: no registry was asked; add --trust if you trust the directory.\n');
    if (trusted) warnOfNested(session.snapshot(), terminal);
    return exitCodeOf(report, written);
  },
};

/** Requests every package of every project, each once. */
async function askAll(
  session: Session,
  projects: readonly ProjectSnapshot[],
  { progress }: Terminal,
): Promise<readonly OutdatedSource[]> {
  let total = 0;
  let done = 0;
  return Promise.all(
    projects.map(async ({ project, files, statuses, advisories }): Promise<OutdatedSource> => {
      const names = new Set(rangesToAsk(project, files.values()).map(({ target }) => target));
      total += names.size;
      const facts = await Promise.all(
        [...names].map(async (name) => {
          const fact = await session.packument(project, name);
          progress.report('Asking registries:', ++done, total);
          return [name, fact] as const;
        }),
      );
      const known = new Map(facts);
      const packument = (name: string) => known.get(name) ?? PENDING;
      return { project, files: [...files.values()], statuses, packument, advisories };
    }),
  );
}

function exitCodeOf(
  { hasNoManifest, outdated: found, notChecked, unread }: OutdatedReport,
  written: WrittenUpdates | undefined,
): ExitCode {
  if (unread.length > 0 || hasNoManifest) return 2;
  if (found.length > 0 && written?.isWhole !== true) return 1;
  return notChecked.length > 0 ? 2 : 0;
}
