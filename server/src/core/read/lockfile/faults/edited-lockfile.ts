import { commonEnd, commonStart } from '../../text/lines/common-ends.ts';
import { carryWordPlaces } from '../../text/lines/word-places.ts';
import type { TextChange } from '../../text/text-change.ts';
import type { Lockfile } from '../model/lockfile.ts';

interface Origin {
  /** Weak, so that an edited lockfile does not keep its predecessor alive. */
  readonly before: WeakRef<Lockfile>;
  readonly change: TextChange;
}

const origins = new WeakMap<Lockfile, Origin>();

/**
 * Returns the lockfile of an edited text, at a cost proportional to the edit; undefined if the text must be read as a
 * whole.
 */
export function editedLockfile(before: Lockfile, text: string, edit: TextChange): Lockfile | undefined {
  const after = before.edited?.(text, edit);
  if (after === undefined) return undefined;
  origins.set(after, { before: new WeakRef(before), change: edit });
  carryWordPlaces(before, after, edit);
  return after;
}

/**
 * Returns the lockfile from which this one was edited; undefined if it was read from scratch, or its predecessor is
 * gone.
 */
export function beforeEdit(after: Lockfile): Lockfile | undefined {
  return origins.get(after)?.before.deref();
}

/**
 * Returns the range outside of which two states of a lockfile are equal: the edit if known, otherwise found by
 * comparison.
 */
export function changeSince(before: Lockfile, after: Lockfile): TextChange {
  const origin = origins.get(after);
  if (origin?.before.deref() === before) return origin.change;
  const start = commonStart(before.text, after.text);
  const end = commonEnd(before.text, after.text, start);
  return { start, oldEnd: before.text.length - end, newEnd: after.text.length - end };
}
