import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { crypto, zlib } from '../../builtin-on-demand.ts';
import { readBoundedSync } from '../../files/read-bounded.ts';
import { createHeldValues, type HeldValues } from './held-values.ts';
import { type ObjectType, type OpenPack, openPack, type PackedHeader } from './open-pack.ts';
import { applyDelta, readDeltaSizes } from './pack-delta.ts';

export interface StoredObject {
  readonly type: ObjectType;
  readonly content: Buffer;
}

/**
 * Reads single objects of a repository from its files, as starting git takes longer. Whatever is not here, is larger, or
 * has not the id that it is asked by, is undefined: git is asked for it then, which says why.
 */
export interface StoredObjects {
  read(object: string, maxBytes: number): StoredObject | undefined;
  close(): void;
}

const MOST_PACKS = 100;
const MOST_DELTAS = 4096;
const SPARE = 64 * 1024;
const HEADER = /^(commit|tree|blob|tag) (\d+)$/;
/** Trees and commits are based on each other in chains, of which each link would be made again and again. */
const MOST_HELD = 4 * 1024 * 1024;
const MAX_HELD = 64 * 1024;

/** @param folder the repository's `objects` */
export function openStoredObjects(folder: string): StoredObjects {
  let packs: readonly HeldPack[] | undefined;
  const opened = () => {
    packs ??= packNames(folder).flatMap((name) => {
      const pack = openPack(join(folder, 'pack'), name);
      return pack === undefined ? [] : [{ pack, held: createHeldValues(MOST_HELD) }];
    });
    return packs;
  };
  return {
    read(object, maxBytes) {
      if (!/^[\da-f]{40}$/.test(object)) return undefined;
      const isIt = (found: StoredObject | undefined) => found !== undefined && idOf(found) === object;
      const packed = packedObject(opened(), object, maxBytes);
      if (isIt(packed)) return packed;
      const loose = looseObject(folder, object, maxBytes);
      return isIt(loose) ? loose : undefined;
    },
    close() {
      for (const { pack } of packs ?? []) pack.close();
      packs = [];
    },
  };
}

interface HeldPack {
  readonly pack: OpenPack;
  /** Small objects by their offset. */
  readonly held: HeldValues<number, StoredObject>;
}

function packNames(folder: string): readonly string[] {
  try {
    const names = readdirSync(join(folder, 'pack')).filter((name) => /^pack-[\da-f]{40}\.idx$/.test(name));
    return names
      .sort()
      .slice(0, MOST_PACKS)
      .map((name) => name.slice(0, -'.idx'.length));
  } catch {
    return [];
  }
}

function idOf({ type, content }: StoredObject): string {
  return crypto().createHash('sha1').update(`${type} ${content.length}\0`).update(content).digest('hex');
}

function looseObject(folder: string, object: string, maxBytes: number): StoredObject | undefined {
  try {
    const path = join(folder, object.slice(0, 2), object.slice(2));
    const { bytes } = readBoundedSync(path, maxBytes + SPARE, false);
    const text = zlib().inflateSync(bytes, { maxOutputLength: maxBytes + SPARE });
    const start = text.indexOf(0);
    const [, type, size] = HEADER.exec(text.toString('latin1', 0, Math.max(0, start))) ?? [];
    const content = text.subarray(start + 1);
    return type === undefined || content.length !== Number(size) || content.length > maxBytes
      ? undefined
      : { type: type as ObjectType, content };
  } catch {
    return undefined;
  }
}

function packedObject(
  packs: readonly HeldPack[],
  object: string,
  maxBytes: number,
): StoredObject | undefined {
  for (const pack of packs) {
    const offset = pack.pack.index.offsetOf(object);
    if (offset !== undefined) return objectAt(pack, offset, maxBytes);
  }
  return undefined;
}

/** Makes an object of what it is based on, from the bottom up. */
function objectAt({ pack, held }: HeldPack, offset: number, maxBytes: number): StoredObject | undefined {
  const deltas: { readonly offset: number; readonly header: PackedHeader }[] = [];
  let at: number | undefined = offset;
  let base: StoredObject | undefined;
  const hold = (place: number, object: StoredObject) => {
    const { length } = object.content;
    if (length <= MAX_HELD) held.add(place, object, length);
  };
  while (at !== undefined && base === undefined && deltas.length < MOST_DELTAS) {
    base = held.of(at);
    if (base !== undefined) break;
    const header = pack.headerAt(at);
    if (header === undefined || header.kind === 'other' || header.size > maxBytes) return undefined;
    if (header.kind === 'delta') deltas.push({ offset: at, header });
    else {
      const content = pack.contentAt(at, header);
      if (content === undefined) return undefined;
      base = { type: header.kind, content };
      hold(at, base);
    }
    at = header.base;
  }
  if (base === undefined || base.content.length > maxBytes) return undefined;
  for (const { offset, header } of deltas.reverse()) {
    const instructions = pack.contentAt(offset, header);
    const sizes = instructions === undefined ? undefined : readDeltaSizes(instructions);
    if (instructions === undefined || sizes === undefined || sizes.size > maxBytes) return undefined;
    const content: Buffer = Buffer.allocUnsafe(sizes.size);
    if (!applyDelta(base.content, instructions, sizes, content)) return undefined;
    base = { type: base.type, content };
    hold(offset, base);
  }
  return base;
}
