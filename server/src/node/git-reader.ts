import { stat } from 'node:fs/promises';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { joinUri, type Uri } from '../core/read/text/paths/uri.ts';
import type { GitFiles, GitIndex, GitPort, GitText, GitUnknown } from '../engine/ports.ts';
import { uriOfPath } from './disk-files.ts';
import {
  DAMAGED_BRANCH,
  LOST_COMMIT,
  NO_GIT,
  NO_REPOSITORY,
  notRun,
  unknown,
  whyNoCommit,
  whyNoObject,
} from './git-failure.ts';
import { nameInRevision, parseReferences, referenceArguments } from './git-names.ts';
import { isGitObject } from './git-object.ts';
import { findGit } from './git-program.ts';
import { type GitRun, runGit } from './git-run.ts';
import { installLinks } from './install-links.ts';

export interface GitReader extends GitPort {
  indexBelow(directory: Uri, isWanted: (name: string, path: string) => boolean): Promise<GitIndex>;
  filesAt(
    directory: Uri,
    revision: string,
    isWanted: (name: string, path: string) => boolean,
  ): Promise<GitFiles>;
  untrackedAmong(directory: Uri, paths: readonly string[]): Promise<readonly Uri[]>;
  isObject(text: string, object: string): boolean;
  forgetCommits(): void;
  /** The full name of the commit that a revision means for the repository around the folder. */
  commitOf(directory: Uri, revision: string): Promise<string | GitUnknown>;
}

export interface GitOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** The folders that are checked: a git that lies in them is not run. Asked anew each time. */
  readonly untrusted: () => readonly Uri[];
}

/** As much as is read of a lockfile on the disk. */
const MAX_BYTES = 200 * 1024 * 1024;
/** How long a revision is taken for the same commit. */
const SAME_MS = 250;
/** A commit's name is 40 or 64 letters; what git says of a tree's one file, little more than its path. */
const MAX_SHORT = 64 * 1024;
/** The list of all files of a repository with a million of them. */
const MAX_LIST = 150 * 1024 * 1024;

/**
 * Reads texts out of git's object database by plumbing commands, which run no hooks, filters or programs that the
 * repository's configuration names, and fetch nothing.
 */
export function createGit({ environment, platform, untrusted }: GitOptions): GitReader {
  const run = async (args: readonly string[], directory: string, maxBytes: number): Promise<GitRun> => {
    const folders = untrusted()
      .map(pathOf)
      .filter((folder) => folder !== undefined);
    folders.push(await repositoryOf(directory));
    const program = await findGit({ environment, platform, untrusted: folders });
    if (program === undefined) return { type: 'failed', reason: NO_GIT };
    return runGit(args, { program, directory, environment, maxBytes });
  };
  const commits = new Map<string, { readonly until: number; readonly name: Promise<string | Unknown> }>();
  /** Its name, or why there is none: asked once for the many files that are read at a time. */
  const commitAt = async (revision: string, directory: string): Promise<string | Unknown> => {
    const repository = await repositoryOf(directory);
    const key = JSON.stringify([repository, revision]);
    const known = commits.get(key);
    if (known !== undefined && performance.now() < known.until) return known.name;
    const name = (await isRepository(repository))
      ? findCommit(revision, directory).then((found) =>
          typeof found === 'string' ? found : { ...found, repository: uriOfPath(repository) },
        )
      : Promise.resolve<Unknown>({ ...unknown(NO_REPOSITORY), isExpected: true });
    commits.set(key, { until: performance.now() + SAME_MS, name });
    return name;
  };
  /** Where a name means different commits: git would take the tag, which everybody may have pushed. */
  const severalMeanings = async (revision: string, directory: string): Promise<Unknown | undefined> => {
    const name = nameInRevision(revision);
    if (name === undefined) return undefined;
    const listed = await run(referenceArguments(name), directory, MAX_SHORT);
    if (listed.type === 'failed' || listed.code !== 0) return undefined;
    const found = parseReferences(listed.out.toString('utf8'), name);
    const [first] = found;
    if (first === undefined) return undefined;
    const other = found.find(({ object }) => object !== first.object);
    if (other !== undefined) {
      const branch = found.find((each) => !each.name.startsWith('refs/tags/')) ?? first;
      return ambiguous(`it names ${first.name} and ${other.name}, which differ`, branch.name);
    }
    if (!/^[\da-f]{4,}$/i.test(name) || first.object.startsWith(name.toLowerCase())) return undefined;
    const objects = await run(['rev-parse', `--disambiguate=${name}`], directory, MAX_SHORT);
    if (objects.type === 'failed' || objects.out.length === 0) return undefined;
    return ambiguous(`it names ${first.name} and begins the name of a commit`, first.name);
  };
  const findCommit = async (revision: string, directory: string): Promise<string | Unknown> => {
    if (revision.startsWith('-') || revision.includes('\0')) return unknown(`${revision} names no commit`);
    const several = await severalMeanings(revision, directory);
    if (several !== undefined) return several;
    const found = await run(
      ['rev-parse', '--verify', '--quiet', '--end-of-options', `${revision}^{commit}`],
      directory,
      MAX_SHORT,
    );
    if (found.type === 'failed') return notRun(found);
    const commit = found.out.toString('latin1').trim();
    const isName = found.code === 0 && /^(?:[\da-f]{40}|[\da-f]{64})$/.test(commit);
    return isName ? commit : noCommit(found.error, revision, directory);
  };
  /** git from 2.47 on refuses to read HEAD then, and older ones warn of the branch. */
  const hasDamagedBranch = async (directory: string): Promise<boolean> => {
    const branch = await run(['symbolic-ref', '--quiet', 'HEAD'], directory, MAX_SHORT);
    if (branch.type === 'failed') return false;
    if (branch.code > 1) return true;
    const name = branch.out.toString('utf8').trim();
    const listed = await run(['for-each-ref', '--format=%(refname)', '--', name], directory, MAX_SHORT);
    return listed.type === 'ended' && /broken ref/i.test(listed.error);
  };
  const noCommit = async (error: string, revision: string, directory: string): Promise<Unknown> => {
    if (error.trim() !== '' || revision !== 'HEAD') return whyNoCommit(error, revision);
    // A branch without a commit is not there; one whose commit was lost is.
    const named = await run(['rev-parse', '--verify', '--quiet', 'HEAD'], directory, MAX_SHORT);
    if (named.type === 'ended' && named.code === 0) return LOST_COMMIT;
    return (await hasDamagedBranch(directory)) ? DAMAGED_BRANCH : whyNoCommit(error, revision);
  };
  /**
   * The commit that a revision means for a folder: in a submodule below what is checked, the one that the repository around
   * it has there at that revision, as its own branches may say another. Undefined where that has no submodule there.
   */
  const commitFor = async (revision: string, directory: string): Promise<string | undefined | Unknown> => {
    const repository = await repositoryOf(directory);
    const isOwn = untrusted().some((root) => isAtOrBelow(pathOf(root) ?? '', repository));
    const around = dirname(repository);
    if (isOwn || around === repository || !(await hasRepository(around)))
      return commitAt(revision, directory);
    const outer = await repositoryOf(around);
    const path = relative(outer, repository).split(sep).join('/');
    const indexed = await run(['ls-files', '--stage', '-z', '--', path], outer, MAX_SHORT);
    if (indexed.type === 'failed') return notRun(indexed);
    // A repository that merely lies there is its own.
    if (!indexed.out.toString('latin1').startsWith(MODULE)) return commitAt(revision, directory);
    const commit = await commitFor(revision, outer);
    if (typeof commit !== 'string') return commit;
    const listed = await run(['ls-tree', '-z', commit, '--', path], outer, MAX_SHORT);
    if (listed.type === 'failed') return notRun(listed);
    if (listed.code !== 0) return unknown(whyNoObject(listed.error));
    const item = ITEM.exec(listed.out.toString('utf8'));
    return item?.[2] === 'commit' ? commitAt(item[3]!, directory) : undefined;
  };
  const blobText = async (object: string, commit: string, directory: string): Promise<GitText> => {
    const blob = await run(['cat-file', 'blob', object], directory, MAX_BYTES);
    if (blob.type === 'failed') return notRun(blob);
    if (blob.code !== 0) return unknown(whyNoObject(blob.error));
    if (blob.out.includes(0)) return unknown('it is no text in that commit');
    return { type: 'text', commit, text: new TextDecoder('utf-8').decode(blob.out) };
  };
  /** The text behind a symbolic link, as the same commit has it. */
  const linkedText = async (link: string, path: string, commit: string): Promise<GitText> => {
    const repository = await repositoryOf(await existingFolder(dirname(path)));
    let [object, at] = [link, path];
    for (let hop = 0; hop < MOST_HOPS; hop++) {
      const target = await blobText(object, commit, repository);
      if (target.type !== 'text') return target;
      at = resolve(dirname(at), target.text);
      if (isAbsolute(target.text) || !isAtOrBelow(at, repository))
        return unknown('it is a symbolic link that leads out of the repository in that commit');
      const below = relative(repository, at).split(sep).join('/');
      const listed = await run(['ls-tree', '-z', commit, '--', below], repository, MAX_SHORT);
      if (listed.type === 'failed') return notRun(listed);
      const item = listed.code === 0 ? ITEM.exec(listed.out.toString('utf8')) : null;
      if (item?.[2] !== 'blob') break;
      if (item[1] !== LINK) return blobText(item[3]!, commit, repository);
      object = item[3]!;
    }
    return unknown('it is a symbolic link that leads to no file in that commit');
  };
  return {
    async textAt(uri, revision): Promise<GitText> {
      const path = pathOf(uri);
      if (path === undefined) return unknown('it is no file on this machine');
      const directory = await existingFolder(dirname(path));
      const commit = await commitFor(revision, directory);
      if (commit === undefined) return { type: 'absent', commit: NO_COMMIT };
      if (typeof commit !== 'string') return commit;
      const below = relative(directory, path).split(sep).join('/');
      const listed = await run(['ls-tree', '-z', commit, '--', below], directory, MAX_SHORT);
      if (listed.type === 'failed') return notRun(listed);
      if (listed.code !== 0) return unknown(whyNoObject(listed.error));
      const item = ITEM.exec(listed.out.toString('utf8'));
      if (item === null) return { type: 'absent', commit };
      if (item[1] === LINK) return linkedText(item[3]!, path, commit);
      if (item[2] !== 'blob') return unknown('it is no file in that commit');
      return blobText(item[3]!, commit, directory);
    },
    async filesAt(uri, revision, isWanted): Promise<GitFiles> {
      const directory = pathOf(uri);
      if (directory === undefined) return unknown('it is no folder on this machine');
      const commit = await commitAt(revision, directory);
      if (typeof commit !== 'string') return commit;
      const listed = await run(['ls-tree', '-r', '-z', commit], directory, MAX_LIST);
      if (listed.type === 'failed') return notRun(listed);
      if (listed.code !== 0) return unknown(whyNoObject(listed.error));
      const objects = new Map<Uri, string>();
      const uris: Uri[] = [];
      for (const line of listed.out.toString('utf8').split('\0')) {
        const item = ITEM.exec(line);
        const path = line.slice(item?.[0].length ?? 0);
        if (item?.[2] !== 'blob' || !isWanted(basename(path), path)) continue;
        objects.set(joinUri(uri, path), item[3]!);
        if (item[1] !== LINK) uris.push(joinUri(uri, path));
      }
      return { type: 'files', commit, uris: uris.sort(), objects };
    },
    async untrackedAmong(uri, paths) {
      const directory = pathOf(uri);
      if (directory === undefined || paths.length === 0 || !(await hasRepository(directory))) return [];
      const options = ['--others', '--exclude-standard', '-z'];
      const listed = await run(['ls-files', ...options, '--', ...paths], directory, MAX_LIST);
      if (listed.type === 'failed' || listed.code !== 0) return [];
      const found = listed.out.toString('utf8').split('\0');
      return found.filter((path) => path !== '').map((path) => joinUri(uri, path));
    },
    isObject: isGitObject,
    forgetCommits: () => commits.clear(),
    async commitOf(uri, revision) {
      const directory = pathOf(uri);
      return directory === undefined
        ? unknown('it is no folder on this machine')
        : commitAt(revision, directory);
    },
    async indexBelow(uri, isWanted): Promise<GitIndex> {
      const directory = pathOf(uri);
      if (directory === undefined || !(await hasRepository(directory))) return { type: 'none' };
      const listed = await run(['ls-files', '--cached', '--stage', '-z'], directory, MAX_LIST);
      if (listed.type === 'failed') return notRun(listed);
      if (listed.code !== 0)
        return { ...whyNoCommit(listed.error, 'HEAD'), repository: uriOfPath(await repositoryOf(directory)) };
      const links = await installLinks(listed.out.toString('utf8'), async (object) => {
        const blob = await run(['cat-file', 'blob', object], directory, MAX_SHORT);
        return blob.type === 'ended' && blob.code === 0 ? blob.out.toString('utf8') : undefined;
      });
      const files: Uri[] = [];
      const modules: Uri[] = [];
      const objects = new Map<Uri, string>();
      for (const line of listed.out.toString('utf8').split('\0')) {
        const tab = line.indexOf('\t');
        const path = line.slice(tab + 1);
        if (line.startsWith(MODULE)) modules.push(joinUri(uri, path));
        else if (tab !== -1 && isWanted(basename(path), path)) {
          files.push(joinUri(uri, path));
          objects.set(joinUri(uri, path), line.split(' ', 2)[1]!);
        }
      }
      const cased = await run(['config', '--type=bool', '--get', 'core.ignorecase'], directory, MAX_SHORT);
      const ignoresCase = cased.type === 'ended' && cased.out.toString('latin1').trim() === 'true';
      return {
        ...{ type: 'index', files, modules, objects, ignoresCase },
        ...(links.length === 0 ? {} : { links }),
      };
    },
  };
}

/** A line of `ls-tree` up to the path: the mode, the type and the name of the object. */
const ITEM = /^(\d+) (\w+) ([\da-f]+)\t/;
/** The mode of a symbolic link. */
const LINK = '120000';
/** As many links as are followed one after the other. */
const MOST_HOPS = 8;
/** Of what no commit has. */
const NO_COMMIT = '0'.repeat(40);
/** The mode of a submodule's folder. */
const MODULE = '160000 ';

type Unknown = GitUnknown;

/** The nearest folder at or above that is there: that of a file may be gone with it. */
async function existingFolder(directory: string): Promise<string> {
  for (let at = directory; ; at = dirname(at)) {
    const found = await stat(at).catch(() => undefined);
    if (found?.isDirectory() === true || at === dirname(at)) return at;
  }
}

/** The nearest folder at or above that has a repository, else the folder itself. */
async function repositoryOf(directory: string): Promise<string> {
  for (let at = directory; ; at = dirname(at)) {
    if (await isRepository(at)) return at;
    if (at === dirname(at)) return directory;
  }
}

function isAtOrBelow(path: string, folder: string): boolean {
  const below = relative(folder, path);
  return path !== '' && below !== '..' && !below.startsWith(`..${sep}`) && !isAbsolute(below);
}

async function hasRepository(directory: string): Promise<boolean> {
  return isRepository(await repositoryOf(directory));
}

async function isRepository(directory: string): Promise<boolean> {
  return (await stat(join(directory, '.git')).catch(() => undefined)) !== undefined;
}

function ambiguous(reason: string, full: string): Unknown {
  return { type: 'unknown', reason, advice: `give the full name, such as ${full}`, isAmbiguous: true };
}

function pathOf(uri: Uri): string | undefined {
  try {
    return uri.startsWith('file:') ? fileURLToPath(uri) : undefined;
  } catch {
    return undefined;
  }
}
