import { coverageWith } from '../../../core/judge/check/coverage.ts';
import { fileGap, unreadSources } from '../../../core/judge/check/file-gap.ts';
import { undecidedGaps } from '../../../core/judge/exposure/undecided-gaps.ts';
import { ADVISORY_RULES } from '../../../core/judge/policy/judge-ignore.ts';
import type { BadPackage } from '../../../core/judge/remedy/bad-package.ts';
import { type FixPlan, planFixes } from '../../../core/judge/remedy/plan-fixes.ts';
import { RULES } from '../../../core/judge/rules/index.ts';
import { lacksAnswers } from '../../../core/know/advisory/lacks-answers.ts';
import { dayOf } from '../../../core/read/policy-file/day.ts';
import { isRushLockfile, RUSH_UPDATE } from '../../../core/read/project/manager/rush.ts';
import { auditFixJson, auditFixText } from '../../../core/show/report/audit/audit-fix-report.ts';
import { gapLines } from '../../../core/show/report/check/gap-lines.ts';
import { pathsFrom } from '../../../core/show/report/check/report.ts';
import { sourceGaps } from '../../../core/show/report/check/report-coverage.ts';
import { undecidedIn } from '../../../engine/report/undecided-in.ts';
import type { ProjectSnapshot, Snapshot } from '../../../engine/session.ts';
import { uriOfPath } from '../../disk-files.ts';
import type { Command } from '../command.ts';
import { directoryTrust } from '../directory-trust.ts';
import { WrongUse } from '../exit-code.ts';
import { advisorySourcesOf } from '../given/advisory-sources.ts';
import { FORMAT_OPTIONS, formatOf, readArguments } from '../given/arguments.ts';
import { directoryOf } from '../given/given-directory.ts';
import { loadProject } from '../one-project.ts';
import { editedPaths, writeEdits } from '../write-edits.ts';
import { isBelowRush } from './is-below-rush.ts';
import { noLockfile } from './no-lockfile.ts';

const HELP = `Writes the fixes of known vulnerabilities and malware, as the light bulb does.

Usage
  dephygiene audit fix [dir] [options]

Options
  --force               write other major versions too
  --dry-run             print the changes and write nothing
  --json                print the result for programs
  --format text|json    text for people (default); json is the same as --json
  --trust               ask the registries that the project's files and your own
                        configure. Without it nothing is sent, and versions come
                        from advisories and the lockfile
  --offline             send nothing, even with --trust
  --advisories <list>   sources of advisories, as for "dephygiene audit"

It changes ranges in manifests and catalogs, and writes overrides if no range
helps. It prints the command that updates the lockfile and executes nothing.
Entries are removed from lockfiles of Yarn 1 only, which has no such command.

Exit code
  0   nothing is left to fix once the printed command has run
  1   something is left: no fix is known, it needs --force, a copy is bundled,
      or Rush manages the overrides, so nothing is written
  2   usage error, no lockfile, an advisory source failed, a manifest or
      lockfile was not read completely, or a file changed meanwhile, has
      conflict markers or cannot be written

Examples
  dephygiene audit fix --trust --dry-run
`;

/** Writes fixes for what `audit` reports. */
export const auditFix: Command = {
  help: () => HELP,
  async run(args, terminal) {
    const given = readArguments('audit fix', args, {
      force: 'boolean',
      'dry-run': 'boolean',
      ...FORMAT_OPTIONS,
      trust: 'boolean',
      offline: 'boolean',
      advisories: 'string',
    });
    const isJson = formatOf(given, ['text', 'json']) === 'json';
    const directory = await directoryOf('audit fix', given.positionals);
    const trusted = given.flag('trust');
    const online = !given.flag('offline');
    const severities = new Map(OTHER_RULES.map((id) => [id, 'off'] as const));
    const settings = {
      ...directoryTrust(uriOfPath(directory), trusted),
      ...{ online, severities, policyFile: undefined, advisorySources: advisorySourcesOf(given) },
    };
    const { session, ports, snapshot } = await loadProject(directory, settings, terminal);
    session.openAdvisories();
    if (trusted && online) await session.settle(terminal.progress);
    const texts = session.snapshot();
    const project = snapshot();
    const now = ports.clock.now();
    const { root, lockfile } = project.project;
    const path = pathsFrom(root);
    const fileGaps = project.statuses.flatMap((file) => fileGap(file, path(file.uri)) ?? []);
    const unread = unreadSources(project.statuses).length > 0;
    const planned = unread ? NOTHING : planOf(project, texts, now, given.flag('force'));
    const isRushLock = isRushLockfile(project.project.lockfile);
    const isRush = isRushLock || (await isBelowRush(directory));
    const command = isRushLock ? planned.command : RUSH_UPDATE;
    const plan = isRush && planned.chosen.length > 0 ? { ...planned, edits: [], command } : planned;
    session.dispose();
    terminal.progress.end();
    const { columns } = terminal;
    if (unread) {
      const lines = ['dephygiene: nothing was written, as not every file could be read:'];
      terminal.error(`${[...lines, ...gapLines(fileGaps, columns)].join('\n')}\n`);
      return 2;
    }
    if (lockfile === undefined) throw new WrongUse(noLockfile(project));
    const isDryRun = given.flag('dry-run');
    const edited = { root, edits: plan.edits, textOf: texts.textOf, isDryRun };
    await writeEdits(edited);
    const { sources } = project.advisories;
    const undecided = undecidedGaps(undecidedIn(project, dayOf(now)));
    const coverage = coverageWith([
      ...fileGaps,
      ...sourceGaps(sources, now, trusted && online),
      ...undecided,
    ]);
    const report = { plan, project: project.project, files: editedPaths(edited), isDryRun, isRush, coverage };
    terminal.out(isJson ? auditFixJson(report) : auditFixText(report, columns));
    if (!sources.some(({ state }) => state === 'used')) {
      terminal.error('dephygiene: no source of advisories answered, so nothing was checked.\n');
      return 2;
    }
    if (plan.chosen.length + plan.left.length === 0 && lacksAnswers(sources)) {
      terminal.error('dephygiene: a source of advisories gave no usable answer, so there may be more.\n');
      return 2;
    }
    if (isRush && plan.chosen.length > 0) return 1;
    return plan.left.length > 0 ? 1 : 0;
  },
};

const NOTHING: FixPlan = { chosen: [], left: [], edits: [], command: undefined };

/** Only requests that advisories and their fixes need are sent. */
const OTHER_RULES = RULES.map(({ id }) => id).filter((id) => !ADVISORY_RULES.has(id));

function planOf(
  { project, files, facts, advisories }: ProjectSnapshot,
  snapshot: Snapshot,
  now: number,
  isMajorAllowed: boolean,
): FixPlan {
  const bad = new Map<string, BadPackage>();
  for (const uri of files.keys()) {
    for (const finding of snapshot.diagnose(uri).findings) {
      const { isDoubtful } = finding.data as { readonly isDoubtful?: boolean };
      if (!ADVISORY_RULES.has(finding.rule) || isDoubtful === true) continue;
      for (const { package: name, version } of finding.advisories ?? []) {
        if (version !== undefined) bad.set(`${name}@${version}`, { name, version });
      }
    }
  }
  const context = { project, facts, advisories, now, text: snapshot.textOf, moment: snapshot };
  return planFixes([...bad.values()], context, isMajorAllowed);
}
