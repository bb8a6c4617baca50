import { findNodes, type PackageQuery, readPackageQuery } from '../../core/read/graph/find-nodes.ts';
import { nearestWord } from '../../core/read/text/words/nearest-word.ts';
import { visibleText } from '../../core/read/text/words/visible-text.ts';
import { namesAndMore } from '../../core/read/text/words/words.ts';
import { whyJson } from '../../core/show/report/graph/why-json.ts';
import { whyText } from '../../core/show/report/graph/why-text.ts';
import type { FoundNodes } from '../../core/show/report/graph/why-tree.ts';
import type { Command } from './command.ts';
import { WrongUse } from './exit-code.ts';
import { FORMAT_OPTIONS, formatOf, readArguments } from './given/arguments.ts';
import { directoryOf } from './given/given-directory.ts';
import { graphedLockfiles, type JudgedGraph, reportGaps } from './graphed-lockfiles.ts';

const HELP = `Prints the dependency paths to a package, shortest first.

Usage
  dephygiene why <name[@version]> [dir] [options]

Options
  --format text|json|mermaid|dot|svg
                        text for people (default), json for programs, or the
                        paths as a picture, colored by the worst finding on
                        each package that is known offline
  --json                the same as --format json

Exit code
  0   a lockfile below the directory has it
  1   no lockfile has it
  2   usage error, or a manifest or lockfile was not read completely. The known
      paths are printed all the same

Examples
  dephygiene why minimist
  dephygiene why minimist --format svg > minimist.svg
  dephygiene why @types/node@^20 packages/app
`;

/** Prints why a package is installed. */
export const why: Command = {
  help: () => HELP,
  async run(args, terminal) {
    const given = readArguments('why', args, FORMAT_OPTIONS);
    const format = formatOf(given, ['text', 'json', 'mermaid', 'dot', 'svg']);
    const [asked, ...rest] = given.positionals;
    const query = asked === undefined ? undefined : readPackageQuery(asked);
    if (asked === undefined || query === undefined) {
      throw new WrongUse('why takes the name of a package; run "dephygiene why <name[@version]> [dir]".');
    }
    const directory = await directoryOf(`why ${asked}`, rest);
    const isPicture = format !== 'text' && format !== 'json';
    const { lockfiles, unread } = await graphedLockfiles(directory, terminal, { judges: isPicture });
    const found: (FoundNodes & { readonly lockfile: JudgedGraph })[] = [];
    for (const lockfile of lockfiles) {
      const { graph } = lockfile;
      const nodes = graph === undefined ? [] : findNodes(graph, query);
      if (graph !== undefined && nodes.length > 0) found.push({ lockfile, graph, nodes });
    }
    if (format === 'json') terminal.out(whyJson(asked, lockfiles, found));
    else if (found.length > 0 && isPicture) {
      const { whyPictures } = await import('../../core/show/report/graph/picture/pictures.ts');
      terminal.out(whyPictures(found, format));
    } else if (found.length > 0) {
      terminal.out(whyText(found, { columns: terminal.columns, colour: terminal.colour }));
    }
    reportGaps({ unread }, lockfiles, terminal);
    if (found.length === 0) terminal.error(`dephygiene: ${visibleText(notFound(asked, query, lockfiles))}\n`);
    if (unread.length > 0) return 2;
    return found.length > 0 ? 0 : 1;
  },
};

function notFound(asked: string, { name, version }: PackageQuery, lockfiles: readonly JudgedGraph[]): string {
  const [first, ...others] = lockfiles;
  const isWhole = lockfiles.every(({ status }) => status === 'checked');
  const several = `${isWhole ? 'any of ' : ''}${lockfiles.length} lockfiles`;
  const all = others.length === 0 ? (first?.path ?? 'the lockfile') : several;
  const where = isWhole ? all : `the readable part of ${all}`;
  const names = new Set<string>();
  const versions = new Set<string>();
  for (const { graph } of lockfiles) {
    for (const instance of graph?.packages ?? []) {
      names.add(instance.name);
      if (instance.name === name && instance.version !== undefined) versions.add(instance.version);
    }
  }
  if (version !== undefined && versions.size > 0) {
    const shown = namesAndMore([...versions], 5);
    return `${asked} is not in ${where}, but ${name} ${shown} is.`;
  }
  const near = nearestWord(name, names);
  return `${asked} is not in ${where}${near === undefined ? '' : `, but ${near} is`}.`;
}
