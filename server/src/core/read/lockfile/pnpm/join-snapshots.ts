import type { Span } from '../../text/span.ts';
import { isSame, type TextBytes, WIDE } from '../../text/text-bytes.ts';
import { shownText } from '../model/shown-text.ts';
import { type FindKey, MISSING } from './key-table.ts';
import { packageKeyOf } from './pnpm-keys.ts';
import type { PnpmLockEntry } from './pnpm-lock-entry.ts';
import { isQuote } from './yaml-lexis.ts';
import { isMapping, keyOf, keySpan, type Node, type YamlTape } from './yaml-tape.ts';

/** The members of `packages`, and their entries: undefined for unreadable ones. */
export interface Packages {
  readonly nodes: readonly Node[];
  readonly byNumber: readonly (PnpmLockEntry | undefined)[];
  readonly find: FindKey;
}

/** Returns the numbers of an entry's snapshots by the entry's number. */
export type NumbersOf = (entry: number) => readonly number[];

/**
 * Finds the entry that each snapshot belongs to. pnpm writes both in one order, so that the next entry is nearly always
 * the right one.
 */
export function joinSnapshots(
  tape: YamlTape,
  bytes: TextBytes,
  snapshots: readonly Node[],
  { nodes, byNumber, find }: Packages,
  report: (message: string, span: Span) => void,
): NumbersOf {
  const owners = new Int32Array(snapshots.length);
  const joined = new Uint8Array(nodes.length);
  let near = 0;
  for (const [number, node] of snapshots.entries()) {
    owners[number] = MISSING;
    if (!isMapping(tape, node)) report('a snapshot must be a mapping', keySpan(tape, node));
    if (near + 1 < nodes.length && isSnapshotOf(tape, bytes, node, nodes[near + 1]!)) near++;
    else if (near >= nodes.length || !isSnapshotOf(tape, bytes, node, nodes[near]!)) {
      const key = packageKeyOf(keyOf(tape, node));
      const found = find(key);
      if (found === MISSING) {
        report(`${shownText(key)} is not in "packages"`, keySpan(tape, node));
        continue;
      }
      near = found;
    }
    joined[near] = 1;
    owners[number] = near;
  }
  for (const [number, node] of nodes.entries()) {
    // An unreadable entry is already reported.
    if (joined[number] === 0 && byNumber[number] !== undefined) {
      report(`${shownText(keyOf(tape, node))} is not in "snapshots"`, keySpan(tape, node));
    }
  }
  let groups: readonly (readonly number[])[] | undefined;
  return (entry) => {
    groups ??= groupsOf(owners, nodes.length);
    return groups[entry]!;
  };
}

function groupsOf(owners: Int32Array, count: number): readonly (readonly number[])[] {
  const groups: number[][] = Array.from({ length: count }, () => []);
  for (const [snapshot, owner] of owners.entries()) if (owner !== MISSING) groups[owner]!.push(snapshot);
  return groups;
}

/**
 * Checks whether the snapshot's key is that of the package, with or without peers after it; false if that needs a
 * closer look.
 */
function isSnapshotOf({ records }: YamlTape, both: TextBytes, snapshot: Node, entry: Node): boolean {
  const { bytes } = both;
  const quote = isQuote(bytes[records[snapshot]!]!) ? 1 : 0;
  const entryQuote = isQuote(bytes[records[entry]!]!) ? 1 : 0;
  const start = records[snapshot]! + quote;
  const end = records[snapshot + 1]! - quote;
  const entryStart = records[entry]! + entryQuote;
  const length = records[entry + 1]! - entryQuote - entryStart;
  if (length > end - start || !isSame(both, start, entryStart, length)) return false;
  for (let at = entryStart; at < entryStart + length; at++) {
    if (bytes[at] === OPEN || bytes[at] === WIDE) return false;
  }
  const at = start + length;
  return at === end || (bytes[at] === OPEN && bytes[end - 1] === CLOSE);
}

const OPEN = 40;
const CLOSE = 41;
