import { mkdir, realpath } from 'node:fs/promises';
import { basename, join, relative, resolve, sep } from 'node:path';
import { PUBLIC_REGISTRY } from '../../../generated/npm-defaults.ts';
import type { IncidentGap } from '../../core/show/report/incident/incident-report.ts';
import {
  type InventoryReport,
  type InventoryRepository,
  inventoryExitCode,
  inventoryJson,
  inventoryText,
} from '../../core/show/report/inventory/inventory-report.ts';
import { createCachedPublishers } from '../../engine/registry/cached-publishers.ts';
import { createDiskCache } from '../disk-cache.ts';
import { whyNotWritten } from '../files/file-problem.ts';
import { isPathWithin } from '../files/is-path-within.ts';
import { NO_GIT } from '../git/git-failure.ts';
import { findGit } from '../git/git-program.ts';
import type { SearchPlace } from '../incident/find-repositories.ts';
import { headOf } from '../incident/head.ts';
import { type GitProgram, repositoryGit } from '../incident/repository-git.ts';
import { whyNotSearched } from '../incident/why-not-searched.ts';
import {
  hasRows,
  type InventoryState,
  type KnownRepository,
  readInventory,
  writeInventory,
  writeRows,
} from '../inventory/inventory-folder.ts';
import { INVENTORY_FORMATS, type InventoryFormat, type LockfileRows } from '../inventory/inventory-table.ts';
import { type ReadOptions, readCommit } from '../inventory/read-repository.ts';
import { writeSboms } from '../inventory/write-sboms.ts';
import { createNodePorts } from '../node-ports.ts';
import type { Command } from './command.ts';
import { WrongUse } from './exit-code.ts';
import { FORMAT_OPTIONS, formatOf, oneOf, readArguments } from './given/arguments.ts';
import { givenRepositories } from './given/given-repositories.ts';
import type { Terminal } from './terminal.ts';
import { untilInterrupted } from './until-interrupted.ts';

const HELP = `Writes the locked packages of many repositories as tables.

Usage
  dephygiene inventory [dir...] --out <folder> [options]
  dephygiene inventory query <question> --in <folder> [options]

Commands
  query                 answer a question from such a folder

Options
  --repos <dir>         read every repository and bare clone in this folder and
                        one level deeper
  --out <folder>        the folder to write or to update
  --files parquet|ndjson
                        the format of the tables (default: parquet)
  --sbom                write a bill of materials for each lockfile (CycloneDX)
  --format text|json    what is printed: text for people (default), json for
                        programs
  --json                the same as --format json

It reads the lockfiles at HEAD from git's objects, without a checkout, and sends
nothing. A commit that the folder has already is not read again. Rows of earlier
commits stay.

Exit code
  0   everything was read
  2   usage error, or something could not be read

Examples
  dephygiene inventory --repos ~/src --out inventory
  dephygiene inventory query who-uses chalk --in inventory
`;

/** Writes an inventory of repositories. */
export const inventory: Command = {
  subcommands: { query: async () => (await import('./inventory/query.ts')).query },
  help: () => HELP,
  async run(args, terminal) {
    const given = readArguments('inventory', args, {
      ...{ repos: 'string', out: 'string', files: 'string', sbom: 'boolean' },
      ...FORMAT_OPTIONS,
    });
    const printed = formatOf(given, ['text', 'json']);
    const out = given.text('out');
    if (out === undefined) throw new WrongUse('inventory needs a folder to write; add --out <folder>.');
    const typed = given.text('files');
    const files = typed === undefined ? undefined : oneOf('--files', typed, INVENTORY_FORMATS);
    const { places, gaps } = await givenRepositories('inventory', given, given.positionals);
    const repos = given.text('repos');
    const names = namesOf(places, repos === undefined ? undefined : await realpath(resolve(repos)));
    const folder = resolve(out);
    const state = await stateOf(folder, out, files);
    const ports = createNodePorts({ roots: () => [], version: undefined });
    const program = await findGit({
      environment: process.env,
      platform: process.platform,
      untrusted: places.map(({ directory }) => directory),
    });
    const stopper = new AbortController();
    const run: Run = {
      ...{ folder, state, signal: stopper.signal, hasSbom: given.flag('sbom') },
      publisherOf: publishersFrom(ports.cacheDirectory),
      git: program === undefined ? undefined : { program, environment: process.env },
    };
    const repositories = await untilInterrupted(
      () => readAll(places, names, run, terminal),
      () => stopper.abort(),
    );
    terminal.progress.end();
    const report: InventoryReport = { folder: out, repositories, notRead: gaps };
    terminal.out(printed === 'json' ? inventoryJson(report) : inventoryText(report));
    return inventoryExitCode(report);
  },
};

/** A version that another registry serves may have another publisher. */
function publishersFrom(directory: string | undefined): ReadOptions['publisherOf'] {
  const cache = directory === undefined ? undefined : createDiskCache({ directory });
  const publisherOf = createCachedPublishers(cache, PUBLIC_REGISTRY);
  const { host } = new URL(PUBLIC_REGISTRY);
  return async ({ name, version, source, registry = host }) =>
    source === 'registry' && registry === host && version !== undefined
      ? publisherOf(name, version)
      : undefined;
}

interface Run {
  readonly folder: string;
  readonly state: { readonly format: InventoryFormat; readonly repositories: Map<string, KnownRepository> };
  /** Undefined if there is no git that may be run. */
  readonly git: GitProgram | undefined;
  readonly hasSbom: boolean;
  readonly signal: AbortSignal;
  readonly publisherOf: ReadOptions['publisherOf'];
}

/** Returns a name for each repository that is the same on other machines: its path in the folder of `--repos`. */
function namesOf(places: readonly SearchPlace[], repos: string | undefined): readonly string[] {
  const names = places.map(({ directory }) => {
    const isInside = repos !== undefined && directory !== repos && isPathWithin(repos, directory);
    const name = isInside ? relative(repos, directory).split(sep).join('/') : basename(directory);
    return name.replace(/(.)\.git$/, '$1');
  });
  const twice = names.find((name, at) => names.indexOf(name) !== at);
  if (twice !== undefined)
    throw new WrongUse(`two repositories are called ${twice}; give the folder that has both with --repos.`);
  return names;
}

async function stateOf(
  folder: string,
  typed: string,
  files: InventoryFormat | undefined,
): Promise<Run['state']> {
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw new WrongUse(`--out ${typed} ${whyNotWritten(error)}; give another folder.`);
  }
  const known = await readInventory(folder);
  if (known !== undefined && files !== undefined && files !== known.format)
    throw new WrongUse(`${typed} has ${known.format} files; leave out --files, or give another folder.`);
  return { format: known?.format ?? files ?? 'parquet', repositories: new Map(known?.repositories) };
}

/** Reads one repository after the other, so that memory is that of one lockfile. */
async function readAll(
  places: readonly SearchPlace[],
  names: readonly string[],
  run: Run,
  terminal: Terminal,
): Promise<readonly InventoryRepository[]> {
  const read: InventoryRepository[] = [];
  try {
    for (const [at, place] of places.entries()) {
      if (run.signal.aborted) break;
      terminal.progress.report('Reading repositories', at, places.length);
      const repository = names[at]!;
      const found = await readOne(place, repository, run).catch((error: unknown) => {
        run.signal.throwIfAborted();
        return notReadAt(place, repository, undefined, [{ subject: '.', reason: whyNotSearched(error) }]);
      });
      read.push(found);
    }
  } catch (error) {
    if (!run.signal.aborted) throw error;
  } finally {
    const state: InventoryState = run.state;
    await writeInventory(run.folder, state);
  }
  return read;
}

async function readOne(place: SearchPlace, repository: string, run: Run): Promise<InventoryRepository> {
  const { state, folder, hasSbom } = run;
  const unread = (commit: string | undefined, gaps: readonly IncidentGap[]) =>
    notReadAt(place, repository, commit, gaps);
  if (place.kind === 'folder')
    return unread(undefined, [{ subject: '.', reason: 'it is not a git repository' }]);
  if (run.git === undefined) return unread(undefined, [{ subject: '.', reason: NO_GIT }]);
  const git = repositoryGit(place, run.git);
  const { head, whyNone, failure } = await headOf(place, git, '');
  const why = failure ?? whyNone;
  if (head === undefined) return unread(head, why === undefined ? [] : [{ subject: 'HEAD', reason: why }]);
  const base = { repository, path: place.directory, commit: head };
  const known = state.repositories.get(repository);
  // What could not be read may be readable now.
  const isCurrent = known?.commit === head && known.isWhole && (known.hasSbom || !hasSbom);
  if (isCurrent && (await hasRows(folder, known, state.format))) {
    const { lockfiles, packages } = known;
    return { ...base, state: 'unchanged', lockfiles, packages, notRead: [] };
  }
  const found: LockfileRows[] = [];
  const gaps: IncidentGap[] = [];
  const sboms = hasSbom ? await writeSboms(join(folder, 'sbom'), repository) : undefined;
  const {
    committed,
    lockfiles,
    gaps: others,
  } = await readCommit(git, head, run, async (read) => {
    const { lockfile, rows, members } = read;
    found.push({ lockfile, rows, members });
    gaps.push(...((await sboms?.add(read)) ?? []));
  });
  // What is known of an earlier commit stays.
  if (committed === undefined) return unread(head, others);
  await sboms?.removeOthers();
  const notRead = [...gaps, ...others];
  const packages = found.reduce((sum, { rows }) => sum + rows.length, 0);
  const row = { repository, commit: head, committed };
  await writeRows(folder, row, found, state.format);
  const isWhole = notRead.length === 0;
  state.repositories.set(repository, { ...row, lockfiles, packages, hasSbom, isWhole });
  return { ...base, state: 'written', lockfiles, packages, notRead };
}

function notReadAt(
  { directory }: SearchPlace,
  repository: string,
  commit: string | undefined,
  notRead: readonly IncidentGap[],
): InventoryRepository {
  const place = { repository, path: directory, commit };
  return { ...place, state: 'not-read', lockfiles: 0, packages: 0, notRead };
}
