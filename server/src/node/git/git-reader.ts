import { basename, dirname, relative, sep } from 'node:path';
import { joinUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { GitFiles, GitIndex, GitPort, GitText, GitUnknown } from '../../engine/ports.ts';
import { pathOf, uriOfPath } from '../disk-files.ts';
import { isPathWithin } from '../files/is-path-within.ts';
import { installLinks } from '../install-links.ts';
import { type BlobProcess, readBlobs } from './blob-process.ts';
import { blobText, linkedText } from './git-blobs.ts';
import { createGitCommits } from './git-commits.ts';
import { NO_GIT, NOT_HERE, notRun, unknown, whyNoCommit, whyNoObject } from './git-failure.ts';
import { existingFolder, hasRepository, repositoryOf } from './git-folders.ts';
import { ITEM, LINK, MAX_LIST, MAX_SHORT, MODULE, type RunGit } from './git-items.ts';
import { isGitObject } from './git-object.ts';
import { findGit } from './git-program.ts';
import { type GitPlace, runGit, startBatch } from './git-run.ts';
import { createListings } from './listings.ts';

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
  /** Returns the full id of the commit that a revision resolves to in the repository around the folder. */
  commitOf(directory: Uri, revision: string): Promise<string | GitUnknown>;
  mergeBaseOf(directory: Uri, one: string, other: string): Promise<string | GitUnknown>;
}

export interface GitOptions {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  /** The checked folders: a git that lies in them is not run. Evaluated on each use. */
  readonly untrusted: () => readonly Uri[];
}

/**
 * Reads texts from git's object database with plumbing commands, which run no hooks, filters or programs from the
 * repository's configuration, and fetch nothing.
 */
export function createGit({ environment, platform, untrusted }: GitOptions): GitReader {
  const processes = new Map<string, BlobProcess>();
  const blobsOf = (place: GitPlace): BlobProcess => {
    const key = JSON.stringify([place.program, place.directory]);
    const running = processes.get(key) ?? readBlobs(startBatch(place), () => processes.delete(key));
    processes.set(key, running);
    return running;
  };
  const run: RunGit = async (args, directory, maxBytes) => {
    const folders = untrusted()
      .map(pathOf)
      .filter((folder) => folder !== undefined);
    const repository = await repositoryOf(directory);
    folders.push(repository);
    const program = await findGit({ environment, platform, untrusted: folders });
    if (program === undefined) return { type: 'failed', reason: NO_GIT };
    const out = isBlob(args)
      ? await blobsOf({ program, directory: repository, environment }).read(args[2], maxBytes)
      : undefined;
    if (out !== undefined) return { type: 'ended', code: 0, out, error: '' };
    return runGit(args, { program, directory, environment, maxBytes });
  };
  const listings = createListings(run);
  const cases = new Map<string, Promise<boolean>>();
  const ignoresCaseIn = (directory: string): Promise<boolean> => {
    const known = cases.get(directory) ?? readsIgnoringCase(run, directory);
    cases.set(directory, known);
    return known;
  };
  const commits = createGitCommits(run, (repository) =>
    untrusted().some((root) => isPathWithin(repository, pathOf(root) ?? '')),
  );
  return {
    async textAt(uri, revision): Promise<GitText> {
      const path = pathOf(uri);
      if (path === undefined) return NOT_HERE;
      const directory = await existingFolder(dirname(path));
      const commit = await commits.forFolder(revision, directory);
      if (commit === undefined) return { type: 'absent', commit: NO_COMMIT };
      if (typeof commit !== 'string') return commit;
      let line = await listings.lineOf(commit, directory, path);
      if (line === undefined) {
        const below = relative(directory, path).split(sep).join('/');
        const listed = await run(['ls-tree', '-z', commit, '--', below], directory, MAX_SHORT);
        if (listed.type === 'failed') return notRun(listed);
        if (listed.code !== 0) return unknown(whyNoObject(listed.error));
        line = listed.out.toString('utf8');
      }
      const item = ITEM.exec(line);
      if (item === null) return { type: 'absent', commit };
      if (item[1] === LINK) return linkedText(run, item[3]!, path, commit);
      if (item[2] !== 'blob') return unknown('it is no file in that commit');
      return blobText(run, item[3]!, commit, directory);
    },
    async filesAt(uri, revision, isWanted): Promise<GitFiles> {
      const directory = pathOf(uri);
      if (directory === undefined) return NOT_HERE;
      const commit = await commits.at(revision, directory);
      if (typeof commit !== 'string') return commit;
      const listed = await listings.ofCommit(commit, directory);
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
    forgetCommits() {
      commits.forget();
      cases.clear();
      listings.forget();
    },
    async commitOf(uri, revision) {
      const directory = pathOf(uri);
      return directory === undefined ? NOT_HERE : commits.at(revision, directory);
    },
    async mergeBaseOf(uri, one, other) {
      const directory = pathOf(uri);
      if (directory === undefined) return unknown('it is no folder on this machine');
      const both = [await commits.at(one, directory), await commits.at(other, directory)];
      const ids: string[] = [];
      for (const commit of both) {
        if (typeof commit !== 'string') return commit;
        ids.push(commit);
      }
      const found = await run(['merge-base', ...ids], directory, MAX_SHORT);
      if (found.type === 'failed') return notRun(found);
      const commit = found.out.toString('latin1').trim();
      return found.code === 0 ? commit : unknown(`${one} and ${other} have no commit in common`);
    },
    async indexBelow(uri, isWanted): Promise<GitIndex> {
      const directory = pathOf(uri);
      if (directory === undefined || !(await hasRepository(directory))) return { type: 'none' };
      const listed = await listings.ofIndex(directory);
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
      const ignoresCase = await ignoresCaseIn(directory);
      return {
        ...{ type: 'index', files, modules, objects, ignoresCase },
        ...(links.length === 0 ? {} : { links }),
      };
    },
  };
}

async function readsIgnoringCase(run: RunGit, directory: string): Promise<boolean> {
  const found = await run(['config', '--type=bool', '--get', 'core.ignorecase'], directory, MAX_SHORT);
  return found.type === 'ended' && found.out.toString('latin1').trim() === 'true';
}

function isBlob(args: readonly string[]): args is readonly ['cat-file', 'blob', string] {
  return args[0] === 'cat-file' && args[1] === 'blob';
}

/** The object id of a file that no commit has. */
const NO_COMMIT = '0'.repeat(40);
