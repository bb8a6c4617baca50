import type { LockEntry, Lockfile } from '../../server/src/core/read/lockfile/model/lockfile.ts';
import type { TextChange } from '../../server/src/core/read/text/text-change.ts';

/**
 * Returns what is wrong with the lockfile that results from an edit of the whole one: it must equal that of the changed
 * text, or be undefined. Undefined if nothing is wrong.
 */
export function wrongAfterEdit(whole: Lockfile, changed: Lockfile): string | undefined {
  const edited = whole.edited?.(changed.text, changeBetween(whole.text, changed.text));
  if (edited === undefined) return undefined;
  const [ours, theirs] = [summaryOf(edited), summaryOf(changed)];
  const at = ours.findIndex((line, number) => line !== theirs[number]);
  if (at === -1 && ours.length === theirs.length) return undefined;
  return `edited it is ${at === -1 ? `${ours.length} lines` : ours[at]}, read ${at === -1 ? theirs.length : theirs[at]}`;
}

/** Returns the part between the common start and end of both texts. */
function changeBetween(before: string, after: string): TextChange {
  const most = Math.min(before.length, after.length);
  let start = 0;
  while (start < most && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let end = 0;
  while (
    end < most - start &&
    before.charCodeAt(before.length - 1 - end) === after.charCodeAt(after.length - 1 - end)
  ) {
    end++;
  }
  return { start, oldEnd: before.length - end, newEnd: after.length - end };
}

function summaryOf(lock: Lockfile): readonly string[] {
  const { status, reason, problems, entries, entriesTotal, links, importers } = lock;
  const all: readonly LockEntry[] = [...entries, ...links, ...importers.values()];
  return [
    `${status} ${reason} ${problems.length} ${entries.length} ${entriesTotal} ${links.length} ${importers.size}`,
    ...all.map((entry) => {
      const { key, span, keySpan, name, version, resolved, integrity, dev, optional, edges } = entry;
      const places = [span, keySpan, version?.span, resolved?.span, integrity?.span];
      const targets = edges.map((edge) => `${edge.specifier.value} ${lock.follow(entry, edge)?.key}`);
      return JSON.stringify([key, name, version?.value, resolved?.value, dev, optional, places, targets]);
    }),
  ];
}
