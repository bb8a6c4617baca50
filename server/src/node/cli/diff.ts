import { readFile, realpath, stat } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { diffLockfiles } from '../../core/graph/lockfile-diff.ts';
import { lockfileKindOf, readLockfile } from '../../core/lockfile/detect.ts';
import type { Lockfile } from '../../core/lockfile/lockfile.ts';
import { diffJson } from '../../core/report/diff-json.ts';
import type { DiffBase, DiffedLockfile } from '../../core/report/diff-report.ts';
import { diffText, unknownWords } from '../../core/report/diff-text.ts';
import { visibleText } from '../../core/report/visible-text.ts';
import { asClause } from '../../core/text/clause.ts';
import { nameOf, type Uri } from '../../core/text/uri.ts';
import type { GitPort } from '../../engine/ports.ts';
import { uriOfPath } from '../disk-files.ts';
import { oneOf, readArguments } from './arguments.ts';
import type { Command } from './command.ts';
import { WrongUse } from './exit-code.ts';
import { directoryOf } from './given-directory.ts';
import { graphedLockfiles, type LocatedGraph, reportGaps } from './graphed-lockfiles.ts';

const HELP = `Prints what the lockfiles below a directory install that they did not before.

Usage
  dephygiene diff [dir] [options]

Options
  --base <commit|file>  what to compare with: a commit, branch or tag of the git
                        repository (HEAD by default), or another lockfile, of
                        any format
  --format text|json    text for people (default), json for programs

Marks
  +  new     ~  other versions     -  gone
  !  the same version from elsewhere, with another hash, or with another word
     on its install script

Exit code
  0   every lockfile was compared, whether anything differs or not
  2   wrong use, or a lockfile that could not be read or compared

git is asked for the text alone: no hooks, filters or configured programs run,
and nothing is fetched.
`;

/** Compares lockfiles with an earlier state, or with another lockfile. */
export const diff: Command = {
  help: () => HELP,
  async run(args, terminal) {
    const given = readArguments('diff', args, { format: 'string', base: 'string' });
    const format = oneOf('--format', given.text('format') ?? 'text', ['text', 'json']);
    const directory = await directoryOf('diff', given.positionals);
    const name = given.text('base') ?? 'HEAD';
    const file = await baseFile(name);
    const { lockfiles, git } = await graphedLockfiles(directory, terminal);
    const wanted = lockfiles.filter(({ uri }) => uri !== file?.uri);
    if (file !== undefined && wanted.length > 1) {
      const paths = wanted.slice(0, 3).map(({ path }) => path);
      throw new WrongUse(
        `there are ${wanted.length} lockfiles below ${directory} (${paths.join(', ')}${wanted.length > 3 ? ' and others' : ''}); give the directory of the one to compare with ${name}.`,
      );
    }
    const compared: DiffedLockfile[] = [];
    for (const lockfile of wanted) {
      const base = file ?? (await committed(git, lockfile, name));
      compared.push(compare(lockfile, name, base));
    }
    const options = { columns: terminal.columns, colour: terminal.colour };
    terminal.out(format === 'json' ? diffJson(compared) : diffText(compared, options));
    reportGaps(wanted, terminal);
    for (const { path, base } of compared) {
      if (base.status === 'checked' || base.status === 'absent') continue;
      const why = base.reason === undefined ? '' : `: ${asClause(base.reason)}`;
      const what =
        base.status === 'partial' ? `it was read only in part in ${base.name}` : unknownWords(base);
      terminal.error(`${visibleText(`dephygiene: ${path}: ${what}${why}.`)}\n`);
    }
    return compared.every((each) => each.diff !== undefined) ? 0 : 2;
  },
};

/** The state to compare with. */
interface Base {
  readonly commit: string | undefined;
  /** Undefined where there is none, or none that is known. */
  readonly lockfile: Lockfile | undefined;
  /** Why it is not known, as a clause. */
  readonly reason: string | undefined;
}

/** The lockfile that `--base` names, undefined where it names no file. */
async function baseFile(name: string): Promise<(Base & { readonly uri: Uri }) | undefined> {
  const path = resolve(name);
  const kind = lockfileKindOf(basename(path));
  if (kind === undefined) return undefined;
  const isFile = (await stat(path).catch(() => undefined))?.isFile() === true;
  const bytes = isFile ? await readFile(path).catch(() => undefined) : undefined;
  if (bytes === undefined) {
    const what = isFile ? 'cannot be read' : 'does not exist';
    throw new WrongUse(`--base ${name} ${what}; give a commit, or the path of a lockfile.`);
  }
  const uri = uriOfPath(await realpath(path));
  const text = kind === 'bun.lockb' ? '' : new TextDecoder('utf-8').decode(bytes);
  return { uri, commit: undefined, lockfile: readLockfile(uri, text, kind), reason: undefined };
}

async function committed(git: GitPort | undefined, { uri }: LocatedGraph, revision: string): Promise<Base> {
  const kind = lockfileKindOf(nameOf(uri));
  const read = await git?.textAt(uri, revision);
  if (read === undefined || kind === undefined || read.type === 'unknown') {
    const reason = read?.type === 'unknown' ? read.reason : 'there is no git to ask';
    return { commit: undefined, lockfile: undefined, reason };
  }
  const lockfile = read.type === 'text' ? readLockfile(uri, read.text, kind) : undefined;
  return { commit: read.commit, lockfile, reason: undefined };
}

function compare(located: LocatedGraph, name: string, { commit, lockfile, reason }: Base): DiffedLockfile {
  const { path, format, status, graph, graphOf } = located;
  const isAbsent = lockfile === undefined && reason === undefined;
  const base: DiffBase = {
    name,
    commit,
    status: isAbsent ? 'absent' : (lockfile?.status ?? 'unknown'),
    format: lockfile?.format,
    reason: reason ?? lockfile?.reason,
  };
  const before =
    isAbsent && graph !== undefined
      ? { ...graph, packages: [] }
      : isRead(lockfile)
        ? graphOf(lockfile)
        : undefined;
  const diff = before === undefined || graph === undefined ? undefined : diffLockfiles(before, graph);
  return { path, format, status, reason: located.reason, base, diff };
}

function isRead(lockfile: Lockfile | undefined): lockfile is Lockfile {
  return lockfile !== undefined && (lockfile.status === 'checked' || lockfile.status === 'partial');
}
