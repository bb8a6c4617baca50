/** Computes 32 bits over the bytes from an offset on: changing any word changes it. */
export function checksum(bytes: Uint8Array, from: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let sum = 0x811c9dc5 | 0;
  let at = from;
  for (; at + 4 <= bytes.length; at += 4) {
    sum = Math.imul(sum ^ view.getInt32(at, true), 0x01000193);
    sum ^= sum >>> 15;
  }
  for (; at < bytes.length; at++) sum = Math.imul(sum ^ bytes[at]!, 0x01000193);
  return sum >>> 0;
}
