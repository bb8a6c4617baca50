/** A part of a text that replaces a part of an earlier one; each from the first byte to before the last. */
export interface Region {
  readonly start: number;
  readonly end: number;
  readonly oldStart: number;
  readonly oldEnd: number;
}

const BLOCK = 4096;
/** What is compared at once behind much that is equal. */
const LARGEST_BLOCK = 256 * 1024;
/** Bytes that are compared one by one. */
const FEW = 128;
/** The length of a text that is searched to find where two texts agree again. */
const PROBE = 48;
const FIRST_STEP = 64;
const STEPS = 10;
/** How far behind a change the texts are expected to agree again, for each byte that is given up. */
const FAR = 8;

/**
 * Returns regions of a text outside of which it consists of parts of an earlier one, in order. The compared bytes are
 * equal, so whatever lies within such a part, with a byte on either side, was in the earlier text as well. Undefined if the
 * texts differ too much.
 */
export function changedRegions(before: Buffer, after: Buffer): readonly Region[] | undefined {
  const regions: Region[] = [];
  let [old, at] = [0, 0];
  let changed = 0;
  while (at < after.length) {
    const same = commonLength(before, old, after, at);
    old += same;
    at += same;
    if (at >= after.length) break;
    const found = trimmed(before, old, after, at);
    const end = found?.at ?? after.length;
    regions.push({ start: at, end, oldStart: old, oldEnd: found?.old ?? before.length });
    changed += end - at;
    if (changed > after.length / 2) return undefined;
    if (found === undefined) return regions;
    ({ at, old } = found);
  }
  // The earlier text may continue, so that the last word is another one.
  regions.push({ start: after.length, end: after.length, oldStart: old, oldEnd: before.length });
  return regions;
}

/** Returns for how many bytes two texts agree from two places on. */
function commonLength(before: Buffer, old: number, after: Buffer, at: number): number {
  const most = Math.min(before.length - old, after.length - at);
  let same = 0;
  for (let length = BLOCK; same < most; length = Math.min(2 * length, LARGEST_BLOCK)) {
    let block = Math.min(length, most - same);
    if (isEqual(before, old + same, after, at + same, block)) {
      same += block;
      continue;
    }
    while (block > FEW) {
      const half = block >> 1;
      if (isEqual(before, old + same, after, at + same, half)) {
        same += half;
        block -= half;
      } else block = half;
    }
    while (same < most && before[old + same] === after[at + same]) same++;
    return same;
  }
  return same;
}

function isEqual(before: Buffer, old: number, after: Buffer, at: number, length: number): boolean {
  return before.compare(after, at, at + length, old, old + length) === 0;
}

/** Returns where two texts agree from on again, behind the last byte that differs. */
function trimmed(
  before: Buffer,
  old: number,
  after: Buffer,
  from: number,
): { readonly at: number; readonly old: number } | undefined {
  const found = agreeingAgain(before, old, after, from);
  if (found === undefined) return undefined;
  let same = 0;
  const most = Math.min(found.at - from, found.old - old);
  while (same < most && before[found.old - same - 1] === after[found.at - same - 1]) same++;
  return { at: found.at - same, old: found.old - same };
}

function agreeingAgain(
  before: Buffer,
  old: number,
  after: Buffer,
  from: number,
): { readonly at: number; readonly old: number } | undefined {
  for (let step = 0; step < STEPS; step++) {
    const at = from + FIRST_STEP * 2 ** step;
    if (at + PROBE > after.length) return undefined;
    // Versions and hashes mostly are replaced by others of the same length.
    if (isProbe(before, old + at - from, after, at)) return { at, old: old + at - from };
    const window = before.subarray(old, old + BLOCK + FAR * (at - from));
    const found = window.indexOf(after.subarray(at, at + PROBE));
    if (found !== -1) return { at, old: old + found };
  }
  return undefined;
}

function isProbe(before: Buffer, old: number, after: Buffer, at: number): boolean {
  if (old + PROBE > before.length) return false;
  for (let byte = 0; byte < PROBE; byte++) if (before[old + byte] !== after[at + byte]) return false;
  return true;
}
