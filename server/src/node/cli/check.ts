import { isSource } from '../../core/judge/check/file-gap.ts';
import { SEVERITIES } from '../../core/read/text/finding.ts';
import { visibleText } from '../../core/read/text/words/visible-text.ts';
import { plural } from '../../core/read/text/words/words.ts';
import { exitReasonOf, THRESHOLDS, unreadLine } from '../../core/show/report/check/exit-reason.ts';
import { gapLines } from '../../core/show/report/check/gap-lines.ts';
import type { ExitReason } from '../../core/show/report/check/json.ts';
import type { Report } from '../../core/show/report/check/report.ts';
import { reportCoverage } from '../../core/show/report/check/report-coverage.ts';
import { givenBaseline, sha256, withoutKnown } from './check/baseline.ts';
import { type CheckOptions, checkDirectory } from './check/check-directory.ts';
import { FORMATS, prefixOf, writeReport } from './check/write-report.ts';
import type { Command } from './command.ts';
import { type ExitCode, WrongUse } from './exit-code.ts';
import { advisorySourcesOf } from './given/advisory-sources.ts';
import { type Arguments, FORMAT_OPTIONS, formatOf, oneOf, readArguments } from './given/arguments.ts';
import { configOf } from './given/given-config.ts';
import { directoryOf } from './given/given-directory.ts';
import { lockedPolicyOf } from './given/given-policy.ts';
import type { Terminal } from './terminal.ts';

const HELP = `Reports risks in the npm dependencies below a directory.

Usage
  dephygiene check [dir] [options]

Options
  --format <format>     text for people (default), json for programs, compact
                        for editors and grep (path:line:col: severity message
                        [rule]), or for CI: sarif, github (annotations), gitlab
                        (code quality), junit or markdown
  --json                the same as --format json
  --output <file>       write the report to this file, and print the text
  --baseline <file>     list only findings that this file does not have, which
                        "dephygiene baseline write" writes
  --fix                 write the safe fixes, then report the rest. A safe fix
                        keeps what the project installs, or makes it what the
                        author clearly intended
  --fix-dry-run         print these fixes as a unified diff and write nothing
  --verbose             list all findings and gaps, not only the worst findings
  --severity <severity> list findings of at least this severity: error, warning,
                        information (default) or hint. Others are only counted.
                        json has all
  --fail-on <severity>  exit with 1 at this severity or higher: error (default),
                        warning, information, or never
  --fail-on-unchecked   exit with 2 if anything was not checked, such as a file,
                        a rule for a package or an advisory source. Standard
                        error lists each gap. A registry that is switched off
                        or unreachable counts
  --base <commit>       the commit to compare with (default: HEAD). In CI, give
                        the target branch. Reports weakened hashes, new hosts
                        and changed code of an install, and with --trust
                        compares new and changed entries with their registry
  --since <commit>      list only findings that this commit does not have, and
                        which packages lockfiles add, change and remove since.
                        Implies --base <commit>
  --trust               ask the registries that the project of the directory
                        and your own files configure. Without it nothing is
                        sent. Nested projects that are not workspace members
                        cannot add registries
  --deep                with --trust, ask about every locked package, not only
                        declared ones and those that are new since --base. The
                        first run takes minutes and can be interrupted, as
                        answers are cached
  --installed           compare node_modules with the lockfile: extra, missing
                        and linked packages, other versions, and files that
                        differ from the package's archive in a cache of this
                        machine
  --offline             send nothing, even with --trust
  --advisories <list>   sources of advisories (default:
                        bundled,database,registry). osv can be added. registry
                        and osv need --trust, and each is asked only about the
                        packages it serves
  --config <file>       use this configuration instead of each project's own
  --policy <file>       the locked policy of an organization, in the format of
                        dependency-hygiene.json. Projects can tighten it. Their
                        looser settings have no effect, and are reported
  --policy-from <commit>
                        like --base, and use the policies of that commit alone:
                        nothing that a change adds to them counts

Exit code
  0   no findings at or above the severity of --fail-on
  1   findings at or above it
  2   usage error, or a manifest or lockfile was not read completely (ignored
      with --fail-on never), or something was not checked (with
      --fail-on-unchecked)

node_modules, .git, .yarn/cache, untracked paths that git ignores, and links out
of the directory are skipped. Files skipped by the "exclude" globs of
dependency-hygiene.json are listed. With --config, only the globs of that file
count.

Examples
  dephygiene check
  dephygiene check --trust --base origin/main --fail-on-unchecked
`;

/** Returns a report without the findings of a commit, and with the differences of lockfiles from it. */
async function reportSince(
  since: string,
  report: Report,
  options: CheckOptions,
  terminal: Terminal,
): Promise<Report> {
  const { findingsAt } = await import('./check/findings-at.ts');
  const { lockfilesSince } = await import('./diff.ts');
  const before = await findingsAt(since, options, terminal.progress, sha256);
  const changes = await lockfilesSince(since, options.directory, terminal, options.policyFile);
  return { ...withoutKnown(report, before, sha256), changes };
}

/** Returns what `check` and `baseline write` check alike, from the options that they share. */
export async function optionsOf(given: Arguments, directory: string): Promise<CheckOptions> {
  const trusted = given.flag('trust');
  const offline = given.flag('offline');
  const deep = given.flag('deep');
  if (deep && (!trusted || offline))
    throw new WrongUse('--deep asks registries; add --trust and remove --offline.');
  const advisorySources = advisorySourcesOf(given);
  const policyFile = await configOf(given);
  const organisationPolicy = await lockedPolicyOf(given);
  const [base, policyFrom] = [given.text('base'), given.text('policy-from')];
  if (policyFrom !== undefined && policyFile !== undefined)
    throw new WrongUse('--policy-from and --config both replace the policy; give one of them.');
  if (policyFrom !== undefined && base !== undefined && base !== policyFrom)
    throw new WrongUse('--policy-from and --base are different commits; give one of them.');
  const allowed = { trusted, offline, deep, advisorySources };
  return { directory, policyFile, organisationPolicy, base: base ?? policyFrom, policyFrom, ...allowed };
}

/** The options of `optionsOf`. */
export const CHECK_OPTIONS = {
  offline: 'boolean',
  trust: 'boolean',
  advisories: 'string',
  base: 'string',
  deep: 'boolean',
  config: 'string',
  policy: 'string',
  'policy-from': 'string',
} as const;

/** Checks every project below a directory and prints the report. */
export const check: Command = {
  help: () => HELP,
  async run(args, terminal) {
    const given = readArguments('check', args, {
      ...CHECK_OPTIONS,
      ...FORMAT_OPTIONS,
      verbose: 'boolean',
      severity: 'string',
      output: 'string',
      baseline: 'string',
      since: 'string',
      fix: 'boolean',
      'fix-dry-run': 'boolean',
      installed: 'boolean',
      'fail-on': 'string',
      'fail-on-unchecked': 'boolean',
    });
    const format = formatOf(given, FORMATS);
    const leastShown = oneOf('--severity', given.text('severity') ?? 'information', SEVERITIES);
    const failOn = oneOf('--fail-on', given.text('fail-on') ?? 'error', THRESHOLDS);
    const directory = await directoryOf('check', given.positionals);
    const since = given.text('since');
    const recorded = await givenBaseline(given);
    if (since !== undefined && recorded !== undefined)
      throw new WrongUse('--since and --baseline exclude each other; give one of them.');
    const shared = await optionsOf(given, directory);
    const asBase =
      since === undefined || shared.base !== undefined ? {} : { base: since, baseOption: '--since' };
    const options = {
      ...{ ...shared, ...asBase, findsAccepted: format === 'sarif' },
      comparesInstalled: given.flag('installed'),
    };
    let { report: whole, now } = await checkDirectory(options, terminal.progress);
    if (!whole.files.some(({ kind }) => isSource(kind))) {
      throw new WrongUse(`no package.json was found in ${directory}; give a directory that holds one.`);
    }
    if (given.flag('fix-dry-run')) {
      const { fixesAsDiff } = await import('./check/apply-fixes.ts');
      terminal.out(fixesAsDiff(whole));
      return 0;
    }
    if (given.flag('fix')) {
      const { applyFixes } = await import('./check/apply-fixes.ts');
      const { fixed, paths } = await applyFixes(whole);
      const written = paths.length === 0 ? '' : ` in ${visibleText(paths.join(', '))}`;
      terminal.error(`dephygiene: fixed ${plural(fixed, 'finding')}${written}.\n`);
      if (fixed > 0) ({ report: whole, now } = await checkDirectory(options, terminal.progress));
    }
    const coverage = reportCoverage(whole, now);
    const report =
      since === undefined
        ? recorded === undefined
          ? whole
          : withoutKnown(whole, recorded, sha256)
        : await reportSince(since, whole, options, terminal);
    const ending = {
      coverage,
      exitReason: exitReasonOf(report, coverage, failOn, given.flag('fail-on-unchecked')),
    };
    const { columns, colour } = terminal;
    const verbose = given.flag('verbose');
    const text = { columns, colour, leastShown, failOn, verbose, now };
    const prefix = await prefixOf(directory);
    await writeReport({ report, ending, format, output: given.text('output'), text, prefix }, terminal);
    if (ending.exitReason === 'unread') terminal.error(`dephygiene: ${unreadLine(report)}\n`);
    if (ending.exitReason === 'not-checked') {
      const lines = ['dephygiene: not everything was checked:', ...gapLines(coverage.gaps, columns)];
      terminal.error(`${lines.join('\n')}\n`);
    }
    return EXIT_CODES[ending.exitReason];
  },
};

const EXIT_CODES: Readonly<Record<ExitReason, ExitCode>> = {
  ...{ clean: 0, 'below-threshold': 0, incomplete: 0 },
  ...{ findings: 1, unread: 2, 'not-checked': 2 },
};
