import { editLineTape } from '../../text/lines/edit-line-tape.ts';
import {
  blockEnd,
  type LineTape,
  type LineToken,
  lineKeyIs,
  lineOf,
  locatedValue,
} from '../../text/lines/line-tape.ts';
import { scanLines } from '../../text/lines/scan-lines.ts';
import type { Uri } from '../../text/paths/uri.ts';
import { type Located, START } from '../../text/span.ts';
import { lockfileStatus } from '../model/lockfile-status.ts';
import { shownText } from '../model/shown-text.ts';
import { unreadLockfile } from '../model/unread-lockfile.ts';
import { emptyYarnLockfile } from '../yarn/empty-yarn-lockfile.ts';
import { type EntryFormat, readEntries } from '../yarn/read-entries.ts';
import type { YarnLockfile } from '../yarn/yarn-lockfile.ts';
import { BerryGraph } from './berry-graph.ts';
import { BerryLockEntry } from './berry-lock-entry.ts';
import { type Locator, readLocator } from './locator.ts';
import { readBerryLine } from './read-berry-line.ts';

/** Versions of `__metadata` that Yarn 2.0 to 4.18 write. */
const OLDEST_VERSION = 4;
const NEWEST_VERSION = 10;

/** The length of a hexadecimal hash, after the cache key. */
const CHECKSUM_LENGTH = 128;

/** Reads a yarn.lock of Yarn 2 or later from any text. */
export function readYarnBerryLockfile(uri: Uri, text: string): YarnLockfile {
  return readBerryTape(uri, scanLines(text, readBerryLine));
}

function readBerryTape(uri: Uri, tape: LineTape): YarnLockfile {
  const { text } = tape;
  const formatVersion = metadataOf(tape, 'version');
  const cacheKey = metadataOf(tape, 'cacheKey')?.value ?? '';
  const unsupported = unsupportedReason(formatVersion?.value);
  if (unsupported !== undefined) {
    return emptyYarnLockfile(
      unreadLockfile(uri, text, 'yarn', { status: 'unsupported', reason: unsupported, formatVersion }),
    );
  }
  const { all, index, unread, problems } = readEntries(tape, formatWith(cacheKey));
  const entries: BerryLockEntry[] = [];
  const links: BerryLockEntry[] = [];
  const importers = new Map<string, BerryLockEntry>();
  for (const entry of all) {
    if (entry.locator.kind === 'workspace') importers.set(importerPath(entry.locator), entry);
    else (isDownloaded(entry.locator) ? entries : links).push(entry);
  }
  const graph = new BerryGraph(index, importers, all);
  const entriesTotal = entries.length + unread + tape.lostBlocks;
  const allProblems = [...tape.problems, ...problems];
  if (allProblems.length === 0 && (formatVersion === undefined || all.length === 0)) {
    // The project itself is an entry, so Yarn always writes at least one.
    const message = all.length === 0 ? 'it has no entries' : 'it has no "__metadata" with a version';
    allProblems.push({ message, span: START });
  }
  if (importers.size > 0 && !importers.has('')) {
    allProblems.push({ kind: 'missing', message: 'the project itself has no entry', span: START });
  }
  return {
    kind: 'lockfile',
    format: 'yarn',
    uri,
    text,
    formatVersion,
    ...lockfileStatus(text, allProblems, { read: all.length, entries: entries.length, total: entriesTotal }),
    entries,
    entriesTotal,
    importers,
    links,
    cacheKey,
    recordsInstallScripts: false,
    recordsEdges: true,
    entry: (key) => index.byKey(key),
    named: (name) => index.named(name),
    resolve: (importerPath, name, declared) => graph.resolve(importerPath, name, declared),
    follow: (from, edge, replaced) => graph.follow(from, edge, replaced),
    origin: (entry) => graph.origin(entry),
    edited(after, edit) {
      const next = editLineTape(tape, after, edit, readBerryLine);
      // Without a version it may be mistaken for one of Yarn 1.
      const isBerry = next !== undefined && metadataOf(next, 'version') !== undefined;
      return isBerry ? readBerryTape(uri, next) : undefined;
    },
  };
}

const FORMAT: Omit<EntryFormat<BerryLockEntry>, 'create'> = {
  values: ['version', 'resolution', 'checksum', 'conditions', 'languageName', 'linkType'],
  blocks: ['dependencies', 'peerDependencies', 'dependenciesMeta', 'peerDependenciesMeta', 'bin'],
  needed: ['version', 'resolution', 'linkType'],
  isOther: isMetadata,
  identity: 'resolution',
  isCut(tape, line) {
    const value = locatedValue(tape, line)?.value ?? '';
    if (lineKeyIs(tape, line, 'checksum')) return value.length - value.lastIndexOf('/') - 1 < CHECKSUM_LENGTH;
    return lineKeyIs(tape, line, 'linkType') && value !== 'hard' && value !== 'soft';
  },
};

function formatWith(cacheKey: string): EntryFormat<BerryLockEntry> {
  return {
    ...FORMAT,
    create(tape, line, end, resolution) {
      const locator = readLocator(locatedValue(tape, resolution)?.value ?? '');
      if (locator === undefined) return undefined;
      return new BerryLockEntry(tape, line, end, resolution, locator, cacheKey);
    },
  };
}

/** Checks whether Yarn itself downloads or packs it: a patched copy is made from another entry's. */
function isDownloaded({ kind }: Locator): boolean {
  return kind === 'npm' || kind === 'git' || kind === 'tarball' || kind === 'file';
}

/** Returns the member's folder as in other lockfiles: "" for the root. */
function importerPath({ reference }: Locator): string {
  const path = reference.slice('workspace:'.length);
  return path === '.' ? '' : path;
}

function isMetadata({ text, records }: LineTape, line: LineToken): boolean {
  return records[line + 1]! - records[line]! === 10 && text.startsWith('__metadata', records[line]!);
}

function metadataOf(tape: LineTape, name: string): Located<string> | undefined {
  for (let line = 0; line < tape.records.length; line = blockEnd(tape, line)) {
    if (isMetadata(tape, line)) return locatedValue(tape, lineOf(tape, line, blockEnd(tape, line), name));
  }
  return undefined;
}

function unsupportedReason(version: string | undefined): string | undefined {
  if (version === undefined) return undefined;
  const number = /^\d{1,4}$/.test(version) ? Number(version) : 0;
  if (number >= OLDEST_VERSION && number <= NEWEST_VERSION) return undefined;
  const said = `Version ${shownText(version, 20)} of Yarn's lockfile is`;
  return number > NEWEST_VERSION
    ? `${said} newer than ${NEWEST_VERSION}, the latest supported one; update dephygiene.`
    : `${said} not supported, only ${OLDEST_VERSION} to ${NEWEST_VERSION} are; run yarn install with Yarn 4 to rewrite the file.`;
}
