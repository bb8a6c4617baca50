import { isGitIgnored } from '../../text/paths/git-ignore.ts';
import { nameOf, parentUri, type Uri } from '../../text/paths/uri.ts';
import type { Project } from '../project.ts';

/**
 * Who gets a file. tracked: everybody with the repository; untracked: git has not got it, yet or because a file
 * elsewhere ignores it; ignored: the .gitignore beside it does; unknown: git was not asked.
 */
export type Exposure = 'tracked' | 'untracked' | 'ignored' | 'unknown';

/** Returns who gets a file of the project. Git's index decides first, as it keeps files that are ignored later. */
export function exposureOf({ root, sinceBase, gitIgnore }: Project, uri: Uri): Exposure {
  const isTracked = sinceBase.tracked.get(uri);
  if (isTracked === true) return 'tracked';
  const isBeside = gitIgnore !== undefined && parentUri(uri) === root;
  if (isBeside && isGitIgnored(gitIgnore.text, nameOf(uri))) return 'ignored';
  return isTracked === false ? 'untracked' : 'unknown';
}
