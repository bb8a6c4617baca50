import { closeSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { zlib } from '../../builtin-on-demand.ts';
import { openRegularSync } from '../../files/open-regular.ts';
import { readBoundedSync } from '../../files/read-bounded.ts';
import { type PackIndex, readPackIndex } from './pack-index.ts';

/** The types of objects that are read. */
export type ObjectType = 'commit' | 'tree' | 'blob' | 'tag';

/** How an object is stored: gitformat-pack(5). */
export interface PackedHeader {
  readonly kind: ObjectType | 'delta' | 'other';
  /** The size of what is compressed: of the text, or of the delta. */
  readonly size: number;
  /** Where the compressed bytes begin. */
  readonly start: number;
  /** Where the object begins that a delta is based on; undefined if it is not in the pack. */
  readonly base: number | undefined;
}

/** A pack of a repository. */
export interface OpenPack {
  readonly index: PackIndex;
  /** Reads how the object at an offset is stored; undefined if there is none. */
  headerAt(offset: number): PackedHeader | undefined;
  /** Returns the text or delta of the object at an offset; undefined if it is damaged. */
  contentAt(offset: number, header: PackedHeader): Buffer | undefined;
  close(): void;
}

const MAX_INDEX = 64 * 1024 * 1024;
const LONGEST_HEADER = 48;
const MAGIC = 'PACK';
const TYPES: readonly (ObjectType | undefined)[] = [undefined, 'commit', 'tree', 'blob', 'tag'];
const OFFSET_DELTA = 6;
const NAMED_DELTA = 7;
/** What zlib adds to bytes that it cannot make shorter. */
const SPARE = 64 * 1024;
/** A pack up to this size is read at once. */
const SMALL = 2 * 1024 * 1024;

/** Opens a pack by the name without its ending. Undefined if it is of another version or cannot be read. */
export function openPack(folder: string, name: string): OpenPack | undefined {
  let file: number | undefined;
  try {
    const { bytes } = readBoundedSync(join(folder, `${name}.idx`), MAX_INDEX);
    const opened = openRegularSync(join(folder, `${name}.pack`));
    file = opened.file;
    const index = readPackIndex(bytes, opened.stats.size);
    const head = readAt(file, 0, 8);
    if (index !== undefined && head.toString('latin1', 0, 4) === MAGIC && head.readUInt32BE(4) === 2)
      return packOf(file, index, opened.stats.size);
  } catch {
    // git says why, when it is asked for the objects.
  }
  if (file !== undefined) closeSync(file);
  return undefined;
}

function packOf(file: number, index: PackIndex, size: number): OpenPack {
  let whole: Buffer | undefined;
  const read = (offset: number, length: number): Buffer => {
    if (size > SMALL) return readAt(file, offset, length);
    whole ??= readAt(file, 0, size);
    return whole.subarray(offset, offset + length);
  };
  return {
    index,
    headerAt(offset) {
      const end = index.endOf(offset);
      if (end === undefined || end <= offset) return undefined;
      const bytes = read(offset, Math.min(LONGEST_HEADER, end - offset));
      return headerIn(bytes, offset, index);
    },
    contentAt(offset, { size, start }) {
      const end = index.endOf(offset);
      if (end === undefined || end - start > size + size / 100 + SPARE) return undefined;
      try {
        const limits = { chunkSize: Math.max(64, size + 1), maxOutputLength: size + 1 };
        const content = zlib().inflateSync(read(start, end - start), limits);
        return content.length === size ? content : undefined;
      } catch {
        return undefined;
      }
    },
    close: () => closeSync(file),
  };
}

function readAt(file: number, offset: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let filled = 0;
  for (let read = -1; read !== 0 && filled < length; filled += read)
    read = readSync(file, bytes, filled, length - filled, offset + filled);
  return bytes.subarray(0, filled);
}

function headerIn(bytes: Buffer, offset: number, index: PackIndex): PackedHeader | undefined {
  let at = 0;
  const next = () => bytes[at++] ?? 0;
  let byte = next();
  const type = (byte >> 4) & 7;
  let size = byte & 15;
  for (let scale = 16; byte >= 0x80; scale *= 128) {
    byte = next();
    size += (byte & 0x7f) * scale;
  }
  let base: number | undefined;
  if (type === OFFSET_DELTA) {
    byte = next();
    let distance = byte & 0x7f;
    while (byte >= 0x80) {
      byte = next();
      distance = (distance + 1) * 128 + (byte & 0x7f);
    }
    base = distance > 0 && distance <= offset ? offset - distance : undefined;
  } else if (type === NAMED_DELTA) {
    base = index.offsetOf(bytes.toString('hex', at, at + 20));
    at += 20;
  }
  if (at > bytes.length) return undefined;
  const kind = type === OFFSET_DELTA || type === NAMED_DELTA ? 'delta' : (TYPES[type] ?? 'other');
  return { kind, size, start: offset + at, base };
}
