import { realpath, stat } from 'node:fs/promises';
import { basename, isAbsolute, resolve } from 'node:path';
import { PUBLIC_REGISTRY, YARN_REGISTRY } from '../../../generated/npm-defaults.ts';
import { REACH_TOOLS } from '../../core/judge/changes/reach/reach-tools.ts';
import { LOCKFILE_NAMES, lockfileKindOf, readLockfile } from '../../core/read/lockfile/detect.ts';
import { lockfileKindOfContent } from '../../core/read/lockfile/model/kind-of-content.ts';
import type { Uri } from '../../core/read/text/paths/uri.ts';
import { asClause } from '../../core/read/text/words/clause.ts';
import { visibleText } from '../../core/read/text/words/visible-text.ts';
import { codeText } from '../../core/show/report/diff/code-report.ts';
import { configurationText } from '../../core/show/report/diff/configuration-text.ts';
import { diffJson } from '../../core/show/report/diff/diff-json.ts';
import type { DiffedLockfile } from '../../core/show/report/diff/diff-report.ts';
import { describeUnknown, diffText } from '../../core/show/report/diff/diff-text.ts';
import { type BaseLockfile, committedLockfile } from '../../engine/review/committed-lockfile.ts';
import { type Comparison, compareLockfiles } from '../../engine/review/compare-lockfiles.ts';
import { type GoneLockfiles, goneLockfiles } from '../../engine/review/gone-lockfiles.ts';
import { createDiskFiles, MAX_LOCKFILE_BYTES, uriOfPath } from '../disk-files.ts';
import { createNodePorts } from '../node-ports.ts';
import type { Command } from './command.ts';
import { aboveDiff } from './diff/above-diff.ts';
import { type ConfigurationDiff, changedConfiguration } from './diff/changed-configuration.ts';
import { codeDiff, type UpdatedLockfile } from './diff/code-diff.ts';
import { programDiff } from './diff/program-diff.ts';
import { reachProjects } from './diff/reach-projects.ts';
import { ambiguousBase, WrongUse } from './exit-code.ts';
import { FORMAT_OPTIONS, formatOf, readArguments } from './given/arguments.ts';
import { configOf } from './given/given-config.ts';
import { directoryOf } from './given/given-directory.ts';
import { readGiven } from './given/read-given.ts';
import { type GraphedDirectory, graphedDirectory, noLockfile, reportGaps } from './graphed-lockfiles.ts';
import type { Terminal } from './terminal.ts';

const HELP = `Lists changes of the lockfiles below a directory since a base.

Usage
  dephygiene diff [dir] [options]

Options
  --base <commit|file>  a commit, branch or tag of the git repository (default:
                        HEAD), or another lockfile of any format, recognized by
                        its content or its name
  --config <file>       use the "exclude" globs of this configuration instead of
                        those of each project's own
  --trust               download the code of updated packages that is neither
                        installed nor cached, to compare what it can do
  --offline             send nothing, despite --trust
  --format text|json    text for people (default), json for programs
  --json                the same as --format json

Marks
  !  review first: new or changed packages with errors or warnings, such as
     malware. Also another source or hash of the same version, a name that
     installs another package or a folder, or changed commands, scripts,
     dependencies or patches. Also new sources, new install scripts of known
     packages or of the project, workspace members that are not locked, and a
     changed registry, lockfile, verification setting or program
  *  another setting of the lockfile, such as an override
  +  new
  ~  other versions, or another section
  -  gone

A lockfile that only one side has is new or gone. If a new one replaces one in
the same folder, the two are compared.

It also compares settings with the commit: registries, verification, scripts,
programs and skipped checks. Files that an install runs are compared too, such
as .pnpmfile.cjs, .yarn/releases, patches and the files of lifecycle scripts.

Exit code
  0   everything was compared, with or without differences
  2   usage error, or a lockfile, configuration file or manifest was not read
      completely

New and changed versions are judged offline, with the advisories at hand. The
code of updated packages is compared as far as it is installed or was read
before. No git hooks, filters or configured programs run, and without --trust
nothing is fetched.

Examples
  dephygiene diff --base origin/main
  dephygiene diff --base ../old/pnpm-lock.yaml
`;

/** Compares lockfiles with an earlier state, or with another lockfile. */
export const diff: Command = {
  help: () => HELP,
  async run(args, terminal) {
    const given = readArguments('diff', args, {
      ...{ ...FORMAT_OPTIONS, base: 'string', config: 'string', offline: 'boolean', trust: 'boolean' },
    });
    const format = formatOf(given, ['text', 'json']);
    const directory = await directoryOf('diff', given.positionals);
    const name = given.text('base') ?? 'HEAD';
    const file = await baseFile(name, directory);
    const policyFile = await configOf(given);
    const reviewedSince = file === undefined ? name : undefined;
    const found = await graphedDirectory(directory, terminal, {
      policyFile,
      reviewedSince,
      findsRisks: true,
    });
    const wanted = found.lockfiles.filter(({ uri }) => uri !== file?.uri);
    if (file !== undefined && wanted.length > 1) {
      const paths = wanted.slice(0, 3).map(({ path }) => path);
      throw new WrongUse(
        `there are ${wanted.length} lockfiles below ${directory} (${paths.join(', ')}${wanted.length > 3 ? ' and others' : ''}); give the directory of the one to compare with ${name}.`,
      );
    }
    const gone = file === undefined ? await goneLockfiles(found, name) : NOTHING_GONE;
    const goneFiles = gone.type === 'found' ? gone.lockfiles : [];
    if (found.lockfiles.length + goneFiles.length === 0) throw noLockfile(directory);
    const compared = await compareAll(found, { name, file, wanted, gone: goneFiles });
    if (format === 'text') await throwWhereNoneIsKnown(name, compared);
    const settings = file === undefined ? await changedSettings(found, name) : NOTHING_CHANGED;
    const isTrusted = given.flag('trust') && !given.flag('offline');
    const code = await codeDiff(await updatedLockfiles(found, compared, { name, file }), {
      ...{ root: found.root, repository: found.repository, isTrusted },
    });
    const options = { columns: terminal.columns, colour: terminal.colour };
    terminal.out(
      format === 'json'
        ? diffJson(compared, settings.files, code)
        : diffText(compared, options) +
            configurationText(settings.files, name, options) +
            codeText(code, options),
    );
    reportGaps(found, wanted, terminal);
    for (const { path, base } of compared) {
      if (base.status === 'checked' || base.status === 'absent') continue;
      const why = base.reason === undefined ? '' : `: ${asClause(base.reason)}`;
      const what = base.status === 'partial' ? `read only in part in ${base.name}` : describeUnknown(base);
      terminal.error(`${visibleText(`dephygiene: ${path}: ${what}${why}.`)}\n`);
    }
    for (const { path, reason, isPartial } of settings.unknown) {
      const which = isPartial ? 'some of its settings' : 'its settings';
      const what = `${path}: ${which} were not compared: ${asClause(reason)}.`;
      terminal.error(`${visibleText(`dephygiene: ${what}`)}\n`);
    }
    const isEachKnown = compared.every((each) => each.diff !== undefined);
    if (gone.type === 'unknown' && isEachKnown) {
      const what = `cannot determine which lockfiles were removed since ${name}`;
      terminal.error(`${visibleText(`dephygiene: ${what}: ${gone.reason}.`)}\n`);
    }
    const isWhole = compared.every(({ base }) => base.status === 'checked' || base.status === 'absent');
    const isRead = found.unread.length === 0 && settings.unknown.length === 0;
    return isEachKnown && isWhole && isRead && gone.type === 'found' ? 0 : 2;
  },
};

/** Returns the lockfiles in which versions changed, with their state in the base. */
async function updatedLockfiles(
  { lockfiles, git }: GraphedDirectory,
  compared: readonly DiffedLockfile[],
  { name, file }: Pick<Comparison, 'name' | 'file'>,
): Promise<readonly UpdatedLockfile[]> {
  const found: UpdatedLockfile[] = [];
  for (const { uri, path } of lockfiles) {
    const changed = compared.find((each) => each.path === path)?.diff?.changed ?? [];
    if (changed.length === 0) continue;
    const before = (file ?? (await committedLockfile(git, uri, name))).lockfile;
    if (before !== undefined) found.push({ uri, path, before, changed });
  }
  return found;
}

/** Returns the differences of all lockfiles below a directory from a commit. */
export async function lockfilesSince(
  revision: string,
  directory: string,
  terminal: Terminal,
  policyFile: Uri | undefined,
): Promise<readonly DiffedLockfile[]> {
  const found = await graphedDirectory(directory, terminal, { policyFile, reviewedSince: revision });
  const gone = await goneLockfiles(found, revision);
  const goneFiles = gone.type === 'found' ? gone.lockfiles : [];
  return compareAll(found, { name: revision, file: undefined, wanted: found.lockfiles, gone: goneFiles });
}

/** Throws a single error if one cause prevents all comparisons, such as a mistyped commit. */
async function throwWhereNoneIsKnown(name: string, compared: readonly DiffedLockfile[]): Promise<void> {
  const reason = compared[0]?.base.reason;
  const isForAll = compared.every(({ base }) => base.status === 'unknown' && base.reason === reason);
  if (!isForAll || reason === undefined) return;
  if (/\.(?:json|lockb?|ya?ml)$/.test(name) && !(await exists(name)))
    throw new WrongUse(`${name} does not exist and is not a commit; give --base a commit or a lockfile.`);
  throw new WrongUse(
    `cannot compare with ${name}, as ${reason}; give --base an existing commit or a lockfile (${LOCKFILE_NAMES.join(', ')}, or any name if its content is recognized).`,
  );
}

async function exists(path: string): Promise<boolean> {
  return (await stat(resolve(path)).catch(() => undefined)) !== undefined;
}

async function changedSettings(found: GraphedDirectory, name: string): Promise<ConfigurationDiff> {
  const { withTasks } = await import('../../engine/base/reached-programs.ts');
  const { read } = createDiskFiles(() => [found.root]);
  const projects = await reachProjects(found);
  const search = { ...found, reach: await withTasks({ projects, read, tools: REACH_TOOLS }) };
  const both = [
    await changedConfiguration(search, name),
    await programDiff(search, name),
    await aboveDiff(search, name),
  ];
  return {
    files: both.flatMap(({ files }) => files).sort((a, b) => (a.path < b.path ? -1 : 1)),
    unknown: both.flatMap(({ unknown }) => unknown),
  };
}

const NOTHING_CHANGED: ConfigurationDiff = { files: [], unknown: [] };
const NOTHING_GONE: GoneLockfiles = { type: 'found', lockfiles: [] };

/**
 * Returns the lockfile that `--base` names, by the name or else the content of the file; undefined if it is not a
 * lockfile. A commit with the same name takes precedence: the author of the change may have added the file.
 */
async function baseFile(
  name: string,
  directory: string,
): Promise<(BaseLockfile & { readonly uri: Uri }) | undefined> {
  if (!isAbsolute(name) && !/^\.\.?[/\\]/.test(name)) {
    const root = uriOfPath(directory);
    const { git } = createNodePorts({ roots: () => [root], version: undefined });
    const commit = await git.commitOf(root, name);
    if (typeof commit === 'string') return undefined;
    if (commit.isAmbiguous && commit.advice !== undefined)
      throw ambiguousBase(name, commit.reason, commit.advice);
  }
  const path = resolve(name);
  const named = lockfileKindOf(basename(path));
  const isFile = named !== undefined || (await stat(path).catch(() => undefined))?.isFile() === true;
  if (!isFile) return undefined;
  const wanted = 'a commit, or the path of a lockfile';
  const text = new TextDecoder('utf-8').decode(
    await readGiven(`--base ${name}`, path, wanted, MAX_LOCKFILE_BYTES),
  );
  const kind = named ?? lockfileKindOfContent(text);
  if (kind === undefined) return undefined;
  const uri = uriOfPath(await realpath(path));
  const lockfile = readLockfile(uri, kind === 'bun.lockb' ? '' : text, kind);
  return { uri, commit: undefined, lockfile, reason: undefined };
}

/** npm and Yarn write each other's host into lockfiles, and use the configured one. */
const SAME_REGISTRIES: readonly string[] = [PUBLIC_REGISTRY, YARN_REGISTRY];

function compareAll(found: GraphedDirectory, comparison: Comparison): Promise<readonly DiffedLockfile[]> {
  return compareLockfiles({ ...found, sameRegistries: SAME_REGISTRIES }, comparison);
}
