/** Returns the length of the longest common prefix: compares in chunks, which is far quicker than by character. */
export function commonStart(a: string, b: string): number {
  let low = 0;
  let high = Math.min(a.length, b.length);
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (a.slice(low, middle) === b.slice(low, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Returns the length of the longest common suffix that does not overlap the common prefix. */
export function commonEnd(a: string, b: string, start: number): number {
  let low = 0;
  let high = Math.min(a.length, b.length) - start;
  const tail = (text: string, from: number, to: number) => text.slice(text.length - to, text.length - from);
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    if (tail(a, low, middle) === tail(b, low, middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}
