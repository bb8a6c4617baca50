/** Names of lockfiles of branches as git patterns: pnpm writes them with `git-branch-lockfile`. */
export const BRANCH_LOCKFILES: readonly string[] = ['pnpm-lock.*.yaml'];

/** Returns the name of the lockfile that a branch's lockfile is one of; undefined for other files. */
export function lockfileOfBranch(fileName: string): string | undefined {
  return /^pnpm-lock\..+\.yaml$/.test(fileName) ? 'pnpm-lock.yaml' : undefined;
}
