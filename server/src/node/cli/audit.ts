import type { AdvisorySourceState } from '../../core/advisory/advisories.ts';
import { auditProject } from '../../core/audit/audit-project.ts';
import type { AuditReport } from '../../core/audit/audit-report.ts';
import { affectedEntries } from '../../core/exposure/affected-entries.ts';
import { affectingIn } from '../../core/exposure/affecting.ts';
import { buildGraph } from '../../core/graph/build-graph.ts';
import { dayOf } from '../../core/policy/day.ts';
import { isAccepted } from '../../core/policy/ignored.ts';
import { ADVISORY_RULES } from '../../core/policy/judge-ignore.ts';
import { auditSettingsOf } from '../../core/project/manager/audit-settings.ts';
import { auditJson, reachesLevel } from '../../core/report/audit-json.ts';
import { auditText } from '../../core/report/audit-text.ts';
import { visibleText } from '../../core/report/visible-text.ts';
import { RULES } from '../../core/rules/index.ts';
import { asClause } from '../../core/text/clause.ts';
import { nameOf, relativeUri } from '../../core/text/uri.ts';
import type { ProjectSnapshot } from '../../engine/session.ts';
import { advisorySourcesOf } from './advisory-sources.ts';
import { oneOf, readArguments } from './arguments.ts';
import type { Command } from './command.ts';
import { WrongUse } from './exit-code.ts';
import { directoryOf } from './given-directory.ts';
import { graphOptionsOf } from './graphed-lockfiles.ts';
import { loadProject } from './one-project.ts';

const HELP = `Prints which installed packages advisories affect, in the manner of npm audit.

Usage
  dephygiene audit [dir] [options]

Options
  --json                npm's own form (auditReportVersion 2), for programs that
                        read the output of npm audit
  --level <severity>    exit with 1 from this severity on: info, low (default),
                        moderate, high, critical, or none. It does not filter
  --production          leave out what is installed for development only
  --trust               ask the registries that the project's files and your own
                        name; without it nothing is sent
  --offline             send nothing, with --trust either
  --advisories <list>   where advisories come from: bundled,database,registry is
                        the default, osv can be added; registry and osv are
                        asked with --trust only

Exit code
  0   nothing at or over --level
  1   something at or over it
  2   wrong use, no lockfile that can be read, no source of advisories, or one
      that did not answer although nothing was found by the others

It reads the one lockfile that the package manager of the project reads, npm's or
another's. What dependency-hygiene.json accepts is left out and counted, and so is
what pnpm and Yarn are told to leave out of their own audits, but no malware.
`;

const LEVELS = ['info', 'low', 'moderate', 'high', 'critical', 'none'] as const;

/** Audits one project as `npm audit` does, with what this machine knows. */
export const audit: Command = {
  help: () => HELP,
  async run(args, terminal) {
    const given = readArguments('audit', args, {
      json: 'boolean',
      level: 'string',
      production: 'boolean',
      trust: 'boolean',
      offline: 'boolean',
      advisories: 'string',
    });
    const level = oneOf('--level', given.text('level') ?? 'low', LEVELS);
    const directory = await directoryOf('audit', given.positionals);
    const trusted = given.flag('trust');
    const online = !given.flag('offline');
    const severities = new Map(OTHER_RULES.map((id) => [id, 'off'] as const));
    const advisorySources = advisorySourcesOf(given);
    const settings = { online, trusted, severities, policyFile: undefined, advisorySources };
    const { session, ports, snapshot } = await loadProject(directory, settings, terminal);
    if (trusted && online) await session.settle(terminal.progress);
    const project = snapshot();
    const now = ports.clock.now();
    const report = reportOf(project, given.flag('production'), dayOf(now));
    session.dispose();
    terminal.progress.end();
    const { columns, colour } = terminal;
    const { advisories } = project;
    terminal.out(
      given.flag('json')
        ? auditJson(report, advisories)
        : auditText(report, advisories, { columns, colour, now }),
    );
    if (!advisories.sources.some(({ state }) => state === 'used')) {
      terminal.error('dephygiene: no source of advisories answered, so that nothing is known.\n');
      return 2;
    }
    if (reachesLevel(report, level)) return 1;
    if (level === 'none' || !advisories.sources.some(isUnanswered)) return 0;
    terminal.error('dephygiene: a source of advisories did not answer, so that there may be more.\n');
    return 2;
  },
};

/** Whether it was to answer and has not. One that knows no advisories at all is told as that, and is no failure. */
function isUnanswered({ state }: AdvisorySourceState): boolean {
  return state === 'failed' || state === 'pending';
}

/** Only what advisories and their remedies need is asked for. */
const OTHER_RULES = RULES.map(({ id }) => id).filter((id) => !ADVISORY_RULES.has(id));

function reportOf(snapshot: ProjectSnapshot, production: boolean, today: string): AuditReport {
  const { project, advisories, facts } = snapshot;
  const { lockfile, policy, policyBase } = project;
  if (lockfile === undefined) throw new WrongUse(noLockfile(snapshot));
  const path = relativeUri(policyBase, lockfile.uri);
  const settings = auditSettingsOf(project);
  const affecting = affectingIn(project, advisories);
  return auditProject({
    graph: buildGraph(lockfile, graphOptionsOf(snapshot, lockfile.uri)),
    advisories,
    affecting,
    affected: affectedEntries(lockfile, affecting),
    production,
    packument(name) {
      const fact = facts.packument(name);
      return fact.state === 'ready' ? fact.value : undefined;
    },
    accepts({ id, aliases, isMalware }, name, version) {
      const rule = isMalware ? 'malicious-version' : 'vulnerable-dependency';
      const found = { ids: [id, ...aliases], package: name, version };
      return isAccepted(policy, { ...found, rule, path }, today);
    },
    ignores: (advisory, name) =>
      !advisory.isMalware && (settings.excludes(name) || settings.ignores(advisory)),
  });
}

function noLockfile({ project }: ProjectSnapshot): string {
  const unread = project.lockfiles.find(({ reason }) => reason !== undefined);
  if (unread === undefined)
    return 'there is no lockfile; install the packages first, or use "dephygiene check".';
  return visibleText(`${nameOf(unread.uri)} cannot be read: ${asClause(unread.reason!)}; mend it first.`);
}
