import type { Message } from 'vscode-languageserver/node';

/** Shorter lists are not worth keeping. */
const FEW = 32;
/** The number of lists kept: of the documents that somebody switches between. */
const MOST_LISTS = 4;

type ListKey = 'diagnostics' | 'items';

/** A list of diagnostics in a message, and the message without it. */
interface Split {
  readonly key: ListKey;
  readonly list: readonly object[];
  readonly shell: object;
}

/** A written list: its items, each followed by a comma. */
interface Written {
  readonly list: readonly object[];
  readonly bytes: Buffer;
  /** The start of each item, and the end of the last one. */
  readonly starts: Int32Array;
}

/**
 * Returns a writer of messages as JSON in UTF-8, byte for byte as `JSON.stringify` does. Clients get all diagnostics of a
 * file on each key press, nearly all of them the same objects as before: bytes that a list shares with an earlier one at
 * its ends are copied.
 *
 * @returns the parts of the message, to be written one after the other
 */
export function createMessageJson(): (message: Message) => readonly Uint8Array[] {
  let recent: readonly Written[] = [];

  return (message) => {
    const split = splitOf(message);
    if (split === undefined) return [Buffer.from(JSON.stringify(message))];
    const { key, list, shell } = split;
    const text = JSON.stringify(shell);
    // Within a string the quotes would be escaped, so this is the member.
    const at = text.indexOf(`"${key}":[]`) + `"${key}":[`.length;
    const before = recent.find((each) => each.list[0] === list[0] || each.list.at(-1) === list.at(-1));
    const written = writeList(list, before);
    recent = [written, ...recent.filter((each) => each !== before)].slice(0, MOST_LISTS);
    return [Buffer.from(text.slice(0, at)), written.bytes.subarray(0, -1), Buffer.from(text.slice(at))];
  };
}

function writeList(list: readonly object[], before: Written = NOTHING): Written {
  const old = before.list;
  const shorter = Math.min(list.length, old.length);
  let start = 0;
  while (start < shorter && list[start] === old[start]) start++;
  if (start === list.length && start === old.length) return before;
  let end = 0;
  while (end < shorter - start && list[list.length - 1 - end] === old[old.length - 1 - end]) end++;

  const texts: string[] = [];
  for (let at = start; at < list.length - end; at++) texts.push(JSON.stringify(list[at]));
  const middle = Buffer.from(texts.map((text) => `${text},`).join(''));
  const oldStart = before.starts[start]!;
  const oldEnd = before.starts[old.length - end]!;
  const size = oldStart + middle.length + (before.starts[old.length]! - oldEnd);
  const bytes = Buffer.allocUnsafeSlow(size);
  before.bytes.copy(bytes, 0, 0, oldStart);
  bytes.set(middle, oldStart);
  before.bytes.copy(bytes, oldStart + middle.length, oldEnd);

  const starts = new Int32Array(list.length + 1);
  starts.set(before.starts.subarray(0, start + 1));
  for (const [at, text] of texts.entries()) {
    starts[start + at + 1] = starts[start + at]! + Buffer.byteLength(text) + 1;
  }
  const grown = oldStart + middle.length - oldEnd;
  for (let at = 1; at <= end; at++)
    starts[list.length - end + at] = before.starts[old.length - end + at]! + grown;
  return { list, bytes, starts };
}

const NOTHING: Written = { list: [], bytes: Buffer.alloc(0), starts: new Int32Array(1) };

/** Splits published diagnostics, and the answer about one document. */
function splitOf(message: Message & { params?: unknown; result?: unknown }): Split | undefined {
  const { params, result } = message;
  const published = listIn(params, 'diagnostics');
  if (published !== undefined) {
    const shell = { ...message, params: { ...(params as object), diagnostics: [] } };
    return { key: 'diagnostics', list: published, shell };
  }
  const answered = listIn(result, 'items');
  if (answered === undefined) return undefined;
  return {
    key: 'items',
    list: answered,
    shell: { ...message, result: { ...(result as object), items: [] } },
  };
}

function listIn(value: unknown, key: ListKey): readonly object[] | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const list = (value as Readonly<Record<string, unknown>>)[key];
  if (!Array.isArray(list) || list.length < FEW) return undefined;
  // The protocol's lists have items of one kind each.
  const first: unknown = list[0];
  return typeof first === 'object' && first !== null && 'range' in first ? list : undefined;
}
