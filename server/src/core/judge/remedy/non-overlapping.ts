import type { FileEdit, Fix } from '../../read/text/finding.ts';

/**
 * Returns the fixes that can be applied together, each wholly or not at all. Skips a fix that touches an earlier one's
 * edits, which can be applied in a further round, and duplicates. None of them deletes files.
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

/** Checks whether two edits overlap or meet at one offset, where the order of insertions would be ambiguous. */
function touch(a: FileEdit, b: FileEdit): boolean {
  return a.uri === b.uri && a.span.start <= b.span.end && b.span.start <= a.span.end;
}
