import { resolve } from 'node:path';
import { isSource, unreadSources } from '../../core/judge/check/file-gap.ts';
import { plural } from '../../core/read/text/words/words.ts';
import { jsonFindings } from '../../core/show/report/check/json.ts';
import { whyNotWritten } from '../files/file-problem.ts';
import { replaceFile } from '../files/replace-file.ts';
import { baselineText, sha256 } from './check/baseline.ts';
import { checkDirectory } from './check/check-directory.ts';
import { CHECK_OPTIONS, optionsOf } from './check.ts';
import type { Command } from './command.ts';
import { WrongUse } from './exit-code.ts';
import { readArguments } from './given/arguments.ts';
import { directoryOf } from './given/given-directory.ts';

const FILE = 'dephygiene-baseline.json';

const HELP = `Writes the current findings to a file, so that "check --baseline" lists only new
ones.

Usage
  dephygiene baseline write [dir] [options]

Options
  --output <file>      the file (default: ${FILE})
  --trust, --offline, --deep, --base, --advisories, --config,
  --policy, --policy-from
                       as for check: use the same as in the later checks

Exit code
  0   written
  2   usage error, or a manifest or lockfile was not read completely: nothing
      is written then

A finding is recognized by its rule, file, package, version and advisories, not
by its line. The file lists them for reviewers. Commit it.

Examples
  dephygiene baseline write
  dephygiene check --baseline ${FILE}
`;

/** Records the findings of today. */
export const baseline: Command = {
  subcommands: { write: async () => write },
  help: () => HELP,
  run() {
    throw new WrongUse('baseline needs a command; run "dephygiene baseline write".');
  },
};

const write: Command = {
  help: () => HELP,
  async run(args, terminal) {
    const given = readArguments('baseline write', args, { ...CHECK_OPTIONS, output: 'string' });
    const directory = await directoryOf('baseline write', given.positionals);
    const output = given.text('output') ?? FILE;
    const { report } = await checkDirectory(await optionsOf(given, directory), terminal.progress);
    if (!report.files.some(({ kind }) => isSource(kind)))
      throw new WrongUse(`no package.json was found in ${directory}; give a directory that holds one.`);
    const unread = unreadSources(report.files);
    if (unread.length > 0)
      throw new WrongUse(
        `${plural(unread.length, 'file')} could not be read completely, so the baseline would lack findings; run "dephygiene check" for the reasons.`,
      );
    const findings = jsonFindings(report);
    try {
      await replaceFile(resolve(output), baselineText(findings, sha256));
    } catch (error) {
      throw new WrongUse(`--output ${output} ${whyNotWritten(error)}; give another file.`);
    }
    terminal.out(`${output}: ${plural(findings.length, 'finding')}.\n`);
    return 0;
  },
};
