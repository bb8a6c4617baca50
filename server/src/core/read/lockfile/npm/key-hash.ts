/**
 * Of what stands between the offsets. Whoever uses it compares keys wholly, so that it need not know all of one: it takes
 * the end, and some of the rest.
 */
export function hashOf(text: string, start: number, end: number): number {
  const tail = end - start > TAIL ? end - TAIL : start;
  let hash = end - start;
  for (let at = tail; at < end; at++) hash = (Math.imul(hash, 31) + text.charCodeAt(at)) | 0;
  if (tail === start) return hash;
  const middle = (start + tail) >> 1;
  hash = Math.imul(hash ^ (text.charCodeAt(start) << 16) ^ text.charCodeAt(middle), 0x85ebca6b);
  return hash ^ (text.charCodeAt(tail - 1) << 8) ^ text.charCodeAt((middle + tail) >> 1);
}

/** Of a name in a folder: of the hashes, or whatever numbers tell folders apart. */
export function joinedHash(folder: number, name: number): number {
  const mixed = Math.imul(Math.imul(folder, 0x85ebca6b) ^ name, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

/** So many characters at the end are all in a hash. */
const TAIL = 8;
