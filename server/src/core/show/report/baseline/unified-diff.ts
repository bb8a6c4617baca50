/** The lines shown before and after a change. */
const CONTEXT = 3;

/** Returns the difference of two texts as one hunk in the unified format, without its file names; empty if there is none. */
export function unifiedDiff(before: string, after: string): readonly string[] {
  const [old, now] = [linesOf(before), linesOf(after)];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start++;
  let end = 0;
  while (
    end < old.length - start &&
    end < now.length - start &&
    old[old.length - 1 - end] === now[now.length - 1 - end]
  )
    end++;
  if (start === old.length && start === now.length) return [];
  const from = Math.max(0, start - CONTEXT);
  const shownAfter = Math.min(CONTEXT, end);
  const removed = old.slice(start, old.length - end);
  const added = now.slice(start, now.length - end);
  const lead = old.slice(from, start);
  const tail = old.slice(old.length - end, old.length - end + shownAfter);
  const size = (lines: readonly string[]) => lead.length + lines.length + tail.length;
  return [
    `@@ -${rangeOf(from, size(removed))} +${rangeOf(from, size(added))} @@`,
    ...lead.map((line) => ` ${line}`),
    ...removed.map((line) => `-${line}`),
    ...added.map((line) => `+${line}`),
    ...tail.map((line) => ` ${line}`),
  ];
}

/** A range without lines is written with the line before it. */
function rangeOf(from: number, count: number): string {
  return `${count === 0 ? from : from + 1},${count}`;
}

function linesOf(text: string): readonly string[] {
  const lines = text.split(/\r\n|\n|\r/);
  return lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}
