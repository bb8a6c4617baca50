import { unreadSources } from '../core/judge/check/file-gap.ts';
import { nameOf } from '../core/read/text/paths/uri.ts';
import { plural } from '../core/read/text/words/words.ts';
import type { ProjectSnapshot } from '../engine/session.ts';

/** Shown if there is nothing to check below the open folders. */
export const NO_PROJECTS = 'No package.json was found in the open folders, so nothing was checked.';

/** Shown before anything was loaded. */
export const NOTHING_LOADED =
  'No project is loaded yet, so nothing was checked. Run "Check Workspace" first.';

/**
 * Returns a sentence, with a leading space, about manifests and lockfiles that were not read completely; empty if
 * there are none.
 */
export function describeUnread(projects: readonly ProjectSnapshot[]): string {
  const statuses = new Map(projects.flatMap((each) => each.statuses.map((status) => [status.uri, status])));
  const unread = unreadSources([...statuses.values()]);
  const [only] = unread;
  if (only === undefined) return '';
  const what = unread.length === 1 ? nameOf(only.uri) : plural(unread.length, 'file');
  return ` Not read completely: ${what}.`;
}
