import { isGitObject } from './git-object.ts';
import type { GitOptions, GitReader } from './git-reader.ts';

/** Creates the port for git, whose module is loaded on first use. */
export function createLazyGit(options: GitOptions): GitReader {
  let git: Promise<GitReader> | undefined;
  const load = () => {
    git ??= import('./git-reader.ts').then(({ createGit }) => createGit(options));
    return git;
  };
  return {
    async textAt(uri, revision) {
      return (await load()).textAt(uri, revision);
    },
    async indexBelow(directory, isWanted) {
      return (await load()).indexBelow(directory, isWanted);
    },
    async filesAt(directory, revision, isWanted) {
      return (await load()).filesAt(directory, revision, isWanted);
    },
    async untrackedAmong(directory, paths) {
      return (await load()).untrackedAmong(directory, paths);
    },
    async commitOf(directory, revision) {
      return (await load()).commitOf(directory, revision);
    },
    async mergeBaseOf(directory, one, other) {
      return (await load()).mergeBaseOf(directory, one, other);
    },
    isObject: isGitObject,
    forgetCommits() {
      void git?.then((reader) => reader.forgetCommits());
    },
  };
}
