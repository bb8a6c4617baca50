import type { Span } from './span.ts';

/** The range that one or several edits replaced: `start` to `oldEnd` before them, `start` to `newEnd` after. */
export interface TextChange {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** Returns the change of one replacement. */
export function changeOf(span: Span, newText: string): TextChange {
  return { start: span.start, oldEnd: span.end, newEnd: span.start + newText.length };
}

/** Returns how much longer the text became. */
export function growthOf({ oldEnd, newEnd }: TextChange): number {
  return newEnd - oldEnd;
}

/** Combines two changes; the second refers to offsets of the text after the first. */
export function joinChanges(first: TextChange, second: TextChange): TextChange {
  const start = Math.min(first.start, second.start);
  const oldEnd = Math.max(first.oldEnd, second.oldEnd - growthOf(first));
  const newEnd = Math.max(second.newEnd, first.newEnd + growthOf(second));
  return { start, oldEnd, newEnd };
}

/**
 * Returns the value with its offsets after a change, for plain values, arrays and maps. A span that ends at or before
 * `start` stays, one that begins at or after `oldEnd` moves, any other contains the change and grows. A value without
 * changed offsets is returned itself.
 */
export function moveSpans<T>(value: T, change: TextChange): T {
  return moved(value, change) as T;
}

function moved(value: unknown, change: TextChange): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Set) return value;
  if (value instanceof Map) {
    const items = [...value];
    const next = items.map(([key, item]) => [key, moved(item, change)] as const);
    return next.every(([, item], at) => item === items[at]![1]) ? value : new Map(next);
  }
  if (Array.isArray(value)) {
    const next = value.map((item: unknown) => moved(item, change));
    return next.every((item, at) => item === value[at]) ? value : next;
  }
  if (isSpan(value)) return moveSpan(value, change);
  const entries = Object.entries(value);
  const next = entries.map(([key, item]) => [key, moved(item, change)] as const);
  return next.every(([, item], at) => item === entries[at]![1]) ? value : Object.fromEntries(next);
}

/** Returns the span itself if it is unchanged. */
export function moveSpan(span: Span, { start, oldEnd, newEnd }: TextChange): Span {
  if (span.end <= start) return span;
  const by = newEnd - oldEnd;
  if (by === 0) return span;
  return { start: span.start >= oldEnd ? span.start + by : span.start, end: span.end + by };
}

function isSpan(value: object): value is Span {
  const { start, end } = value as Partial<Span>;
  return typeof start === 'number' && typeof end === 'number' && Object.keys(value).length === 2;
}
