/** A value that cannot be read; the caller has no archive then. */
class Unreadable extends Error {}

const MAX_DEPTH = 12;
const MAX_ITEMS = 500_000;

/**
 * Reads MessagePack with the records of msgpackr: the extension `r` defines the keys of a record with a number from 0x40 to
 * 0x7f, which stands for these keys later. Throws for anything else. Keys of maps are texts.
 */
export function readMsgpack(bytes: Uint8Array): unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const records = new Map<number, readonly string[]>();
  let at = 0;
  let items = 0;

  const take = (length: number): number => {
    const start = at;
    if (start + length > bytes.length) throw new Unreadable();
    at += length;
    return start;
  };
  const unsigned = (size: number): number => {
    const start = take(size);
    if (size === 1) return view.getUint8(start);
    if (size === 2) return view.getUint16(start);
    return size === 4 ? view.getUint32(start) : Number(view.getBigUint64(start));
  };
  const text = (length: number): string => {
    const start = take(length);
    return new TextDecoder().decode(bytes.subarray(start, start + length));
  };
  const list = (length: number, depth: number): readonly unknown[] =>
    Array.from({ length: counted(length) }, () => value(depth + 1));
  const map = (length: number, depth: number): object => {
    const found: [string, unknown][] = [];
    for (let count = counted(length); count > 0; count--)
      found.push([String(value(depth + 1)), value(depth + 1)]);
    return Object.fromEntries(found);
  };
  const record = (keys: readonly string[], depth: number): object =>
    Object.fromEntries(keys.map((key) => [key, value(depth + 1)]));
  const counted = (length: number): number => {
    items += length;
    if (items > MAX_ITEMS) throw new Unreadable();
    return length;
  };

  function value(depth: number): unknown {
    if (depth > MAX_DEPTH) throw new Unreadable();
    const type = unsigned(1);
    if (type >= 0x40 && type < 0x80) {
      const keys = records.get(type);
      return keys === undefined ? type : record(keys, depth);
    }
    if (type < 0x80) return type;
    if (type < 0x90) return map(type & 0x0f, depth);
    if (type < 0xa0) return list(type & 0x0f, depth);
    if (type < 0xc0) return text(type & 0x1f);
    if (type >= 0xe0) return type - 0x100;
    switch (type) {
      case 0xc0:
        return null;
      case 0xc2:
        return false;
      case 0xc3:
        return true;
      case 0xcb:
        return view.getFloat64(take(8));
      case 0xcc:
      case 0xcd:
      case 0xce:
      case 0xcf:
        return unsigned(2 ** (type - 0xcc));
      case 0xd4: {
        if (unsigned(1) !== 0x72) throw new Unreadable();
        const number = unsigned(1);
        const keys = value(depth + 1);
        if (!Array.isArray(keys)) throw new Unreadable();
        records.set(number, keys.map(String));
        return record(keys.map(String), depth);
      }
      case 0xd9:
      case 0xda:
      case 0xdb:
        return text(unsigned(2 ** (type - 0xd9)));
      case 0xdc:
      case 0xdd:
        return list(unsigned(2 ** (type - 0xdc + 1)), depth);
      case 0xde:
      case 0xdf:
        return map(unsigned(2 ** (type - 0xde + 1)), depth);
      default:
        throw new Unreadable();
    }
  }
  return value(0);
}
