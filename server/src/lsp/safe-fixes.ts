import type { FileEdit, Fix } from '../core/read/text/finding.ts';

/**
 * The fixes that can be applied together, each wholly or not at all: a fix that touches what an earlier one edits is
 * left out, and so is the same fix a second time. It can be applied in a further round. None of them deletes files.
 */
export function nonOverlapping(fixes: readonly Fix[]): readonly Fix[] {
  const accepted: FileEdit[] = [];
  const chosen: Fix[] = [];
  for (const fix of fixes) {
    const collides = fix.edits.some((edit) => accepted.some((other) => touch(edit, other)));
    if (collides || fix.edits.length === 0 || fix.deletes !== undefined) continue;
    accepted.push(...fix.edits);
    chosen.push(fix);
  }
  return chosen;
}

/** Two edits that meet at one offset count as well: an insertion there has no order that both agree on. */
function touch(a: FileEdit, b: FileEdit): boolean {
  return a.uri === b.uri && a.span.start <= b.span.end && b.span.start <= a.span.end;
}
