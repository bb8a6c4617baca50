import { type PeopledGraph, publishAccounts } from '../../core/judge/people/account-reach.ts';
import { type PackagePeople, packagePeople } from '../../core/judge/people/package-people.ts';
import { lockedPackages } from '../../core/know/advisory/locked-packages.ts';
import { buildGraph } from '../../core/read/graph/build-graph.ts';
import { graphOptionsOf } from '../../core/read/project/graph-options-of.ts';
import { relativeUri } from '../../core/read/text/paths/uri.ts';
import { asClause } from '../../core/read/text/words/clause.ts';
import { maintainersJson } from '../../core/show/report/maintainers/maintainers-json.ts';
import {
  changedAccounts,
  type MaintainersReport,
  maintainersCoverage,
  type UnknownPeople,
} from '../../core/show/report/maintainers/maintainers-report.ts';
import { maintainersText } from '../../core/show/report/maintainers/maintainers-text.ts';
import { createSession } from '../../engine/create-session.ts';
import { offlineGap } from '../../engine/report/offline-gaps.ts';
import type { ProjectSnapshot, Session } from '../../engine/session.ts';
import { uriOfPath } from '../disk-files.ts';
import { createNodePorts } from '../node-ports.ts';
import type { Command } from './command.ts';
import { directoryTrust, warnOfNested } from './directory-trust.ts';
import { WrongUse } from './exit-code.ts';
import { FORMAT_OPTIONS, formatOf, readArguments } from './given/arguments.ts';
import { directoryOf, repositoryOf } from './given/given-directory.ts';
import type { Terminal } from './terminal.ts';
import { untilInterrupted } from './until-interrupted.ts';
import { VERSION } from './version.ts';

const HELP = `Lists the accounts that can publish to the locked packages.

Usage
  dephygiene maintainers [dir] --trust [options]

Options
  --trust               ask the registries that the project's files and your own
                        configure, about every locked package. Without it
                        nothing is sent. The first run takes minutes and can be
                        interrupted, as answers are cached
  --offline             send nothing, even with --trust
  --recent <days>       list first releases by an account of the last days
                        (default: 30)
  --verbose             list all accounts, not only the first 20
  --format text|json    text for people (default), json for programs
  --json                the same as --format json

For each account: how many names of locked packages it can publish, how many it
alone, how many a new version of these would reach, and through which direct
dependencies. New accounts are those that could not publish the locked
version, or that published their first version recently.

Exit code
  0   no new account
  1   there are new accounts
  2   usage error, or no new account and something is unknown: a registry was
      not asked, failed or omits maintainers, or a file was not read completely

Examples
  dephygiene maintainers --trust
  dephygiene maintainers --trust --json --recent 90
`;

const DAY = 86_400_000;
/** As many documents are in memory at a time. */
const BATCH = 40;

/** Lists who can publish what is locked. */
export const maintainers: Command = {
  help: () => HELP,
  async run(args, terminal) {
    const given = readArguments('maintainers', args, {
      ...{ ...FORMAT_OPTIONS, trust: 'boolean', offline: 'boolean', verbose: 'boolean', recent: 'string' },
    });
    const format = formatOf(given, ['text', 'json']);
    const days = Number(given.text('recent') ?? '30');
    if (!Number.isInteger(days) || days < 1 || days > 3650)
      throw new WrongUse(`--recent ${given.text('recent')} is not a number of days from 1 to 3650.`);
    const directory = await directoryOf('maintainers', given.positionals);
    const root = uriOfPath(directory);
    const ports = createNodePorts({ roots: () => [root], version: VERSION });
    const session = createSession(ports);
    const trusted = given.flag('trust');
    const isOffline = given.flag('offline');
    session.configure({
      ...{ online: !isOffline, severities: new Map(), policyFile: undefined, advisorySources: new Set() },
      ...directoryTrust(root, trusted),
    });
    session.setFolders([uriOfPath(await repositoryOf(directory))]);
    await session.loadFolder(root, terminal.progress);
    const { projects } = session.snapshot();
    if (projects.length === 0)
      throw new WrongUse(`no package.json was found in ${directory}; give a directory that holds one.`);
    const recentSince = ports.clock.now() - days * DAY;
    const stop = () => {
      session.dispose();
      terminal.progress.end();
    };
    const found = await untilInterrupted(() => askAll(session, projects, recentSince, terminal), stop);
    const unread = projects.flatMap(({ project, statuses }) => [
      ...statuses
        .filter(({ status }) => status !== 'checked')
        .map(({ uri, reason }) => ({
          path: relativeUri(root, uri),
          reason: reason === undefined ? 'it was not read completely' : asClause(reason),
        })),
      ...(project.lockfile === undefined && project.rootManifest !== undefined
        ? [{ path: relativeUri(root, project.rootManifest.uri), reason: 'there is no lockfile beside it' }]
        : []),
    ]);
    const report: MaintainersReport = {
      ...{ packages: found.packages, accounts: publishAccounts(found.graphs), unread, recentSince },
      unknown: isOffline ? found.unknown.map(offlineGap) : found.unknown,
    };
    if (trusted) warnOfNested(session.snapshot(), terminal);
    stop();
    const { columns, colour } = terminal;
    const verbose = given.flag('verbose');
    terminal.out(
      format === 'json' ? maintainersJson(report) : maintainersText(report, { columns, colour, verbose }),
    );
    if (!trusted && report.unknown.some(({ reason }) => reason === 'untrusted'))
      terminal.error('dephygiene: no registry was asked; add --trust if you trust the directory.\n');
    if (changedAccounts(report).length > 0) return 1;
    return maintainersCoverage(report).state === 'checked' ? 0 : 2;
  },
};

interface FoundPeople {
  readonly packages: number;
  readonly graphs: readonly PeopledGraph[];
  readonly unknown: readonly UnknownPeople[];
}

/** Asks about every locked package of every project, and keeps only who can publish it. */
async function askAll(
  session: Session,
  projects: readonly ProjectSnapshot[],
  recentSince: number,
  { progress }: Terminal,
): Promise<FoundPeople> {
  const unknown = new Map<string, UnknownPeople>();
  const names = new Set<string>();
  const graphs: PeopledGraph[] = [];
  const total = projects.reduce(
    (sum, { project }) => sum + (project.lockfile === undefined ? 0 : lockedPackages(project.lockfile).size),
    0,
  );
  let done = 0;
  for (const snapshot of projects) {
    const { project } = snapshot;
    if (project.lockfile === undefined) continue;
    const people = new Map<string, PackagePeople>();
    const locked = [...lockedPackages(project.lockfile)].filter(([name]) => !project.memberNames.has(name));
    for (let at = 0; at < locked.length; at += BATCH) {
      const batch = locked.slice(at, at + BATCH);
      await Promise.all(
        batch.map(async ([name, versions]) => {
          names.add(name);
          const fact = await session.packument(project, name);
          progress.report('Asking registries:', ++done, total);
          if (fact.state === 'ready') {
            const found = packagePeople(fact.value, versions, recentSince);
            people.set(name, found);
            if (found.accounts === undefined)
              unknown.set(name, { package: name, reason: 'not-provided', detail: OMITTED });
            return;
          }
          unknown.set(name, { package: name, ...gapOf(fact) });
        }),
      );
      session.forget(
        project,
        batch.map(([name]) => ({ name, version: undefined })),
      );
    }
    graphs.push({
      graph: buildGraph(project.lockfile, graphOptionsOf(snapshot, project.lockfile.uri)),
      people,
    });
  }
  return { packages: names.size, graphs, unknown: [...unknown.values()] };
}

const OMITTED = 'the registry does not provide them';

function gapOf(fact: Exclude<Awaited<ReturnType<Session['packument']>>, { state: 'ready' }>) {
  switch (fact.state) {
    case 'unavailable':
      return { reason: fact.reason, detail: fact.detail };
    case 'absent':
      return { reason: 'not-provided', detail: 'the registry has no such package' } as const;
    case 'pending':
      return { reason: 'failed', detail: 'no answer from the registry' } as const;
  }
}
