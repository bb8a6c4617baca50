import type { RunGit } from '../git/git-items.ts';
import { type GitProcess, runGit, startGit } from '../git/git-run.ts';
import type { SearchPlace } from './find-repositories.ts';

/** Runs git for one repository. */
export interface RepositoryGit {
  readonly run: (args: readonly string[], maxBytes: number) => ReturnType<RunGit>;
  readonly start: (args: readonly string[], stdin: 'ignore' | 'pipe', hasPatterns?: boolean) => GitProcess;
}

export interface GitProgram {
  readonly program: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** A bare clone is named, as git is told to use none that it finds by itself. */
export function repositoryGit({ directory, kind }: SearchPlace, git: GitProgram): RepositoryGit {
  const place = kind === 'bare' ? [`--git-dir=${directory}`] : [];
  return {
    run: (args, maxBytes) => runGit([...place, ...args], { ...git, directory, maxBytes }),
    start: (args, stdin, hasPatterns = false) =>
      startGit([...place, ...args], { ...git, directory, stdin, hasPatterns }),
  };
}
