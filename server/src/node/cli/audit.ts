import { auditProject } from '../../core/judge/audit/audit-project.ts';
import type { AuditReport } from '../../core/judge/audit/audit-report.ts';
import { coverageWith, type GapReason } from '../../core/judge/check/coverage.ts';
import { fileGap, unreadSources } from '../../core/judge/check/file-gap.ts';
import { foundAdvisory } from '../../core/judge/exposure/advisory-facts.ts';
import { affectedEntries } from '../../core/judge/exposure/affected-entries.ts';
import { affectingIn } from '../../core/judge/exposure/affecting.ts';
import { unaskedEntries } from '../../core/judge/exposure/unasked-entries.ts';
import { undecidedGaps } from '../../core/judge/exposure/undecided-gaps.ts';
import type { UndecidedPackage } from '../../core/judge/exposure/undecided-packages.ts';
import { auditSettingsOf } from '../../core/judge/policy/audit-settings.ts';
import { isAccepted } from '../../core/judge/policy/ignored.ts';
import { ADVISORY_RULES } from '../../core/judge/policy/judge-ignore.ts';
import { refreshCommand } from '../../core/judge/remedy/refresh-command.ts';
import { RULES } from '../../core/judge/rules/index.ts';
import { lacksAnswers } from '../../core/know/advisory/lacks-answers.ts';
import { buildGraph } from '../../core/read/graph/build-graph.ts';
import { dayOf } from '../../core/read/policy-file/day.ts';
import { graphOptionsOf } from '../../core/read/project/graph-options-of.ts';
import { relativeUri } from '../../core/read/text/paths/uri.ts';
import { auditJson, reachesLevel } from '../../core/show/report/audit/audit-json.ts';
import { auditText } from '../../core/show/report/audit/audit-text.ts';
import { gapLines } from '../../core/show/report/check/gap-lines.ts';
import { pathsFrom } from '../../core/show/report/check/report.ts';
import { sourceGaps } from '../../core/show/report/check/report-coverage.ts';
import { offlineSource } from '../../engine/report/offline-gaps.ts';
import { undecidedIn } from '../../engine/report/undecided-in.ts';
import type { ProjectSnapshot } from '../../engine/session.ts';
import { uriOfPath } from '../disk-files.ts';
import { noLockfile } from './audit/no-lockfile.ts';
import type { Command } from './command.ts';
import { directoryTrust } from './directory-trust.ts';
import { WrongUse } from './exit-code.ts';
import { advisorySourcesOf } from './given/advisory-sources.ts';
import { FORMAT_OPTIONS, formatOf, oneOf, readArguments } from './given/arguments.ts';
import { directoryOf } from './given/given-directory.ts';
import { loadProject } from './one-project.ts';

const HELP = `Lists installed packages with known vulnerabilities, like npm audit.

Usage
  dephygiene audit [dir] [options]
  dephygiene audit fix [dir] [options]    see "dephygiene audit fix --help"
  dephygiene audit signatures [dir] --trust

Options
  --json                the format of npm audit --json (auditReportVersion 2)
  --format text|json    text for people (default); json is the same as --json
  --verbose             list all advisories and all locked versions of a package
  --level <severity>    exit with 1 at this severity or higher: info, low
                        (default), moderate, high, critical, or none. It does
                        not filter
  --production          skip development dependencies
  --trust               ask the registries that the project's files and your own
                        configure. Without it nothing is sent
  --offline             send nothing, even with --trust
  --advisories <list>   sources of advisories (default:
                        bundled,database,registry). osv can be added. registry
                        and osv need --trust

Exit code
  0   nothing at or above --level
  1   something at or above it
  2   usage error, no advisory source, or a manifest or the lockfile was not
      read completely or lacks the version of a package. With nothing found,
      also if a source failed or the range of an advisory cannot be read

It reads the lockfile of the project's package manager. Advisories that
dependency-hygiene.json accepts are skipped and counted, and so are those in the
audit ignores of pnpm and Yarn. Malware is never skipped.

Examples
  dephygiene audit --trust
  dephygiene audit --level high --production
`;

const LEVELS = ['info', 'low', 'moderate', 'high', 'critical', 'none'] as const;

/** Audits one project as `npm audit` does, with the data on this machine. */
export const audit: Command = {
  subcommands: {
    fix: async () => (await import('./audit/audit-fix.ts')).auditFix,
    signatures: async () => (await import('./audit/audit-signatures.ts')).auditSignaturesCommand,
  },
  help: () => HELP,
  async run(args, terminal) {
    const given = readArguments('audit', args, {
      ...FORMAT_OPTIONS,
      verbose: 'boolean',
      level: 'string',
      production: 'boolean',
      trust: 'boolean',
      offline: 'boolean',
      advisories: 'string',
    });
    const isJson = formatOf(given, ['text', 'json']) === 'json';
    const level = oneOf('--level', given.text('level') ?? 'low', LEVELS);
    const directory = await directoryOf('audit', given.positionals);
    const trusted = given.flag('trust');
    const online = !given.flag('offline');
    const severities = new Map(OTHER_RULES.map((id) => [id, 'off'] as const));
    const advisorySources = advisorySourcesOf(given);
    const settings = {
      ...directoryTrust(uriOfPath(directory), trusted),
      ...{ online, severities, policyFile: undefined, advisorySources },
    };
    const { session, ports, snapshot } = await loadProject(directory, settings, terminal);
    if (trusted && online) await session.settle(terminal.progress);
    const project = snapshot();
    const now = ports.clock.now();
    const today = dayOf(now);
    const report = reportOf(project, given.flag('production'), today);
    const undecided = undecidedIn(project, today);
    const unread = unreadSources(project.statuses);
    const path = pathsFrom(project.project.root);
    const { sources } = project.advisories;
    const advisories = { ...project.advisories, sources: online ? sources : sources.map(offlineSource) };
    const coverage = coverageWith([
      ...project.statuses.flatMap((file) => fileGap(file, path(file.uri)) ?? []),
      ...sourceGaps(advisories.sources, now, trusted && online),
      ...undecidedGaps(undecided),
    ]);
    session.dispose();
    terminal.progress.end();
    const { columns, colour } = terminal;
    const updateCommand = (name: string) => refreshCommand(project.project, [name]);
    const verbose = given.flag('verbose');
    terminal.out(
      isJson
        ? auditJson(report, advisories, coverage)
        : auditText(report, advisories, coverage, { columns, colour, now, updateCommand, verbose }),
    );
    if (!advisories.sources.some(({ state }) => state === 'used')) {
      terminal.error('dephygiene: no source of advisories answered, so nothing was checked.\n');
      return 2;
    }
    if (unread.length > 0 || undecided.some(({ version }) => version === undefined)) {
      const files = coverage.gaps.filter(({ reason }) => UNREAD.has(reason));
      const lines = ['dephygiene: some installed packages are unknown:', ...gapLines(files, columns)];
      terminal.error(`${lines.join('\n')}\n`);
      return 2;
    }
    if (reachesLevel(report, level)) return 1;
    if (level === 'none') return 0;
    if (lacksAnswers(advisories.sources)) {
      terminal.error('dephygiene: a source of advisories gave no usable answer, so there may be more.\n');
      return 2;
    }
    if (!undecided.some(hasUnreadableRange)) return 0;
    terminal.error('dephygiene: an advisory could not be judged, so there may be more.\n');
    return 2;
  },
};

/** Gaps after which the installed packages are unknown. */
const UNREAD: ReadonlySet<GapReason> = new Set(['damaged', 'unread', 'unsupported']);

/**
 * Checks for ranges that cannot be read. Records whose range has lost its end are too many, and too old, to fail for.
 */
function hasUnreadableRange({ advisories }: UndecidedPackage): boolean {
  return advisories.some(({ isUnbounded }) => !isUnbounded);
}

/** Only requests that advisories and their fixes need are sent. */
const OTHER_RULES = RULES.map(({ id }) => id).filter((id) => !ADVISORY_RULES.has(id));

function reportOf(snapshot: ProjectSnapshot, production: boolean, today: string): AuditReport {
  const { project, advisories, facts } = snapshot;
  const { lockfile, policy, policyBase } = project;
  if (lockfile === undefined) throw new WrongUse(noLockfile(snapshot));
  const path = relativeUri(policyBase, lockfile.uri);
  const settings = auditSettingsOf(project);
  const affecting = affectingIn(project, advisories);
  const unasked = unaskedEntries(project, lockfile);
  return auditProject({
    graph: buildGraph(lockfile, graphOptionsOf(snapshot, lockfile.uri)),
    advisories,
    affecting,
    affected: affectedEntries(lockfile, affecting, unasked),
    unasked,
    production,
    packument(name) {
      const fact = facts.packument(name);
      return fact.state === 'ready' ? fact.value : undefined;
    },
    accepts(advisory, name, version) {
      const rule = advisory.isMalware ? 'malicious-version' : 'vulnerable-dependency';
      const found = foundAdvisory({ name, version }, advisory, advisories.of(name));
      return isAccepted(policy, { ...found, rule, path }, today);
    },
    ignores: (advisory, name) =>
      !advisory.isMalware && (settings.excludes(name) || settings.ignores(advisory)),
  });
}
