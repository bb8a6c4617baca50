import { planBaseline } from '../../core/judge/baseline/plan-baseline.ts';
import { baselineText } from '../../core/show/report/baseline/baseline-text.ts';
import { DEFAULT_SETTINGS } from '../../engine/settings.ts';
import type { Command } from './command.ts';
import { readArguments } from './given/arguments.ts';
import { directoryOf } from './given/given-directory.ts';
import { loadProject } from './one-project.ts';
import { unifiedDiff } from './unified-diff.ts';
import { writeEdits } from './write-edits.ts';

const HELP = `Proposes the safe configuration of a project's package manager.

Usage
  dephygiene init [dir] [options]

Options
  --write   write the files. Without it the difference is only printed

The settings are those that the package manager and its version have no safe
default for: install scripts, cooldown, and exact versions unless the project
is published. Each line has its reason above it. Settings that the project has
are never changed or repeated, and those that differ are listed.

Exit code
  0   the project has all settings, or they were written
  1   settings are missing
  2   usage error, or a file cannot be edited or written

Examples
  dephygiene init
  dephygiene init packages/app --write
`;

/** Prints or writes the settings that a project lacks. */
export const init: Command = {
  help: () => HELP,
  async run(args, terminal) {
    const given = readArguments('init', args, { write: 'boolean' });
    const directory = await directoryOf('init', given.positionals);
    const { session, snapshot } = await loadProject(directory, DEFAULT_SETTINGS, terminal);
    const { project, files } = snapshot();
    const { textOf } = session.snapshot();
    session.dispose();
    terminal.progress.end();
    const baseline = planBaseline(project, textOf);
    const isWritten = given.flag('write') && baseline.edits.length > 0;
    if (isWritten) await writeEdits({ root: project.root, edits: baseline.edits, textOf });
    const { columns, colour } = terminal;
    terminal.out(baselineText(project, baseline, { columns, colour, isWritten, files, diff: unifiedDiff }));
    if (baseline.unwritten.length > 0) return 2;
    return baseline.added.length === 0 || isWritten ? 0 : 1;
  },
};
