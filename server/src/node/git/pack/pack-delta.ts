/** How a text is made of another one: gitformat-pack(5), "Deltified representation". */
export interface PackDelta {
  readonly baseSize: number;
  readonly size: number;
  /** Where the instructions begin. */
  readonly start: number;
}

/** Reads the sizes before the instructions; undefined if there are none. */
export function readDeltaSizes(delta: Buffer): PackDelta | undefined {
  const base = readSize(delta, 0);
  const own = base === undefined ? undefined : readSize(delta, base.end);
  return base === undefined || own === undefined
    ? undefined
    : { baseSize: base.size, size: own.size, start: own.end };
}

const MOST_SIZE_BYTES = 7;

function readSize(bytes: Buffer, at: number): { readonly size: number; readonly end: number } | undefined {
  let size = 0;
  for (let place = 0; place < MOST_SIZE_BYTES; place++) {
    const byte = bytes[at + place];
    if (byte === undefined) return undefined;
    size += (byte & 0x7f) * 2 ** (7 * place);
    if (byte < 0x80) return { size, end: at + place + 1 };
  }
  return undefined;
}

/** The largest part that one instruction copies, as 0 stands for it. */
const WHOLE = 0x10000;

/** Writes the text that a delta makes of its base. Returns false if the delta does not fit. */
export function applyDelta(
  base: Buffer,
  delta: Buffer,
  { baseSize, size, start }: PackDelta,
  into: Buffer,
): boolean {
  if (base.length !== baseSize || into.length < size) return false;
  let filled = 0;
  let at = start;
  while (at < delta.length) {
    const code = delta[at++]!;
    if (code === 0) return false;
    if (code < 0x80) {
      if (at + code > delta.length || filled + code > size) return false;
      delta.copy(into, filled, at, at + code);
      at += code;
      filled += code;
      continue;
    }
    let [from, length] = [0, 0];
    for (let place = 0; place < 7; place++) {
      if ((code & (1 << place)) === 0) continue;
      const byte = delta[at++];
      if (byte === undefined) return false;
      if (place < 4) from += byte * 2 ** (8 * place);
      else length += byte * 2 ** (8 * (place - 4));
    }
    if (length === 0) length = WHOLE;
    if (from + length > base.length || filled + length > size) return false;
    base.copy(into, filled, from, from + length);
    filled += length;
  }
  return filled === size;
}
