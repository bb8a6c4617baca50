import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { openIndex } from '../../core/know/advisory/open-index.ts';
import { OSV_DUMP } from '../../core/know/advisory/osv/osv-url.ts';
import { visibleText } from '../../core/read/text/words/visible-text.ts';
import { plural } from '../../core/read/text/words/words.ts';
import {
  databaseJson,
  databaseText,
  describeIndex,
  type IndexFacts,
} from '../../core/show/report/database-text.ts';
import { type DatabaseFiles, databaseFiles } from '../database/database-files.ts';
import { readNotes } from '../database/database-notes.ts';
import { reasonOf } from '../files/file-problem.ts';
import { createNodePorts, type NodePorts } from '../node-ports.ts';
import type { Command } from './command.ts';
import { WrongUse } from './exit-code.ts';
import { type Arguments, FORMAT_OPTIONS, formatOf, readArguments } from './given/arguments.ts';
import type { Terminal } from './terminal.ts';
import { VERSION } from './version.ts';

const HELP = `Manages your own advisory database, which check reads offline.

Usage
  dephygiene db update [--from <url|path>]
  dephygiene db build <path...> --out <file>
  dephygiene db status [--format text|json]

Commands
  update   download OSV's records on npm packages into a database in your cache
           directory. It replaces the old one if it is complete and no older.
           An interrupted download resumes next time. No package name is sent
  build    write a database file of your own records, for "update --from"
  status   print the age and size of the database and of the bundled data

Options
  --from <url|path>   another source: a zip like OSV's, JSON Lines, a folder of
                      them, or a file written by build
  --out <file>        the file to write
  --format text|json  text for people (default), json for programs
  --json              the same as --format json

Exit code
  0   done, or nothing newer is available
  2   usage error, or the input cannot be used and the database stays as it is

Examples
  dephygiene db update
  dephygiene db build records.jsonl --out advisories.db
`;

/** Builds, updates and describes the local advisory database. */
export const db: Command = {
  help: () => HELP,
  async run(args, terminal) {
    const given = readArguments('db', args, { from: 'string', out: 'string', ...FORMAT_OPTIONS });
    const [name = '', ...paths] = given.positionals;
    const action = Object.hasOwn(ACTIONS, name) ? ACTIONS[name] : undefined;
    if (action === undefined)
      throw new WrongUse('db takes update, build or status; see "dephygiene db --help".');
    for (const [option, owner] of Object.entries(OPTIONS)) {
      if (given.flag(option) && owner !== name)
        throw new WrongUse(`--${option} is an option of "db ${owner}" alone.`);
    }
    if (paths.length > 0 && name !== 'build')
      throw new WrongUse(`db ${name} takes no "${paths[0]}"; see "dephygiene db --help".`);
    await action({ given, paths, terminal, ports: createNodePorts({ roots: () => [], version: VERSION }) });
    terminal.progress.end();
    return 0;
  },
};

interface ActionInput {
  readonly given: Arguments;
  readonly paths: readonly string[];
  readonly terminal: Terminal;
  readonly ports: NodePorts;
}

const ACTIONS: Readonly<Record<string, (input: ActionInput) => Promise<void>>> = { update, build, status };
const OPTIONS = { from: 'update', out: 'build', format: 'status', json: 'status' };

async function update({ given, terminal, ports }: ActionInput): Promise<void> {
  const from = await sourceOf(given.text('from'));
  const files = filesOf(ports);
  const { http, clock } = ports;
  const { progress } = terminal;
  const { updateDatabase } = await import('../database/database.ts');
  const options = { from, files, http: http!, now: clock.now, progress: progress.report, signal: undefined };
  const done = await orWrongUse(updateDatabase(options));
  progress.end();
  const what = done.type === 'updated' ? 'Updated' : 'Nothing newer';
  terminal.out(`${what}: ${describeIndex(done, clock.now())}.\n`);
  tellUnread(done.unread, terminal);
}

async function build({ given, paths, terminal, ports }: ActionInput): Promise<void> {
  const out = given.text('out');
  if (paths.length === 0 || out === undefined)
    throw new WrongUse('db build takes records and a file; run "dephygiene db build <path> --out <file>".');
  const { buildFrom, replaceFile } = await import('../database/database.ts');
  const { progress } = terminal;
  const now = ports.clock.now();
  const onProgress = (records: number) => progress.report('Reading records:', records, undefined);
  const resolved = paths.map((path) => resolve(path));
  const { bytes, index, unread } = await orWrongUse(
    buildFrom(resolved, { now, onProgress, signal: undefined }),
  );
  await replaceFile(resolve(out), bytes, { mode: 0o600 }).catch((error: unknown) => {
    const reason = reasonOf(error) ?? 'cannot be written';
    throw new WrongUse(`--out ${out} ${reason}; give a file in a folder that is there.`);
  });
  progress.end();
  terminal.out(`Wrote ${visibleText(out)}: ${describeIndex(index, now)}.\n`);
  tellUnread(unread, terminal);
}

async function status({ given, terminal, ports }: ActionInput): Promise<void> {
  const format = formatOf(given, ['text', 'json']);
  const files = filesOf(ports);
  const opened = openedFacts(ports.database?.read());
  const bundled = openedFacts(ports.advisories?.());
  const described = {
    path: files.index,
    size: (await stat(files.index).catch(() => undefined))?.size,
    database: opened.index,
    problem: opened.problem,
    notes: await readNotes(files.notes),
    bundled: bundled.index,
  };
  terminal.out(
    format === 'json'
      ? databaseJson(described)
      : databaseText(described, ports.clock.now(), terminal.columns),
  );
}

function openedFacts(bytes: Uint8Array | undefined): {
  index: IndexFacts | undefined;
  problem: string | undefined;
} {
  if (bytes === undefined) return { index: undefined, problem: undefined };
  const result = openIndex(bytes, 'database');
  if ('problem' in result) return { index: undefined, problem: result.problem };
  const { asOf, completeTo, records, packages } = result.index;
  return { index: { asOf, completeTo, records, packages }, problem: undefined };
}

function filesOf({ cacheDirectory }: NodePorts): DatabaseFiles {
  if (cacheDirectory !== undefined) return databaseFiles(cacheDirectory);
  throw new WrongUse('no folder for a database: set HOME to your home directory.');
}

async function sourceOf(from: string | undefined): Promise<string> {
  if (from === undefined) return OSV_DUMP;
  if (/^https?:\/\//i.test(from)) return from;
  const path = resolve(from);
  if ((await stat(path).catch(() => undefined)) !== undefined) return path;
  throw new WrongUse(`--from ${from} does not exist; give a URL or a path.`);
}

/** Converts problems with a database to `WrongUse`, as an unusable one is not an error of the program. */
async function orWrongUse<T>(work: Promise<T>): Promise<T> {
  const { DatabaseProblem } = await import('../database/database.ts');
  return work.catch((error: unknown) => {
    throw error instanceof DatabaseProblem ? new WrongUse(error.message) : error;
  });
}

function tellUnread(unread: number, terminal: Terminal): void {
  if (unread > 0) terminal.error(`${plural(unread, 'record')} could not be read, or only in part.\n`);
}
