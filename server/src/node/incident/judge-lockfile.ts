import type { BadVersions } from '../../core/know/incident/bad-versions.ts';
import {
  CLEAN,
  findBadEntries,
  type LockedVersion,
  type LockVerdict,
} from '../../core/know/incident/find-bad-entries.ts';
import { lockfileKindOf, readLockfile } from '../../core/read/lockfile/detect.ts';
import type { Lockfile } from '../../core/read/lockfile/model/lockfile.ts';
import { joinUri } from '../../core/read/text/paths/uri.ts';
import type { Span } from '../../core/read/text/span.ts';
import { isEnded, partAlone } from './entry-alone.ts';
import type { Part } from './entry-around.ts';
import type { KnownEntries, PlacedHit } from './known-entries.ts';
import { lockfileNameOf } from './lockfile-paths.ts';
import type { TextScan } from './text-scan.ts';

/** Judges the bytes of lockfiles. */
export interface LockfileJudge {
  /**
   * @param path ends with the name of the file, which decides the format
   * @param isWhole whether the verdict is by all of the text, and not by how it differs from the last one
   */
  judge(bytes: Buffer, path: string, isWhole?: boolean): LockVerdict;
}

const CHECKED = { status: 'checked', reason: undefined } as const;

/** The lockfiles whose last texts are kept. */
const MOST_PATHS = 6;

/** @param startScan starts a scan for the texts of one lockfile */
export function createLockfileJudge(
  bad: BadVersions,
  startScan: () => TextScan,
  entries: KnownEntries,
): LockfileJudge {
  const scans = new Map<string, { readonly scan: TextScan; last: LockVerdict | undefined }>();
  const scanOf = (path: string) => {
    const known = scans.get(path) ?? { scan: startScan(), last: undefined };
    scans.delete(path);
    scans.set(path, known);
    const [oldest] = scans.keys();
    if (scans.size > MOST_PATHS && oldest !== undefined) scans.delete(oldest);
    return known;
  };
  const readAlone = (format: string, entry: string, path: string): readonly LockedVersion[] | undefined => {
    const alone = partAlone(format, entry);
    if (alone?.type !== 'entry') return alone === undefined ? undefined : [];
    const lockfile = lockfileFrom(Buffer.from(alone.lockfile), path);
    if (lockfile === undefined || lockfile.entries.length === 0) return undefined;
    // What it depends on is not there.
    if (!lockfile.problems.every(({ kind }) => kind === 'missing')) return undefined;
    const { hits, unread } = findBadEntries(bad, { ...CHECKED, entries: lockfile.entries });
    return unread === undefined ? hits : undefined;
  };
  const read = (bytes: Buffer, path: string, scan: TextScan, isWhole: boolean): LockVerdict => {
    const format = formatOf(bytes, path);
    const parts = format === undefined ? undefined : scan.entries(bytes);
    if (format !== undefined && parts !== undefined && (!isWhole || parts.length === 0)) {
      const known = entries.verdictOf(format, bytes, parts, (entry) =>
        isEnded(bytes) ? readAlone(format, entry, path) : undefined,
      );
      if (known !== undefined) return known;
    }
    const lockfile = lockfileFrom(bytes, path);
    if (lockfile === undefined) return NO_TEXT;
    const placed: PlacedHit[] = [];
    const verdict = findBadEntries(bad, lockfile, ({ span }, version) =>
      placed.push({ version, ...bytesOf(lockfile.text, bytes, span) }),
    );
    if (format !== undefined && parts !== undefined && verdict.unread === undefined)
      entries.add(format, bytes, parts, placed, (entry) => readAlone(format, entry, path));
    return verdict;
  };
  return {
    judge(bytes, path, isWhole = false) {
      const isBinary = lockfileKindOf(lockfileNameOf(path) ?? '') === 'bun.lockb';
      if (!isBinary && bytes.includes(0)) return NO_TEXT;
      const known = scanOf(path);
      const result = known.scan.scan(bytes, isBinary, isWhole);
      if (isBinary) return result === 'none' ? CLEAN : { hits: [], unread: BINARY };
      // What could not be read may have been repaired anywhere.
      if (result === 'none') known.last = cleanOrUnread(bytes, path);
      else if (result === 'some' || known.last === undefined || known.last.unread !== undefined)
        known.last = read(bytes, path, known.scan, isWhole);
      return known.last;
    },
  };
}

/** Of texts in UTF-16 or encrypted ones, whose words are not found. */
const NO_TEXT: LockVerdict = { hits: [], unread: 'it is no text in UTF-8' };
const POINTER = 'version https://git-lfs.github.com/spec/';
const LOCKS_NOTHING = /^[\s\ufeff]*(?:\{\s*\})?\s*$/;
const LONGEST_EMPTY = 1024;

/**
 * Judges a text that names none of the packages. One that no package manager reads, such as a pointer of Git LFS, does not
 * say what was installed.
 */
function cleanOrUnread(bytes: Buffer, path: string): LockVerdict {
  if (formatOf(bytes, path) !== undefined) return CLEAN;
  if (bytes.length < LONGEST_EMPTY && LOCKS_NOTHING.test(bytes.toString('utf8'))) return CLEAN;
  if (bytes.toString('latin1', 0, POINTER.length) === POINTER)
    return { hits: [], unread: 'it is in Git LFS, and the repository has only a pointer to it' };
  const { status, reason } = lockfileFrom(bytes, path)!;
  if (status !== 'unreadable' && status !== 'unsupported') return CLEAN;
  return { hits: [], unread: `it is no lockfile: ${(reason ?? 'it is damaged').replace(/\.$/, '')}` };
}

const HEAD = 1024;
const FORMAT = /lockfileVersion["']?: *["']?[\d.]+|yarn lockfile v\d+|__metadata:\r?\n +version: *\d+/;
/** Old versions of pnpm write it in the middle. */
const FORMAT_LINE = '\nlockfileVersion:';

/** Returns which bytes a span of the text is. */
function bytesOf(text: string, bytes: Buffer, { start, end }: Span): Part {
  if (text.length === bytes.length) return { start, end };
  const before = bytes.length - Buffer.byteLength(text) + Buffer.byteLength(text.slice(0, start));
  return { start: before, end: before + Buffer.byteLength(text.slice(start, end)) };
}

/** Returns the file's name and what its text says of the format; undefined if it does not say so. */
function formatOf(bytes: Buffer, path: string): string | undefined {
  const inHead = FORMAT.exec(bytes.toString('latin1', 0, HEAD))?.[0];
  const line = inHead === undefined ? bytes.indexOf(FORMAT_LINE) : -1;
  const said = line === -1 ? inHead : FORMAT.exec(bytes.toString('latin1', line, line + HEAD))?.[0];
  return said === undefined ? undefined : `${lockfileNameOf(path)} ${said}`;
}

const BINARY = 'it is binary and names one of the packages: run bun install --save-text-lockfile';

/** Parses the bytes of a lockfile; undefined for what is no text, unless its format is binary. */
export function lockfileFrom(bytes: Buffer, path: string): Lockfile | undefined {
  const name = lockfileNameOf(path);
  const kind = name === undefined ? undefined : lockfileKindOf(name);
  if (name === undefined || kind === undefined) return undefined;
  if (kind === 'bun.lockb') return readLockfile(joinUri('file:///', name), '', kind);
  if (bytes.includes(0)) return undefined;
  const text = new TextDecoder('utf-8').decode(bytes);
  return readLockfile(joinUri('file:///', name), text, kind);
}
