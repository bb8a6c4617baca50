/**
 * Hashes the text between the offsets. Callers compare the complete keys, so it reads only the end and a sample of the
 * rest.
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

/** Combines the hash of a name with that of its folder, or any number that identifies the folder. */
export function joinedHash(folder: number, name: number): number {
  const mixed = Math.imul(Math.imul(folder, 0x85ebca6b) ^ name, 0x9e3779b1);
  return mixed ^ (mixed >>> 15);
}

/** This many characters at the end are always hashed. */
const TAIL = 8;
