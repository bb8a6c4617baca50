import type { Manifest } from './manifest.ts';
import type { SharedEnds } from './shared-ends.ts';

/** A change of more dependencies than this is none that somebody types. */
const MOST_CHANGED = 200;

/**
 * The names of the dependencies that differ between two states of a manifest, wherever in the text they stand now.
 * Undefined where anything else differs, or very much.
 * @param shared what both have in common at their ends
 */
export function changedNames(
  before: Manifest,
  after: Manifest,
  shared: SharedEnds,
): ReadonlySet<string> | undefined {
  if (before.sections.length !== after.sections.length) return undefined;
  const isSameSections = after.sections.every(({ section }, at) => before.sections[at]!.section === section);
  const names = isSameSections ? namesBetween(before, after, shared) : undefined;
  if (names === undefined) return undefined;
  for (const key of Object.keys(after) as (keyof Manifest)[]) {
    if (!APART.has(key) && !isSameButPlaces(before[key], after[key], MOST_LEVELS)) return undefined;
  }
  return names;
}

/** What differs with every edit, and what was compared by itself. */
const APART: ReadonlySet<keyof Manifest> = new Set(['text', 'sections', 'dependencies'] as const);
const MOST_LEVELS = 8;

/** Undefined where more than `MOST_CHANGED` differ. */
function namesBetween(
  before: Manifest,
  after: Manifest,
  { start, end }: SharedEnds,
): ReadonlySet<string> | undefined {
  const names = new Set<string>();
  for (const { dependencies } of [before, after]) {
    if (dependencies.length - start - end > MOST_CHANGED) return undefined;
    for (let at = start; at < dependencies.length - end; at++) names.add(dependencies[at]!.name);
  }
  return names;
}

/** Equality of plain values, maps and sets, wherever they stand; anything deeper or stranger is another. */
function isSameButPlaces(a: unknown, b: unknown, levels: number): boolean {
  if (Object.is(a, b)) return true;
  if (levels === 0 || typeof a !== 'object' || typeof b !== 'object' || a === null || b === null)
    return false;
  if (a instanceof Map || a instanceof Set) {
    const isOneKind = (a instanceof Map && b instanceof Map) || (a instanceof Set && b instanceof Set);
    return isOneKind && a.size === b.size && isSameButPlaces([...a], [...b], levels);
  }
  if (Array.isArray(a) !== Array.isArray(b) || b instanceof Map || b instanceof Set) return false;
  if (isSpan(a) && isSpan(b)) return true;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every((key) => isSameButPlaces(a[key as keyof typeof a], b[key as keyof typeof b], levels - 1));
}

function isSpan(value: object): boolean {
  return 'start' in value && 'end' in value && Object.keys(value).length === 2;
}
