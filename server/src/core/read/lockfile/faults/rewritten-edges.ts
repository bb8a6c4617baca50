import { memoizeOf } from '../../text/remember-of.ts';
import type { LockEdge, LockEntry, Lockfile } from '../model/lockfile.ts';
import { isShippedInside } from '../model/shipped-inside.ts';

/** A dependency of an entry that the same tarball does not declare. */
export interface RewrittenEdge {
  readonly entry: LockEntry;
  readonly edge: LockEdge;
  /** The earlier declaration of the same name; undefined if there was no such dependency. */
  readonly before: string | undefined;
}

/**
 * Yields dependencies that were added to an entry, or got another range, while its name, version and hash stayed the
 * same: what a tarball declares cannot change, so the text of the entry was edited. Skips peers, pnpm, which records
 * installed versions instead of ranges, and new dependencies in Yarn 2 and later, which adds some itself
 * (`packageExtensions`).
 */
export function* rewrittenEdges(
  now: Lockfile,
  entries: readonly LockEntry[],
  before: Lockfile,
): Generator<RewrittenEdge, void> {
  if (now.format === 'pnpm' || now.format !== before.format) return;
  if (now.formatVersion?.value !== before.formatVersion?.value) return;
  const isBerry = now.format === 'yarn' && now.formatVersion !== undefined;
  const earlier = byPackage(before);
  for (const entry of entries) {
    if (!isCompared(entry)) continue;
    const same = earlier.get(packageKey(entry));
    if (same === undefined || same.some((other) => isSameText(now, entry, before, other))) continue;
    for (const edge of entry.edges) {
      if (edge.section === 'peerDependencies') continue;
      const known = same.flatMap((other) => rangesOf(other, edge.name));
      if (known.includes(edge.specifier.value) || (known.length === 0 && isBerry)) continue;
      yield { entry, edge, before: known[0] };
      break;
    }
  }
}

/** Entries by name, version and hash. */
const byPackage: (lockfile: Lockfile) => ReadonlyMap<string, readonly LockEntry[]> = memoizeOf(
  ({ entries }) => {
    const found = new Map<string, LockEntry[]>();
    for (const entry of entries) {
      if (!isCompared(entry)) continue;
      const key = packageKey(entry);
      const same = found.get(key);
      if (same === undefined) found.set(key, [entry]);
      else if (same.length < MOST_COMPARED) same.push(entry);
    }
    return found;
  },
);

/** A real file has two or three entries of one version; a hostile one may have any number. */
const MOST_COMPARED = 10;

function isCompared(entry: LockEntry): boolean {
  const { source, integrity, checksum } = entry;
  if (source !== 'registry' && source !== 'tarball') return false;
  return (integrity ?? checksum) !== undefined && !isShippedInside(entry);
}

function packageKey({ name, version, integrity, checksum }: LockEntry): string {
  return `${name} ${version?.value} ${(integrity ?? checksum)?.value}`;
}

function isSameText(now: Lockfile, entry: LockEntry, before: Lockfile, other: LockEntry): boolean {
  const text = now.text.slice(entry.keySpan.end, entry.span.end);
  return text === before.text.slice(other.keySpan.end, other.span.end);
}

function rangesOf({ edges }: LockEntry, name: string): readonly string[] {
  return edges.filter((edge) => edge.name === name).map(({ specifier }) => specifier.value);
}
