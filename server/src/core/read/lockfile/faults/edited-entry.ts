import type { TextChange } from '../../text/text-change.ts';
import { installedAs } from '../model/installed-as.ts';
import type { LockEntry, Lockfile } from '../model/lockfile.ts';
import { NpmLockEntry } from '../npm/npm-lock-entry.ts';
import { hasSameEdgesOf } from '../same-edges.ts';
import { changeSince } from './edited-lockfile.ts';
import { entryAt } from './entries-mentioning.ts';

/** The single entry in which two states of a lockfile differ, in both states. */
export interface EditedEntry {
  readonly before: LockEntry;
  readonly after: LockEntry;
  readonly edit: TextChange;
  /** Whether it has the same dependencies, and nothing else changed that affects how it is installed. */
  readonly hasSameEdges: boolean;
  /** Whether only the source or the hash of the same package changed. */
  readonly isMoved: boolean;
}

/**
 * Returns the edited entry if the edit is within the value of one npm package and keeps its name and everything it says
 * of other entries. Undefined if it changed more, or may have.
 */
export function editedEntry(before: Lockfile, after: Lockfile): EditedEntry | undefined {
  const { entries } = before;
  if (before.uri !== after.uri || before.format !== after.format || after.status !== 'checked')
    return undefined;
  if (before.status !== 'checked' || entries.length !== after.entries.length) return undefined;
  const edit = changeSince(before, after);
  const old = entryAt(entries, edit.start);
  if (!(old instanceof NpmLockEntry)) return undefined;
  const now = entryAt(after.entries, edit.start);
  const isWithin = old.span.start < edit.start && edit.oldEnd < old.span.end;
  if (!isWithin || !(now instanceof NpmLockEntry) || old.key !== now.key) return undefined;
  if (old.name !== now.name || old.alias !== now.alias || old.bundled !== now.bundled) return undefined;
  const hasSameEdges = hasSameEdgesOf(old, now);
  return { before: old, after: now, edit, hasSameEdges, isMoved: hasSameEdges && saysTheSame(old, now) };
}

function saysTheSame(a: LockEntry, b: LockEntry): boolean {
  return (
    a.source === 'registry' &&
    a.version?.value === b.version?.value &&
    a.hasInstallScript === b.hasInstallScript &&
    a.deprecated === b.deprecated &&
    installedAs(a)?.name === installedAs(b)?.name &&
    installedAs(a)?.version === installedAs(b)?.version
  );
}
