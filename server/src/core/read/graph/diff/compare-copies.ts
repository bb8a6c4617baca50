import type { LockEntry, Lockfile } from '../../lockfile/model/lockfile.ts';
import { nestedCopyOf } from '../../lockfile/npm/npm-lockfile.ts';
import { recordOf } from '../../lockfile/record/lock-record.ts';
import { compareHashLists, hashTexts } from './compare-hash-lists.ts';
import type { AlteredVersion } from './diff-types.ts';
import type { SourcePlaces } from './source-place.ts';

/**
 * Compares the copies for npm 6 and earlier in version 2 of npm's lockfile. A copy that agrees with what npm 7 and
 * later read is reported with that.
 */
export function* compareCopies(
  before: Lockfile,
  after: Lockfile,
  places: SourcePlaces,
): Generator<AlteredVersion> {
  const copies = nestedCopyOf(after)?.entries() ?? [];
  if (copies.length === 0) return;
  const old = new Map((nestedCopyOf(before)?.entries() ?? []).map((copy) => [copy.key, copy]));
  for (const copy of copies) {
    const earlier = old.get(copy.key);
    if (copy.bundled || (earlier !== undefined && textOf(earlier, before) === textOf(copy, after))) continue;
    const main = after.entry(copy.key);
    if (main === undefined ? earlier === undefined && old.size === 0 : isSame(main, copy, places)) continue;
    if (earlier !== undefined && isSame(earlier, copy, places)) continue;
    const other = earlier ?? main;
    const [from, to] = [other, copy].map((entry) => (entry === undefined ? undefined : entryText(entry)));
    yield {
      name: copy.folder,
      version: copy.version?.value,
      what: other !== undefined && !isSameHash(other, copy) ? 'integrity' : 'source',
      before: from,
      after: to,
      isCopy: true,
    };
  }
}

function textOf({ span }: LockEntry, { text }: Lockfile): string {
  return text.slice(span.start, span.end);
}

function isSame(a: LockEntry, b: LockEntry, places: SourcePlaces): boolean {
  if (a.name !== b.name) return false;
  const [left, right] = [recordOf(a).source, recordOf(b).source];
  // npm 7 records a member as a link, npm 6 as a folder.
  if (left.path !== undefined && left.path === right.path) return true;
  const isOtherVersion = left.kind === 'registry' && a.version?.value !== b.version?.value;
  return !isOtherVersion && places.identityOf(left) === places.identityOf(right) && isSameHash(a, b);
}

function isSameHash(a: LockEntry, b: LockEntry): boolean {
  return compareHashLists(hashTexts(recordOf(a).hashes), hashTexts(recordOf(b).hashes), true) === undefined;
}

/** Formats what npm 6 installs, in one line. */
function entryText(entry: LockEntry): string {
  const { name, version, resolved, integrity } = entry;
  return [`${name}@${version?.value ?? ''}`, resolved?.value, integrity?.value].filter(Boolean).join(' ');
}
