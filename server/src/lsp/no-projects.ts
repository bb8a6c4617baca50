import { unreadSources } from '../core/judge/check/file-gap.ts';
import { nameOf } from '../core/read/text/paths/uri.ts';
import { plural } from '../core/read/text/words/words.ts';
import type { ProjectSnapshot } from '../engine/session.ts';

/** Said where nothing is below the open folders that could be checked. */
export const NO_PROJECTS = 'No package.json was found in the open folders, so nothing was checked.';

/** The same before anything was looked for. */
export const NOTHING_LOADED =
  'No project is loaded yet, so nothing was checked. Run "Check Workspace" first.';

/** Returns a sentence, with a blank before it, on manifests and lockfiles that were not read completely; else nothing. */
export function unreadWords(projects: readonly ProjectSnapshot[]): string {
  const statuses = new Map(projects.flatMap((each) => each.statuses.map((status) => [status.uri, status])));
  const unread = unreadSources([...statuses.values()]);
  const [only] = unread;
  if (only === undefined) return '';
  const what = unread.length === 1 ? nameOf(only.uri) : plural(unread.length, 'file');
  return ` Not read completely: ${what}.`;
}
