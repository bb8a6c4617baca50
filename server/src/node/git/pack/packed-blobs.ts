import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { type OpenPack, openPack, type PackedHeader } from './open-pack.ts';
import { applyDelta, readDeltaSizes } from './pack-delta.ts';

export interface PackedBlobsOptions {
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

const MOST_PACKS = 100;
/** Larger texts are left to git. */
const MAX_TEXT = 32 * 1024 * 1024;
/** The most bytes of texts that others are still made of; the rest is left to git. */
const MAX_HELD = 64 * 1024 * 1024;
/** Other repositories are read meanwhile. */
const AT_ONCE = 64;

/**
 * Passes on the texts of blobs that are in the packs of a repository, each based on the text before it where it can be, as
 * a history differs little from version to version. It takes a fraction of the time of git, which makes every text anew and
 * sends it through a pipe. What is elsewhere, too large or damaged is not passed on: git reads that, or says why not.
 *
 * @param folder the repository's `objects`
 * @param use gets the bytes, valid until it returns
 */
export async function readPackedBlobs(
  folder: string,
  objects: Iterable<string>,
  { maxBytes, signal }: PackedBlobsOptions,
  use: (object: string, content: Buffer) => void,
): Promise<void> {
  const packs = join(folder, 'pack');
  const names = (await readdir(packs).catch(() => [])).filter((name) => /^pack-[\da-f]{40}\.idx$/.test(name));
  let left = [...objects];
  for (const name of names.sort().slice(0, MOST_PACKS)) {
    if (left.length === 0) return;
    const pack = openPack(packs, name.slice(0, -'.idx'.length));
    if (pack === undefined) continue;
    try {
      const places = new Map<number, string>();
      const elsewhere: string[] = [];
      for (const object of left) {
        const offset = pack.index.offsetOf(object);
        if (offset === undefined) elsewhere.push(object);
        else places.set(offset, object);
      }
      left = elsewhere;
      const texts = textsOf(pack, places, Math.min(maxBytes, MAX_TEXT));
      let turn = 0;
      for (const { object, content } of texts) {
        if (object !== undefined) use(object, content);
        if (++turn % AT_ONCE === 0) await setImmediate();
        signal.throwIfAborted();
      }
    } finally {
      pack.close();
    }
  }
}

/** An object of a pack, with those that are made of it. */
interface Node {
  readonly offset: number;
  readonly header: PackedHeader;
  readonly children: Node[];
}

interface MadeText {
  /** Undefined for one that only others are made of. */
  readonly object: string | undefined;
  readonly content: Buffer;
}

/** Yields texts before those that are made of them. */
function* textsOf(
  pack: OpenPack,
  places: ReadonlyMap<number, string>,
  maxBytes: number,
): Generator<MadeText> {
  const space = new Space();
  const waiting: { readonly node: Node; readonly base: Text | undefined }[] = [];
  for (const node of rootsOf(pack, places.keys())) {
    waiting.push({ node, base: undefined });
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      const { node: own, base } = next;
      const text = textOf(pack, own, base?.bytes, space, maxBytes);
      if (base !== undefined) space.free(base);
      if (text === undefined) continue;
      yield { object: places.get(own.offset), content: text.bytes };
      text.users = space.held > MAX_HELD ? 0 : own.children.length;
      if (text.users === 0) space.release(text);
      else for (const child of own.children) waiting.push({ node: child, base: text });
    }
  }
}

/** Returns the blobs that are no deltas of which the objects at these offsets are made, down to them. */
function rootsOf(pack: OpenPack, offsets: Iterable<number>): readonly Node[] {
  const nodes = new Map<number, Node>();
  const roots: Node[] = [];
  for (const offset of offsets) {
    let child: Node | undefined;
    for (let at: number | undefined = offset; at !== undefined; ) {
      const known = nodes.get(at);
      if (known !== undefined) {
        if (child !== undefined) known.children.push(child);
        break;
      }
      const header = pack.headerAt(at);
      if (header === undefined) break;
      const node: Node = { offset: at, header, children: child === undefined ? [] : [child] };
      nodes.set(at, node);
      if (header.kind === 'blob') roots.push(node);
      child = node;
      at = header.base;
    }
  }
  return roots;
}

function textOf(
  pack: OpenPack,
  { offset, header }: Node,
  base: Buffer | undefined,
  space: Space,
  maxBytes: number,
): Text | undefined {
  if (header.size > maxBytes) return undefined;
  const content = pack.contentAt(offset, header);
  if (content === undefined || header.kind === 'blob')
    return content === undefined ? undefined : space.hold(content);
  const delta = readDeltaSizes(content);
  if (base === undefined || delta === undefined || delta.size > maxBytes) return undefined;
  const text = space.take(delta.size);
  if (applyDelta(base, content, delta, text.bytes)) return text;
  space.release(text);
  return undefined;
}

interface Text {
  readonly bytes: Buffer;
  /** What is used again; undefined for bytes that may share their memory with others. */
  readonly memory: ArrayBuffer | undefined;
  /** How many texts have yet to be made of it. */
  users: number;
}

const MOST_SPARE = 8;

/** The memory of texts, used again and again: the collector frees such large parts too late. */
class Space {
  readonly #spare: ArrayBuffer[] = [];
  held = 0;

  take(size: number): Text {
    const at = this.#spare.findIndex(({ byteLength }) => byteLength >= size);
    const [memory = new ArrayBuffer(Math.ceil(size * 1.25))] = at === -1 ? [] : this.#spare.splice(at, 1);
    return this.#hold(Buffer.from(memory, 0, size), memory);
  }

  hold(bytes: Buffer): Text {
    return this.#hold(bytes, undefined);
  }

  #hold(bytes: Buffer, memory: ArrayBuffer | undefined): Text {
    this.held += bytes.length;
    return { bytes, memory, users: 0 };
  }

  free(text: Text): void {
    text.users--;
    if (text.users === 0) this.release(text);
  }

  release({ bytes, memory }: Text): void {
    this.held -= bytes.length;
    if (memory !== undefined && this.#spare.length < MOST_SPARE) this.#spare.push(memory);
  }
}
