import type { GitPort } from '../engine/ports.ts';
import type { GitOptions } from './git-reader.ts';

/** The port for git, whose module is loaded when something is first asked of it. */
export function createLazyGit(options: GitOptions): GitPort {
  let git: Promise<GitPort> | undefined;
  return {
    async textAt(uri, revision) {
      git ??= import('./git-reader.ts').then(({ createGit }) => createGit(options));
      return (await git).textAt(uri, revision);
    },
  };
}
