/* Lower bounds for a reader with positions: minimal scans that find tokens and check nothing. */

/** Scans every string and bracket of a JSON text. */
export function scanJsonFloor(text: string): Int32Array {
  let found = new Int32Array(2 * (64 + Math.ceil(text.length / 12)));
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code <= 32 || code === 44 || code === 58) continue;
    const start = at;
    if (code === 34) {
      at = text.indexOf('"', at + 1);
      while (text.charCodeAt(at - 1) === 92) at = text.indexOf('"', at + 1);
      if (at === -1) break;
    } else if (code !== 123 && code !== 125 && code !== 91 && code !== 93) {
      while (at + 1 < text.length && !isEnd(text.charCodeAt(at + 1))) at++;
    }
    if (count + 2 > found.length) {
      const larger = new Int32Array(found.length * 2);
      larger.set(found);
      found = larger;
    }
    found[count++] = start;
    found[count++] = at + 1;
  }
  return found;
}

function isEnd(code: number): boolean {
  return code <= 32 || code === 44 || code === 93 || code === 125;
}

/** Scans the start, the end of the key and the end of every line; for YAML and yarn.lock. */
export function scanLinesFloor(text: string): Int32Array {
  const found = new Int32Array(4 * (64 + Math.ceil(text.length / 8)));
  let count = 0;
  for (let start = 0; start < text.length && count + 4 <= found.length; ) {
    let end = text.indexOf('\n', start);
    if (end === -1) end = text.length;
    let at = start;
    while (at < end && text.charCodeAt(at) === 32) at++;
    if (at < end) {
      let key = text.indexOf(':', at);
      if (key === -1 || key > end) key = end;
      found[count++] = at - start;
      found[count++] = at;
      found[count++] = key;
      found[count++] = end;
    }
    start = end + 1;
  }
  return found;
}
