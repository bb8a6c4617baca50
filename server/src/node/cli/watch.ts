import { joinedStates } from '../../core/know/advisory/joined-states.ts';
import { relativeUri, type Uri } from '../../core/read/text/paths/uri.ts';
import { watchJson } from '../../core/show/report/watch/watch-json.ts';
import { watchMarkdown } from '../../core/show/report/watch/watch-markdown.ts';
import { hasGap, type WatchReport } from '../../core/show/report/watch/watch-report.ts';
import { watchText } from '../../core/show/report/watch/watch-text.ts';
import type { UnseenPackage } from '../../core/show/watch/look-at-project.ts';
import { createSession } from '../../engine/create-session.ts';
import { createAbortSource } from '../../engine/registry/abort-source.ts';
import { offlineGap, offlineSource } from '../../engine/report/offline-gaps.ts';
import { createWatchRecords } from '../../engine/watch/watch-records.ts';
import { type WatchRound, watchRound } from '../../engine/watch/watch-round.ts';
import { uriOfPath } from '../disk-files.ts';
import { createNodePorts } from '../node-ports.ts';
import type { Command } from './command.ts';
import { directoryTrust, warnOfNested } from './directory-trust.ts';
import { WrongUse } from './exit-code.ts';
import { advisorySourcesOf } from './given/advisory-sources.ts';
import { FORMAT_OPTIONS, formatOf, readArguments } from './given/arguments.ts';
import { directoryOf, repositoryOf } from './given/given-directory.ts';
import { lockedPolicyOf } from './given/given-policy.ts';
import { VERSION } from './version.ts';
import { sendNews, webhookOf } from './watch/notify.ts';
import { stateFile } from './watch/state-file.ts';

const HELP = `Reports news about direct dependencies since its last run.

Usage
  dephygiene watch --once [dir] --trust [options]

Options
  --once                check once and exit, for cron. An editor checks by
                        itself if dependencyHygiene.watch is on
  --trust               ask the registries that the project's files and your own
                        configure. Without it nothing is sent, and only the
                        advisories on this machine are checked
  --offline             send nothing, even with --trust
  --advisories <list>   sources of advisories (default:
                        bundled,database,registry). osv can be added
  --transitive          watch everything that is locked, not only direct
                        dependencies
  --policy <file>       the policy of an organization, whose "watch" lists
                        critical packages, names that it publishes, and
                        accounts
  --state <file>        keep the state in this file, for CI
  --notify <file>       send the news to the "webhook" that this JSON file of
                        yours names, as JSON. It must not be in the repository
  --format <format>     text for people (default), json for programs, or
                        markdown for an issue: empty without news
  --json                the same as --format json

News are malware, vulnerabilities and deprecations of the version in use, and
its removal. In new versions it is an install script, weaker provenance, another
publisher, or a major version. New maintainers, versions of critical packages,
names like your own, and new packages of listed accounts are news too.

Exit code
  0   no news. The first run records the current state and reports none
  1   there is news
  2   usage error, or no news and something could not be checked, also in the
      first run. Private names that no registry may be asked about do not count

The state is recorded in your cache directory, and nothing in the project. If
something could not be checked, its recorded state stays, so no news is lost.

Examples
  dephygiene watch --once --trust
`;

/** Checks once, for cron, and prints what is new since the last time. */
export const watch: Command = {
  help: () => HELP,
  async run(args, terminal) {
    const given = readArguments('watch', args, {
      once: 'boolean',
      trust: 'boolean',
      offline: 'boolean',
      advisories: 'string',
      transitive: 'boolean',
      ...{ policy: 'string', state: 'string', notify: 'string' },
      ...FORMAT_OPTIONS,
    });
    const format = formatOf(given, ['text', 'json', 'markdown']);
    const directory = await directoryOf('watch', given.positionals);
    if (!given.flag('once')) {
      throw new WrongUse('watch checks once per run, for cron; run "dephygiene watch --once".');
    }
    const advisorySources = advisorySourcesOf(given);
    const organisationPolicy = await lockedPolicyOf(given);
    const isOffline = given.flag('offline');
    const webhook = await webhookOf(given.text('notify'), await repositoryOf(directory));
    if (webhook !== undefined && isOffline)
      throw new WrongUse('--notify and --offline exclude each other; give one of them.');
    const root = uriOfPath(directory);
    const ports = createNodePorts({ roots: () => [root], version: VERSION });
    const state = given.text('state');
    if (ports.cache === undefined && state === undefined) {
      throw new WrongUse(
        'no folder for the recorded state: set HOME to your home directory, or give --state.',
      );
    }
    const session = createSession(ports);
    const trusted = given.flag('trust');
    session.configure({
      ...{ online: !isOffline, severities: new Map(), policyFile: undefined },
      ...directoryTrust(root, trusted),
      ...{ advisorySources, organisationPolicy },
    });
    session.setFolders([uriOfPath(await repositoryOf(directory))]);
    await session.loadFolder(root, terminal.progress);
    if (session.snapshot().projects.length === 0) {
      throw new WrongUse(`no package.json was found in ${directory}; give a directory that holds one.`);
    }
    const { clock, cache } = ports;
    const records = state === undefined ? createWatchRecords(cache, 'command') : await stateFile(state, root);
    const { signal } = createAbortSource();
    const { progress } = terminal;
    const options = { isTransitive: given.flag('transitive'), looksForNames: true };
    const round = (await watchRound({ session, clock, records, signal, progress, ...options }))!;
    session.dispose();
    terminal.progress.end();
    const seen = reportOf(round, root);
    const report = isOffline
      ? {
          ...seen,
          unseen: seen.unseen.map(offlineGap),
          unseenAccounts: seen.unseenAccounts.map(offlineGap),
          advisories: seen.advisories.map(offlineSource),
        }
      : seen;
    const { columns, colour } = terminal;
    const text = { columns, colour, now: clock.now() };
    terminal.out(
      format === 'json'
        ? watchJson(report)
        : format === 'markdown'
          ? watchMarkdown(report)
          : watchText(report, text),
    );
    const hasNews = report.projects.some(({ events }) => events.length > 0);
    const notSent =
      webhook !== undefined && hasNews ? await sendNews(webhook, watchJson(report), ports.http) : undefined;
    if (notSent !== undefined) {
      terminal.error(`dephygiene: the news was not sent, so the next run repeats it: ${notSent}.\n`);
      return 2;
    }
    const isKept = await round.keep();
    if (!isKept) terminal.error(`dephygiene: ${NOT_KEPT} ${state ?? ports.cacheDirectory}.\n`);
    if (isOffline && report.unseen.some(({ reason }) => reason === 'offline'))
      terminal.error('dephygiene: no registry was asked; use --trust instead of --offline.\n');
    if (!trusted && report.unseen.some(({ reason }) => reason === 'untrusted'))
      terminal.error('dephygiene: no registry was asked; add --trust if you trust the directory.\n');
    if (trusted) warnOfNested(session.snapshot(), terminal);
    if (hasNews) return 1;
    return isKept && !hasGap(report) ? 0 : 2;
  },
};

const NOT_KEPT =
  'the state could not be recorded, so the next run reports this news again; check permissions and room of';

function reportOf({ projects }: WatchRound, root: Uri): WatchReport {
  const statuses = projects.flatMap(({ snapshot }) => snapshot.statuses);
  const unread = new Map(
    statuses.filter(({ status }) => status !== 'checked').map((each) => [each.uri, each]),
  );
  return {
    projects: projects.map(({ root: own, name, since, dependencies, events }) => ({
      ...{ path: relativeUri(root, own), name, since, dependencies, events },
    })),
    unseen: distinct(projects.flatMap((project) => project.unseen)),
    unseenAccounts: distinct(projects.flatMap((project) => project.unseenAccounts)),
    unread: [...unread.values()].map(({ uri, reason }) => ({ path: relativeUri(root, uri), reason })),
    advisories: joinedStates(projects.flatMap(({ snapshot }) => snapshot.advisories.sources)),
  };
}

/** Sorts by name. The same name may have different reasons in two projects, only one of which is a gap. */
function distinct(unseen: readonly UnseenPackage[]): readonly UnseenPackage[] {
  const found = new Map(unseen.map((each) => [`${each.name} ${each.reason}`, each]));
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
