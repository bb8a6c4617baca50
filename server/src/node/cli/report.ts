import { basename, resolve } from 'node:path';
import { isSource, unreadSources } from '../../core/judge/check/file-gap.ts';
import { exitReasonOf, THRESHOLDS, unreadLine } from '../../core/show/report/check/exit-reason.ts';
import { reportCoverage } from '../../core/show/report/check/report-coverage.ts';
import type { PageInput, PageProject } from '../../core/show/report/html/page-input.ts';
import { reportPage } from '../../core/show/report/html/report-page.ts';
import { codeOwners } from '../../engine/report/code-owners.ts';
import { pageProjects } from '../../engine/report/page-projects.ts';
import { crypto } from '../builtin-on-demand.ts';
import { uriOfPath } from '../disk-files.ts';
import { whyNotWritten } from '../files/file-problem.ts';
import { replaceFile } from '../files/replace-file.ts';
import { checkDirectory } from './check/check-directory.ts';
import { CHECK_OPTIONS, optionsOf } from './check.ts';
import type { Command } from './command.ts';
import { WrongUse } from './exit-code.ts';
import { oneOf, readArguments } from './given/arguments.ts';
import { directoryOf, repositoryOf } from './given/given-directory.ts';
import { sourceDateEpoch } from './given/source-date-epoch.ts';
import { VERSION } from './version.ts';

const HELP = `Writes a report for people as one HTML page.

Usage
  dephygiene report [dir] --output <file> [options]

The page has the findings of "dephygiene check", worst first, with their fixes
and dependency paths. It shows what to do first, where risk sits, install
scripts, ages and publishers, licenses and what was not checked. It is one file
that loads nothing, and is readable without scripts.

Options
  --output <file>       the file to write, such as report.html
  --fail-on <severity>  the verdict is "Failed" at this severity or higher, as
                        in check: error (default), warning, information or never
  --trust, --offline, --deep, --advisories, --base, --config, --policy,
  --policy-from         as in check. Ages and publishers need --trust

Exit code
  0   the page was written, whatever the verdict in it
  2   usage error, the page was not written, or it was, but a manifest or
      lockfile was not read completely

SOURCE_DATE_EPOCH, in seconds since 1970, replaces the date of the page.

Examples
  dephygiene report --output report.html
  dephygiene report --trust --output report.html
`;

/** Checks every project below a directory and writes the findings as a page. */
export const report: Command = {
  help: () => HELP,
  async run(args, terminal) {
    const given = readArguments('report', args, {
      ...CHECK_OPTIONS,
      output: 'string',
      'fail-on': 'string',
    });
    const failOn = oneOf('--fail-on', given.text('fail-on') ?? 'error', THRESHOLDS);
    const output = given.text('output');
    if (output === undefined) throw new WrongUse('report needs a file to write; add --output report.html.');
    const stated = sourceDateEpoch();
    const directory = await directoryOf('report', given.positionals);
    const options = { ...(await optionsOf(given, directory)), findsAccepted: true };
    const repository = uriOfPath(await repositoryOf(directory));
    let projects: readonly PageProject[] = [];
    let ownersOf: PageInput['ownersOf'];
    const checked = await checkDirectory(options, terminal.progress, async (snapshot, ports) => {
      projects = await pageProjects(snapshot, ports);
      ownersOf = await codeOwners(repository, ports.files);
    });
    if (!checked.report.files.some(({ kind }) => isSource(kind)))
      throw new WrongUse(`no package.json was found in ${directory}; give a directory that holds one.`);
    const now = stated ?? checked.now;
    const coverage = reportCoverage(checked.report, now);
    const exitReason = exitReasonOf(checked.report, coverage, failOn, false);
    const page = reportPage({
      report: checked.report,
      ending: { coverage, exitReason },
      failOn,
      projects,
      ownersOf,
      folder: basename(directory),
      now,
      version: VERSION,
      host: { type: 'file', hash: (text) => crypto().createHash('sha256').update(text).digest('base64') },
    });
    try {
      await replaceFile(resolve(output), page);
    } catch (error) {
      throw new WrongUse(`--output ${output} ${whyNotWritten(error)}; give another file.`);
    }
    terminal.out(`Wrote ${output}.\n`);
    if (unreadSources(checked.report.files).length === 0) return 0;
    terminal.error(`dephygiene: ${unreadLine(checked.report)}\n`);
    return 2;
  },
};
