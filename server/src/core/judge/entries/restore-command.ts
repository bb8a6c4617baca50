import type { Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { describeBase } from '../../read/project/base.ts';
import type { Project } from '../../read/project/project.ts';
import type { Fix } from '../../read/text/finding.ts';
import { nameOf, type Uri } from '../../read/text/paths/uri.ts';
import type { Span } from '../../read/text/span.ts';

/**
 * Yields the command that restores a file from the base, to be run in the file's folder. Yields none if it is not known
 * to help: without git, or for an entry that is unchanged since the base. It names the source because `git restore`
 * otherwise restores from the index, which may contain the change itself.
 */
export function* restoreCommand(uri: Uri, project: Restored, span?: Span): Generator<Fix> {
  const { base, lockfileBases } = project;
  if (lockfileBases.get(uri) !== 'other' || (span !== undefined && isInBase(uri, span, project))) return;
  const name = nameOf(uri);
  yield {
    title: `Copy the command that restores ${name} from ${describeBase(base)}`,
    applicability: 'display-only',
    edits: [],
    command: `git restore --source=${shellWord(base.revision)} ${name}`,
  };
}

type Restored = Pick<Project, 'base' | 'lockfile' | 'committedLockfile' | 'lockfileBases'>;

/** Checks whether the base has the entry at a place with the same text. */
function isInBase(uri: Uri, span: Span, { lockfile, committedLockfile }: Restored): boolean {
  if (lockfile?.uri !== uri || committedLockfile === undefined) return false;
  const entry = lockfile.entries.find((each) => each.span.start <= span.start && span.start <= each.span.end);
  const before = entry === undefined ? undefined : committedLockfile.entry(entry.key);
  if (entry === undefined || before === undefined) return false;
  const textOf = ({ text }: Lockfile, { start, end }: Span) => text.slice(start, end);
  return textOf(lockfile, entry.span) === textOf(committedLockfile, before.span);
}

/** Quotes a revision. It is the user's own, so quotes only protect it from shell expansion. */
function shellWord(text: string): string {
  return /^[\w./@~-]+$/.test(text) ? text : `"${text}"`;
}

/** The end of a message about a changed entry: what to do first. */
export const RESTORE_ENTRY = 'Restore the entry from git and find out who changed it.';
