import { withdrawDecisions } from '../../core/know/scripts/remove-decisions.ts';
import { writeDecisions } from '../../core/know/scripts/write-decision.ts';
import type { LockEntry } from '../../core/read/lockfile/model/lockfile.ts';
import { visibleText } from '../../core/read/text/words/visible-text.ts';
import { scriptsJson } from '../../core/show/report/scripts/scripts-json.ts';
import type { ScriptRow, ScriptsReport } from '../../core/show/report/scripts/scripts-report.ts';
import { scriptsText } from '../../core/show/report/scripts/scripts-text.ts';
import { collectScripts } from '../../engine/session/collect-scripts.ts';
import { uriOfPath } from '../disk-files.ts';
import { unpackPackage } from '../tarball/unpack-package.ts';
import type { Command } from './command.ts';
import { directoryTrust } from './directory-trust.ts';
import { type ExitCode, WrongUse } from './exit-code.ts';
import { FORMAT_OPTIONS, formatOf, readArguments } from './given/arguments.ts';
import { directoryOf } from './given/given-directory.ts';
import { type LoadedProject, loadProject } from './one-project.ts';
import { decidedRows, reviewDecided, reviewScripts } from './scripts/review-scripts.ts';
import type { Terminal } from './terminal.ts';
import { editedPaths, writeEdits } from './write-edits.ts';

const HELP = `Lists locked packages with install scripts, and what an install does with them.

Usage
  dephygiene scripts [dir] [options]

Options
  --review              ask for a decision on each unreviewed script, with one
                        key, and write the decisions into the package manager's
                        own settings. Needs a terminal
  --decided             with --review: ask for each decided package whether its
                        decisions are withdrawn
  --trust               ask the registries that the project's files and your own
                        configure which packages have scripts. Without it
                        nothing is sent
  --tarballs            with --trust: also download the packages with an install
                        script that are not installed, and read the files that
                        their scripts start. No file is kept
  --offline             send nothing, and use cached answers
  --format text|json    text for people (default), json for programs
  --json                the same as --format json

Scripts are found in the lockfile, in installed packages with their binding.gyp,
and in registries. They are read, and never run.

Columns
  Decision    approved, denied or unreviewed in the package manager's settings
  On install  what the package manager and its version do with the script

Keys of the review
  a   approve this version; where the settings have no versions, the package
  d   deny the package
  s   skip it
  q   write the decisions so far and end
  Ctrl-C ends it, and nothing is written
  With --decided: w withdraws the decisions of the package, k keeps them

Exit code
  0   no script is unreviewed, or every decision was written
  1   a script is unreviewed, or runs although no setting decides on it
  2   usage error, --review without a terminal, no lockfile, or a manifest or
      lockfile was not read completely. With nothing unreviewed, also if the
      scripts of a package are unknown, or a file was not downloaded

Examples
  dephygiene scripts
  dephygiene scripts --review
  dephygiene scripts --trust --tarballs --format json
`;

/** Lists install scripts, and reviews them on a terminal. */
export const scripts: Command = {
  help: () => HELP,
  async run(args, terminal) {
    const given = readArguments('scripts', args, {
      ...{ review: 'boolean', decided: 'boolean', trust: 'boolean', tarballs: 'boolean', offline: 'boolean' },
      ...FORMAT_OPTIONS,
    });
    const format = formatOf(given, ['text', 'json']);
    const isReview = given.flag('review');
    if (isReview && format === 'json')
      throw new WrongUse('--review cannot be combined with --format json; use one of them.');
    if (isReview && terminal.key === undefined)
      throw new WrongUse('--review needs a terminal; run "dephygiene scripts" for the list.');
    const isOfDecided = given.flag('decided');
    if (isOfDecided && !isReview)
      throw new WrongUse('--decided chooses what --review asks about; add --review.');
    const directory = await directoryOf('scripts', given.positionals);
    const isTrusted = given.flag('trust');
    const isDownloading = given.flag('tarballs');
    if (isDownloading && (!isTrusted || given.flag('offline')))
      throw new WrongUse(
        '--tarballs asks the registries that the project names; add --trust if you trust the directory, without --offline.',
      );
    const load = () =>
      loadProject(directory, settingsFor(directory, isTrusted, given.flag('offline')), terminal);
    const isAsking = isTrusted || given.flag('offline');
    const report = await reportOf(await load(), { isAsking, isDownloading }, terminal);
    if (format === 'json') terminal.out(scriptsJson(report));
    else terminal.out(scriptsText(report, { columns: terminal.columns, colour: terminal.colour }));
    if (!isReview || terminal.key === undefined) return exitCodeOf(report);
    if (isOfDecided) return withdraw(report, load, terminal, terminal.key);
    if (report.rows.every(({ decision }) => decision !== 'unreviewed')) return exitCodeOf(report);
    terminal.out('\n');
    const { wanted, isAborted } = await reviewScripts(report, terminal, terminal.key);
    if (isAborted) return 1;
    // Approvals and denials may be in different lists of one file.
    for (const allowed of [true, false]) {
      const of = wanted.filter((decision) => decision.allowed === allowed);
      if (of.length > 0) await write(of, await load(), terminal);
    }
    const open = report.rows.filter(({ decision }) => decision === 'unreviewed').length - wanted.length;
    return open > 0 ? 1 : exitCodeOf({ ...report, rows: [] });
  },
};

function settingsFor(directory: string, isTrusted: boolean, isOffline: boolean) {
  return {
    ...{ online: !isOffline, severities: new Map(), policyFile: undefined },
    ...directoryTrust(uriOfPath(directory), isTrusted),
  };
}

async function reportOf(
  { session, ports, snapshot }: LoadedProject,
  { isAsking, isDownloading }: { readonly isAsking: boolean; readonly isDownloading: boolean },
  terminal: Terminal,
): Promise<ScriptsReport> {
  session.openAdvisories();
  const owner = snapshot();
  const { project } = owner;
  const download = async (entry: LockEntry) => {
    const { packageFiles } = await import('../../engine/verify/verify.ts');
    const facts = session.inquire(project, { online: true });
    return packageFiles({ project, entry, facts, ports, unpack: unpackPackage });
  };
  const report = await collectScripts(session, ports.files, owner, {
    isAsking,
    onAnswer: (done, of) => terminal.progress.report('Asking registries:', done, of),
    ...(isDownloading ? { download } : {}),
    onDownload: (done, of) => terminal.progress.report('Downloading:', done, of),
  });
  session.dispose();
  terminal.progress.end();
  return report;
}

async function write(
  wanted: Parameters<typeof writeDecisions>[0],
  { session, snapshot }: LoadedProject,
  terminal: Terminal,
): Promise<void> {
  const { project } = snapshot();
  const { textOf } = session.snapshot();
  const written = writeDecisions(wanted, project);
  session.dispose();
  terminal.progress.end();
  if (written === undefined)
    throw new WrongUse(
      'a file with the decisions cannot be edited, so they were not written; correct it first.',
    );
  const files = { root: project.root, edits: written.edits, textOf };
  await writeEdits(files);
  terminal.out(`Wrote ${written.content} to ${written.setting} in ${editedPaths(files).join(', ')}.\n`);
}

async function withdraw(
  report: ScriptsReport,
  load: () => Promise<LoadedProject>,
  terminal: Terminal,
  key: () => Promise<string>,
): Promise<ExitCode> {
  if (decidedRows(report).length === 0) return exitCodeOf(report);
  terminal.out('\n');
  const { names, isAborted } = await reviewDecided(report, terminal, key);
  if (isAborted) return 1;
  if (names.size === 0) return exitCodeOf(report);
  const { session, snapshot } = await load();
  const { project } = snapshot();
  const { textOf } = session.snapshot();
  const removed = withdrawDecisions(project, names);
  session.dispose();
  terminal.progress.end();
  if (removed === undefined)
    throw new WrongUse('these decisions cannot be removed from their file, so nothing was written; edit it.');
  const files = { root: project.root, edits: removed.edits, textOf };
  await writeEdits(files);
  const keys = visibleText(removed.keys.join(', '));
  terminal.out(`Removed ${keys} from ${editedPaths(files).join(', ')}.\n`);
  // Their scripts are unreviewed again.
  return 1;
}

function isOpen({ decision, outcome }: ScriptRow): boolean {
  return decision === 'unreviewed' || (decision === 'undecidable' && outcome === 'runs');
}

function exitCodeOf({ rows, unread, unknown, unreadPackages, hasLockfile }: ScriptsReport): ExitCode {
  if (unread.length > 0 || !hasLockfile) return 2;
  if (rows.some(isOpen)) return 1;
  return unknown.length > 0 || unreadPackages.length > 0 ? 2 : 0;
}
