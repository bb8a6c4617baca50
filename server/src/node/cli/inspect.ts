import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { packumentUrl } from '../../core/know/registry/access/packument-url.ts';
import { readPackageQuery } from '../../core/read/graph/find-nodes.ts';
import type { Inspected } from '../../core/show/report/inspect/inspected.ts';
import { createSession } from '../../engine/create-session.ts';
import { createDiskFiles, uriOfPath } from '../disk-files.ts';
import { createNodePorts } from '../node-ports.ts';
import type { Command } from './command.ts';
import { directoryTrust } from './directory-trust.ts';
import { WrongUse } from './exit-code.ts';
import { FORMAT_OPTIONS, formatOf, readArguments } from './given/arguments.ts';
import { directoryOf, repositoryOf } from './given/given-directory.ts';
import { manifestAbove } from './given/manifest-above.ts';
import { VERSION } from './version.ts';

const HELP = `Lists what the code of a package can do, without running it.

Usage
  dephygiene inspect <name[@version] | folder> [dir] [options]

Options
  --against <version>   compare with this version instead of the previous one;
                        for a folder, with another folder
  --trust               let the project's files choose the registry and read the
                        environment variables that they name
  --offline             send nothing: installed packages, folders and the cache
  --format text|json    text for people (default), json for programs
  --json                the same as --format json

It reads the installed package, or else downloads the tarball. A folder is given
as ./folder or as an absolute path. Read are JavaScript, TypeScript, install
scripts and native builds; nothing is installed, unpacked or run.

Exit code
  0   nothing suspicious
  1   suspicious by its score
  2   usage error, or the package or some of its files could not be read

Examples
  dephygiene inspect left-pad
  dephygiene inspect ./packages/build-tool
  dephygiene inspect axios@1.14.0 --against 1.13.5
`;

/** Inspects the code of one package. */
export const inspect: Command = {
  help: () => HELP,
  async run(args, terminal) {
    const given = readArguments('inspect', args, {
      ...{ against: 'string', ...FORMAT_OPTIONS, offline: 'boolean', trust: 'boolean' },
    });
    const format = formatOf(given, ['text', 'json']);
    const [typed, ...rest] = given.positionals;
    if (typed === undefined)
      throw new WrongUse('inspect takes a package or a folder; run "dephygiene inspect <name> [dir]".');
    const { inspectJson, inspectText, inspectPackage, newCapabilities, recordOfFolder } = await import(
      '../../engine/inspect/inspect.ts'
    );
    const tools = { inspectPackage, newCapabilities, recordOfFolder };
    const found = isFolder(typed)
      ? await inspectFolder(typed, rest, given.text('against'), tools)
      : await inspectNamed(typed, rest, { ...given, against: given.text('against') }, tools);
    const { columns, colour } = terminal;
    terminal.out(format === 'json' ? inspectJson(found) : inspectText(found, { columns, colour }));
    if (found.record.isSuspicious) return 1;
    return found.record.gaps.length > 0 ? 2 : 0;
  },
};

type Tools = Pick<
  typeof import('../../engine/inspect/inspect.ts'),
  'inspectPackage' | 'newCapabilities' | 'recordOfFolder'
>;

function isFolder(typed: string): boolean {
  return /^(?:\.{1,2}(?:$|[/\\])|[/\\]|[A-Za-z]:[/\\])/.test(typed);
}

async function inspectFolder(
  typed: string,
  rest: readonly string[],
  against: string | undefined,
  { recordOfFolder, newCapabilities }: Tools,
): Promise<Inspected> {
  if (rest.length > 0) throw new WrongUse('inspect takes one folder; run it once for each.');
  const read = async (path: string) => {
    if (!existsSync(path) || !statSync(path).isDirectory())
      throw new WrongUse(`no such folder: ${path}; run "dephygiene inspect <folder>" with an existing one.`);
    const uri = uriOfPath(resolve(path));
    const record = await recordOfFolder(
      createDiskFiles(() => [uri]),
      uri,
    );
    if (record === undefined) throw new WrongUse(`${path} cannot be read; check its permissions.`);
    return record;
  };
  const record = await read(typed);
  const since =
    against === undefined
      ? undefined
      : { subject: against, found: newCapabilities(await read(against), record) };
  return { subject: typed, from: 'folder', record, since, notCompared: undefined };
}

async function inspectNamed(
  typed: string,
  rest: readonly string[],
  given: { readonly against: string | undefined; flag(option: string): boolean },
  { inspectPackage }: Tools,
): Promise<Inspected> {
  const query = readPackageQuery(typed);
  if (query === undefined || packumentUrl('https://registry.example.test/', query.name) === undefined)
    throw new WrongUse(`${typed} is not a package name; give a folder as ./${typed}.`);
  const directory = await directoryOf(`inspect ${typed}`, rest);
  const repository = await repositoryOf(directory);
  const ports = createNodePorts({ roots: () => [uriOfPath(directory)], version: VERSION });
  const session = createSession(ports);
  const online = !given.flag('offline');
  session.configure({
    ...{ online, severities: new Map(), policyFile: undefined },
    ...directoryTrust(uriOfPath(directory), given.flag('trust')),
  });
  session.setFolders([uriOfPath(repository)]);
  const found = await manifestAbove(directory, repository);
  const manifest = uriOfPath(found ?? join(directory, 'package.json'));
  // Outside any project, behaves as in an empty one.
  if (found === undefined) session.setOverlay(manifest, '{}');
  const project = (await session.ensureProject(manifest))?.project;
  if (project === undefined) throw new WrongUse(`the project in ${directory} could not be read.`);
  const request = { project, name: query.name, asked: query.version, against: given.against };
  const inspected = await inspectPackage(request, { session, ports, online });
  session.dispose();
  if ('failure' in inspected) {
    const advice =
      inspected.failure === 'offline' ? '; leave out --offline, or install it into node_modules first' : '';
    throw new WrongUse(`${typed} was not inspected: ${inspected.failure}${advice}.`);
  }
  return inspected;
}
