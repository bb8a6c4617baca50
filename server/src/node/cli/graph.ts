import { graphDot } from '../../core/show/report/graph/graph-dot.ts';
import { graphJson } from '../../core/show/report/graph/graph-json.ts';
import type { Command } from './command.ts';
import { FORMAT_OPTIONS, formatOf, readArguments } from './given/arguments.ts';
import { directoryOf } from './given/given-directory.ts';
import { graphedLockfiles, reportGaps } from './graphed-lockfiles.ts';

const HELP = `Prints the dependency graph of every lockfile below a directory.

Usage
  dephygiene graph [dir] [options]

Options
  --format json|dot|mermaid|svg
                        json for programs (default), dot for Graphviz. mermaid
                        and svg draw packages with findings and their paths,
                        then the nearest packages, and say how many are left out
  --json                the same as --format json

Exit code
  0   every lockfile and manifest was read
  2   usage error, or one was not read completely. Standard error names it, and
      the rest is printed all the same

Packages are installed instances: a version in two folders of npm, or with two
sets of peers in pnpm, counts twice. Members and linked folders are importers.
node_modules, .git, .yarn/cache, git-ignored paths, the "exclude" globs of
dependency-hygiene.json and links out of the directory are skipped.

dot, mermaid and svg color packages by their worst finding. Only what is known
offline counts.

Examples
  dephygiene graph --format svg > graph.svg
  dephygiene graph --format dot | dot -Tsvg > graph.svg
`;

/** Prints dependency graphs for other programs. */
export const graph: Command = {
  help: () => HELP,
  async run(args, terminal) {
    const given = readArguments('graph', args, FORMAT_OPTIONS);
    const format = formatOf(given, ['json', 'dot', 'mermaid', 'svg']);
    const directory = await directoryOf('graph', given.positionals);
    const found = await graphedLockfiles(directory, terminal, { judges: format !== 'json' });
    const { lockfiles } = found;
    if (format === 'json') terminal.out(graphJson(lockfiles));
    else if (format === 'dot') terminal.out(graphDot(lockfiles));
    else {
      const { graphPictures } = await import('../../core/show/report/graph/picture/pictures.ts');
      terminal.out(graphPictures(lockfiles, format));
    }
    reportGaps(found, lockfiles, terminal);
    return found.unread.length > 0 ? 2 : 0;
  },
};
