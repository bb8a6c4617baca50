import { type Base, baseWords } from '../../read/project/base.ts';
import type { Fix } from '../../read/text/finding.ts';
import { nameOf, type Uri } from '../../read/text/paths/uri.ts';

/**
 * Returns the command that restores a file as it is in the base, to be run in the file's folder. It names the source, as
 * `git restore` otherwise takes what is staged, the change itself.
 */
export function restoreCommand(uri: Uri, base: Base): Fix {
  const name = nameOf(uri);
  return {
    title: `Copy the command that restores ${name} from ${baseWords(base)}`,
    applicability: 'display-only',
    edits: [],
    command: `git restore --source=${shellWord(base.revision)} ${name}`,
  };
}

/** The revision is the user's own, so quotes only keep the shell from expanding it. */
function shellWord(text: string): string {
  return /^[\w./@~-]+$/.test(text) ? text : `"${text}"`;
}

/** What to do first about an entry that somebody changed: the end of a message. */
export const RESTORE_ENTRY = 'Restore the entry from git and find out who changed it.';
