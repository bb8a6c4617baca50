import type { Fix } from '../finding.ts';
import { nameOf, type Uri } from '../text/uri.ts';

/** The command with which the user takes back a file as it was committed; to be run in the file's folder. */
export function restoreCommand(uri: Uri): Fix {
  const name = nameOf(uri);
  return {
    title: `Copy the command that restores ${name} as last committed`,
    applicability: 'display-only',
    edits: [],
    command: `git restore ${name}`,
  };
}

/** What to do first about an entry that somebody changed: the end of a message. */
export const RESTORE_ENTRY = 'Restore the entry from git and find out who changed it.';
