import type { GitRun } from './git-run.ts';

/** Runs git in a folder. */
export type RunGit = (args: readonly string[], directory: string, maxBytes: number) => Promise<GitRun>;

/** A commit id has 40 or 64 characters; git's line about one file in a tree is little longer than its path. */
export const MAX_SHORT = 64 * 1024;
/** Enough for the list of a million files in a repository. */
export const MAX_LIST = 150 * 1024 * 1024;
/** A line of `ls-tree` up to the path: mode, type and object id. */
export const ITEM = /^(\d+) (\w+) ([\da-f]+)\t/;
/** The mode of a symbolic link. */
export const LINK = '120000';
/** The mode of a submodule's folder. */
export const MODULE = '160000 ';
