/** Where the objects of a pack are: git's gitformat-pack(5), index version 2 with SHA-1. */
export interface PackIndex {
  /** Returns where an object begins; undefined if the pack does not have it. */
  offsetOf(object: string): number | undefined;
  /** Returns where the object behind the one at an offset begins, or the pack's trailer; undefined if none begins there. */
  endOf(offset: number): number | undefined;
}

const MAGIC = 0xff744f63;
const FAN_OUT = 8;
const NAMES = FAN_OUT + 256 * 4;
const ID = 20;
/** An offset with this bit is the place of one of 64 bits. */
const LARGE = 0x80000000;

/**
 * Reads an index. Undefined for another version, or what is none.
 * @param packSize in bytes, with the trailer
 */
export function readPackIndex(bytes: Buffer, packSize: number): PackIndex | undefined {
  if (bytes.length < NAMES + 2 * ID || bytes.readUInt32BE(0) !== MAGIC || bytes.readUInt32BE(4) !== 2)
    return undefined;
  const count = bytes.readUInt32BE(NAMES - 4);
  const offsets = NAMES + count * (ID + 4);
  const large = offsets + count * 4;
  if (large + 2 * ID > bytes.length) return undefined;
  const offsetAt = (place: number): number | undefined => {
    const short = bytes.readUInt32BE(offsets + place * 4);
    if (short < LARGE) return short;
    const at = large + (short - LARGE) * 8;
    return at + 8 > bytes.length - 2 * ID ? undefined : Number(bytes.readBigUInt64BE(at));
  };
  let sorted: Float64Array | undefined;
  return {
    offsetOf(object) {
      if (!/^[\da-f]{40}$/.test(object)) return undefined;
      const id = Buffer.from(object, 'hex');
      const first = id[0]!;
      let low = first === 0 ? 0 : bytes.readUInt32BE(FAN_OUT + (first - 1) * 4);
      let high = Math.min(count, bytes.readUInt32BE(FAN_OUT + first * 4));
      while (low < high) {
        const middle = (low + high) >>> 1;
        const at = NAMES + middle * ID;
        const order = bytes.compare(id, 0, ID, at, at + ID);
        if (order === 0) return offsetAt(middle);
        if (order < 0) low = middle + 1;
        else high = middle;
      }
      return undefined;
    },
    endOf(offset) {
      sorted ??= Float64Array.from({ length: count }, (_, place) => offsetAt(place) ?? Infinity).sort();
      let [low, high] = [0, count];
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (sorted[middle]! < offset) low = middle + 1;
        else high = middle;
      }
      if (sorted[low] !== offset) return undefined;
      return Math.min(sorted[low + 1] ?? Infinity, packSize - ID);
    },
  };
}
