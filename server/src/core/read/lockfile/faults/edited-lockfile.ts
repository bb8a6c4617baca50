import { commonEnd, commonStart } from '../../text/lines/common-ends.ts';
import { carryWordPlaces } from '../../text/lines/word-places.ts';
import type { TextChange } from '../../text/text-change.ts';
import type { Lockfile } from '../model/lockfile.ts';

interface Origin {
  /** No edited lockfile keeps alive what it was before. */
  readonly before: WeakRef<Lockfile>;
  readonly change: TextChange;
}

const origins = new WeakMap<Lockfile, Origin>();

/** The lockfile of an edited text, at the cost of what was edited; undefined where the text is to be read as a whole. */
export function editedLockfile(before: Lockfile, text: string, edit: TextChange): Lockfile | undefined {
  const after = before.edited?.(text, edit);
  if (after === undefined) return undefined;
  origins.set(after, { before: new WeakRef(before), change: edit });
  carryWordPlaces(before, after, edit);
  return after;
}

/** The lockfile that was edited to become this one; undefined where it was read anew, or nobody else keeps what it was. */
export function beforeEdit(after: Lockfile): Lockfile | undefined {
  return origins.get(after)?.before.deref();
}

/** The stretch outside of which two states of a lockfile are alike: what was edited, else what comparing them shows. */
export function changeSince(before: Lockfile, after: Lockfile): TextChange {
  const origin = origins.get(after);
  if (origin?.before.deref() === before) return origin.change;
  const start = commonStart(before.text, after.text);
  const end = commonEnd(before.text, after.text, start);
  return { start, oldEnd: before.text.length - end, newEnd: after.text.length - end };
}
