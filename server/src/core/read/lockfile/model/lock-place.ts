import { type Span, touches } from '../../text/span.ts';
import { BunLockEntry } from '../bun/bun-lock-entry.ts';
import { NpmV1Entry } from '../npm-v1/npm-v1-entry.ts';
import type { PnpmEdge } from '../pnpm/pnpm-edge.ts';
import { PnpmLockEntry } from '../pnpm/pnpm-lock-entry.ts';
import { YarnTapeEntry } from '../yarn/yarn-tape-entry.ts';
import { BerryLockEntry } from '../yarn-berry/berry-lock-entry.ts';
import type { LockEdge, LockEntry, Lockfile } from './lockfile.ts';

/** The item at a position in a lockfile. `token` is the token under the cursor. */
export type LockPlace =
  | { readonly type: 'entry'; readonly entry: LockEntry; readonly token: Span }
  /** The root or a member, at its key. */
  | { readonly type: 'importer'; readonly path: string; readonly entry: LockEntry; readonly token: Span }
  /** A dependency that the entry or importer `from` declares. */
  | { readonly type: 'edge'; readonly from: LockEntry; readonly edge: LockEdge; readonly token: Span };

/** Finds the entry, importer or edge at an offset: at its key, version, URL, hash, name or range. */
export function lockPlaceAt(lockfile: Lockfile, offset: number): LockPlace | undefined {
  for (const [path, importer] of lockfile.importers) {
    if (!touches(importer.span, offset)) continue;
    const place = edgeAt(importer, importer.edges, offset);
    if (place !== undefined) return place;
    const { keySpan } = importer;
    if (keySpan.end > keySpan.start && touches(keySpan, offset)) {
      return { type: 'importer', path, entry: importer, token: keySpan };
    }
  }
  const entry = innermost(lockfile.entries, offset) ?? innermost(lockfile.links, offset);
  if (entry !== undefined) return inEntry(entry, offset);
  for (const one of lockfile.entries) {
    const snapshot = one instanceof PnpmLockEntry ? one.snapshotAt(offset) : undefined;
    if (snapshot === undefined) continue;
    const place = edgeAt(one, snapshot.edges, offset);
    if (place !== undefined) return place;
    if (touches(snapshot.keySpan, offset)) return { type: 'entry', entry: one, token: snapshot.keySpan };
  }
  return undefined;
}

/** Returns the edges of an entry in every place that lists them: each snapshot of pnpm has its own. */
export function edgesEverywhere(entry: LockEntry): readonly LockEdge[] {
  if (entry instanceof PnpmLockEntry && entry.snapshotNodes.length > 1) {
    return entry.snapshots.flatMap(({ edges }) => edges);
  }
  return entry.edges;
}

/** Returns the span of the entry without what npm 6 nests in it. */
export function ownSpan(entry: LockEntry): Span {
  if (!(entry instanceof NpmV1Entry) || !entry.hasNested) return entry.span;
  const ends = tokensOf(entry).map((span) => span?.end ?? 0);
  return { start: entry.span.start, end: Math.max(...ends) };
}

/** Returns what an edge shows of its package's manifest. pnpm records only the locked version, except for peers. */
export function declaredBy(from: LockEntry, { section, specifier }: LockEdge): string | undefined {
  return from instanceof PnpmLockEntry && section !== 'peerDependencies' ? undefined : specifier.value;
}

/** Returns the innermost entry, which begins last: npm 6 nests entries. */
function innermost(entries: readonly LockEntry[], offset: number): LockEntry | undefined {
  let found: LockEntry | undefined;
  let start = -1;
  for (const entry of entries) {
    const { span } = entry;
    if (touches(span, offset) && span.start > start) {
      found = entry;
      start = span.start;
    }
  }
  return found;
}

function inEntry(entry: LockEntry, offset: number): LockPlace | undefined {
  const place = edgeAt(entry, entry.edges, offset);
  if (place !== undefined) return place;
  const token = tokensOf(entry).find((span) => span !== undefined && touches(span, offset));
  return token === undefined ? undefined : { type: 'entry', entry, token };
}

/** Returns tokens narrowest first, because they may be nested. */
function tokensOf(entry: LockEntry): readonly (Span | undefined)[] {
  const { keySpan, version, resolved, integrity, checksum } = entry;
  return [
    ...(entry instanceof YarnTapeEntry ? entry.descriptors.map(({ span }) => span) : []),
    keySpan,
    version?.span,
    resolved?.span,
    integrity?.span,
    checksum?.span,
    entry instanceof BerryLockEntry ? entry.resolution.span : undefined,
    entry instanceof BunLockEntry ? entry.specifierSpan : undefined,
  ];
}

function edgeAt(from: LockEntry, edges: readonly LockEdge[], offset: number): LockPlace | undefined {
  for (const edge of edges) {
    const token = edgeTokens(edge).find((span) => span !== undefined && touches(span, offset));
    if (token !== undefined) return { type: 'edge', from, edge, token };
  }
  return undefined;
}

/**
 * Returns the span from its name to the end of the value beside it. Older pnpm lockfiles have the declared specifier in
 * another place.
 */
export function edgeSpan(edge: LockEdge): Span {
  const { nameSpan, specifier } = edge;
  const beside = 'version' in edge ? pnpmVersion(edge) : specifier;
  return { start: nameSpan.start, end: Math.max(nameSpan.end, beside?.span.end ?? 0) };
}

function edgeTokens(edge: LockEdge): readonly (Span | undefined)[] {
  return [edge.nameSpan, edge.specifier.span, pnpmVersion(edge)?.span];
}

/** In pnpm, an importer's edge has the locked version beside the declared specifier. */
function pnpmVersion(edge: LockEdge): PnpmEdge['version'] {
  return 'version' in edge ? (edge as PnpmEdge).version : undefined;
}
