import { changeSince } from './faults/edited-lockfile.ts';
import type { LockEntry, Lockfile } from './model/lockfile.ts';

/**
 * Checks whether two states of a lockfile differ only inside one entry, outside its dependencies, or outside of
 * everything with dependencies: then everything known of edges by the positions of entries holds for both. Much cheaper
 * than reading the edges again.
 */
export function hasSameEdges(before: Lockfile, after: Lockfile): boolean {
  if (before.uri !== after.uri || before.format !== after.format) return false;
  const { entries } = before;
  if (entries.length !== after.entries.length || before.importers.size !== after.importers.size) return false;
  const { start, oldEnd, newEnd } = changeSince(before, after);
  const place = placeOf(before, start, oldEnd);
  if (place === undefined || place !== placeOf(after, start, newEnd)) return false;
  return place === OUTSIDE || hasSameEdgesOf(entries[place]!, after.entries[place]!);
}

const OUTSIDE = -1;

/**
 * Returns the position of the single entry that contains the range; `OUTSIDE` if the range touches nothing with edges.
 */
function placeOf(
  { entries, importers, links, format }: Lockfile,
  start: number,
  end: number,
): number | undefined {
  const touches = ({ span }: LockEntry) => span.end >= start && span.start <= end;
  for (const importer of importers.values()) if (touches(importer)) return undefined;
  if (links.some(touches)) return undefined;
  // pnpm stores the dependencies of a package apart from its entry.
  let found = format === 'pnpm' ? undefined : OUTSIDE;
  for (let place = 0; place < entries.length; place++) {
    const { span } = entries[place]!;
    if (span.end < start || span.start > end) continue;
    const isOnly = found === OUTSIDE || found === undefined;
    if (!isOnly || span.start >= start || span.end <= end) return undefined;
    found = place;
  }
  return found;
}

/** Checks whether two states of an entry are the same package, at any version, with the same dependencies. */
export function hasSameEdgesOf(a: LockEntry, b: LockEntry): boolean {
  const isSame =
    a.key === b.key &&
    a.name === b.name &&
    a.alias === b.alias &&
    a.source === b.source &&
    a.dev === b.dev &&
    a.optional === b.optional &&
    a.peer === b.peer &&
    a.edges.length === b.edges.length;
  return (
    isSame &&
    a.edges.every(({ name, section, specifier, optional }, at) => {
      const other = b.edges[at]!;
      return (
        name === other.name &&
        section === other.section &&
        optional === other.optional &&
        specifier.value === other.specifier.value
      );
    })
  );
}
