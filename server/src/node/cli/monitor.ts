import { homedir, tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { readRecords } from '../../core/know/monitored/read-records.ts';
import { visibleText } from '../../core/read/text/words/visible-text.ts';
import { monitorJson } from '../../core/show/report/monitor/monitor-json.ts';
import { monitorReport } from '../../core/show/report/monitor/monitor-report.ts';
import { monitorText } from '../../core/show/report/monitor/monitor-text.ts';
import { whyNotWritten } from '../files/file-problem.ts';
import { replaceFile } from '../files/replace-file.ts';
import type { Command } from './command.ts';
import { WrongUse } from './exit-code.ts';
import { FORMAT_OPTIONS, formatOf, readArguments } from './given/arguments.ts';
import { directoryOf } from './given/given-directory.ts';
import { projectFolder } from './guard/copied-files.ts';
import { runAsTyped } from './guard/run-program.ts';
import { withoutSecrets } from './guard/without-secrets.ts';
import { installedPackage } from './monitor/installed-package.ts';
import { monitoredEnvironment } from './monitor/monitored-environment.ts';
import { programOnPath } from './monitor/program-on-path.ts';
import { withRecords } from './monitor/with-records.ts';

const HELP = `Runs a program and lists what its packages use while it runs.

Usage
  dephygiene monitor [options] -- <command>

Options
  --format text|json    text for people (default), json for programs
  --json                the same as --format json
  --output <file>       write the report to a file instead of standard error

The command runs as typed, with the same input, output, signals and exit code.
Then the report lists for each package: processes, network, written files, code
made from text, environment variables, native code and worker threads. Each has
its first call. The flags of "node --permission" that allow all of it follow.
Names of variables and hosts are recorded, no values.

It observes and prevents nothing. Child processes and worker threads of Node.js
22.9 or later are observed too. Native code is not.

Exit code
  that of the command
  2   usage error, or the command could not be started. If the command ends
      with 0, also if the report could not be written

Examples
  dephygiene monitor -- node app.js
  dephygiene monitor --json --output used.json -- npm test
`;

/** Runs a program of the user, and reports what its packages used. */
export const monitor: Command = {
  help: () => HELP,
  async run(args, terminal) {
    const end = args.indexOf('--');
    const given = readArguments('monitor', end === -1 ? args : args.slice(0, end), {
      ...{ ...FORMAT_OPTIONS, output: 'string' },
    });
    const format = formatOf(given, ['text', 'json']);
    const output = given.text('output');
    const words = end === -1 ? [] : args.slice(end + 1);
    const [typed, ...rest] = words;
    if (typed === undefined || given.positionals.length > 0)
      throw new WrongUse('monitor takes a command after --; run "dephygiene monitor -- node app.js".');
    const directory = await directoryOf('monitor', []);
    const program = await programOnPath(typed);
    const { ended, texts } = await withRecords((folder) =>
      runAsTyped(program, rest, { out: 1, environment: monitoredEnvironment(process.env, folder) }),
    );
    if (typeof ended !== 'number')
      throw new WrongUse(
        ended.code === 'ENOENT'
          ? `${typed} was not found; check the command.`
          : `${typed} could not be started (${ended.code ?? ended.message}); check the command.`,
      );
    const report = monitorReport({
      ...{ words, code: ended, directory, observed: readRecords(texts) },
      ...{ project: await projectFolder(directory), temporary: tmpdir(), home: homedir() },
      packageIn: installedPackage,
      withoutSecrets: (text) => withoutSecrets(text, new Map()),
    });
    const text = format === 'json' ? monitorJson(report) : monitorText(report, terminal.columns);
    if (output === undefined) {
      terminal.error(text);
      return ended;
    }
    try {
      await replaceFile(resolve(directory, output), text);
      return ended;
    } catch (error) {
      const reason = whyNotWritten(error);
      // A run may have taken hours, so its report is not lost.
      terminal.error(`${text}dephygiene: --output ${visibleText(output)} ${reason}; give another file.\n`);
      return ended === 0 ? 2 : ended;
    }
  },
};
