import { ownCopy } from '../../read/text/own-copy.ts';
import type { Advisory, AdvisorySource } from './advisory.ts';
import type { AdvisoryIndex } from './advisory-index.ts';
import { ByteReader } from './index-format/byte-reader.ts';
import { checksum } from './index-format/checksum.ts';
import { readId } from './index-format/id-code.ts';
import { FORMAT, HEADER, MAGIC, MAX_BUCKET_BITS, SUMMED_FROM } from './index-format/layout.ts';
import { nameHash } from './index-format/name-hash.ts';
import { readReport } from './index-format/report-code.ts';
import { readKeys } from './index-format/version-code.ts';
import { NO_KEY, releaseKey } from './reports/release-key.ts';
import { ReportedAdvisory } from './reports/reported-advisory.ts';

/** The index, or why the bytes are invalid: a clause. */
export type OpenIndexResult = { readonly index: AdvisoryIndex } | { readonly problem: string };

const NONE: readonly never[] = [];

/** More names than the largest workspaces have. */
const MOST_MISSES = 50_000;

/**
 * Opens what `buildIndex` made, reading only its header and checksum. Whatever the bytes are, neither it nor its result
 * throws. The bytes must not change afterwards.
 */
export function openIndex(bytes: Uint8Array, source: AdvisorySource): OpenIndexResult {
  const problem = problemOf(bytes);
  return problem === undefined ? { index: new BytesIndex(bytes, source) } : { problem };
}

function problemOf(bytes: Uint8Array): string | undefined {
  if (bytes.length < HEADER.size || !startsWithMagic(bytes)) return 'it is not an advisory index';
  const view = viewOf(bytes);
  const format = view.getUint32(HEADER.format, true);
  if (format !== FORMAT)
    return format > FORMAT
      ? 'a newer version of dephygiene wrote it'
      : 'an older version of dephygiene wrote it';
  if (view.getUint32(HEADER.length, true) !== bytes.length) return 'it is not complete';
  if (view.getUint32(HEADER.checksum, true) !== checksum(bytes, SUMMED_FROM)) return 'it is damaged';
  const bits = view.getUint32(HEADER.bucketBits, true);
  const isSound = bits >= 1 && bits <= MAX_BUCKET_BITS && HEADER.size + 4 * (2 ** bits + 1) <= bytes.length;
  return isSound ? undefined : 'it is damaged';
}

function startsWithMagic(bytes: Uint8Array): boolean {
  for (let at = 0; at < MAGIC.length; at++) if (bytes[at] !== MAGIC.charCodeAt(at)) return false;
  return true;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

class BytesIndex implements AdvisoryIndex {
  readonly source: AdvisorySource;
  readonly asOf: number | undefined;
  readonly completeTo: number | undefined;
  readonly records: number;
  readonly packages: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #bits: number;
  /** By requested name, found or not: those of a lockfile are looked up repeatedly. In strings of their own. */
  readonly #known = new Map<string, readonly ReportedAdvisory[]>();
  #misses = 0;
  #withdrawn: ReadonlySet<string> | undefined;

  constructor(bytes: Uint8Array, source: AdvisorySource) {
    const view = viewOf(bytes);
    const asOf = view.getFloat64(HEADER.asOf, true);
    this.source = source;
    this.asOf = Number.isFinite(asOf) ? asOf : undefined;
    const completeTo = view.getFloat64(HEADER.completeTo, true);
    this.completeTo = Number.isFinite(completeTo) ? completeTo : undefined;
    this.records = view.getUint32(HEADER.records, true);
    this.packages = view.getUint32(HEADER.packages, true);
    this.#bytes = bytes;
    this.#view = view;
    this.#bits = view.getUint32(HEADER.bucketBits, true);
  }

  of(name: string): readonly ReportedAdvisory[] {
    return this.#known.get(name) ?? this.#find(name);
  }

  affecting(name: string, version: string): readonly Advisory[] {
    const all = this.of(name);
    if (all.length === 0) return NONE;
    const key = releaseKey(version);
    let found: Advisory[] | undefined;
    for (const advisory of all) {
      const verdict = key === NO_KEY ? advisory.affects(version) : advisory.affectsRelease(key);
      if (verdict !== 'yes') continue;
      if (found === undefined) found = [advisory];
      else found.push(advisory);
    }
    return found ?? NONE;
  }

  isWithdrawn(id: string): boolean {
    this.#withdrawn ??= this.#readWithdrawn();
    return this.#withdrawn.has(id);
  }

  *names(): Generator<string> {
    const reader = new ByteReader(this.#bytes, this.#bucketStart(0));
    const end = this.#entriesEnd(2 ** this.#bits - 1);
    while (reader.at < end) {
      reader.byte();
      const length = reader.count();
      const next = reader.at + length;
      yield reader.text();
      reader.at = next;
    }
  }

  #bucketStart(bucket: number): number {
    return this.#view.getUint32(HEADER.size + 4 * bucket, true);
  }

  #entriesEnd(bucket: number): number {
    return Math.min(this.#bucketStart(bucket + 1), this.#bytes.length);
  }

  #find(name: string): readonly ReportedAdvisory[] {
    const bytes = this.#bytes;
    const hash = nameHash(name);
    const bucket = hash >>> (32 - this.#bits);
    const end = this.#entriesEnd(bucket);
    let at = this.#bucketStart(bucket);
    while (at < end) {
      const mark = bytes[at++]!;
      // Nearly always a number of up to two bytes; larger ones are left to the reader.
      let length = bytes[at++]!;
      if (length >= 128) {
        const reader = new ByteReader(bytes, at - 1);
        length = reader.number();
        at = reader.at;
      }
      if (mark === (hash & 0xff) && this.#isNamed(at, name))
        return this.#read(at, Math.min(at + length, end));
      at += length;
    }
    this.#cacheMiss(name);
    return NONE;
  }

  #cacheMiss(name: string): void {
    if (++this.#misses > MOST_MISSES) {
      for (const [known, found] of this.#known) if (found === NONE) this.#known.delete(known);
      this.#misses = 1;
    }
    this.#known.set(ownCopy(name), NONE);
  }

  #isNamed(at: number, name: string): boolean {
    const bytes = this.#bytes;
    const length = bytes[at]!;
    if (length === name.length && length < 128) {
      for (let unit = 0; unit < length; unit++) {
        const code = name.charCodeAt(unit);
        if (code >= 128) break;
        if (bytes[at + 1 + unit] !== code) return false;
        if (unit === length - 1) return true;
      }
    }
    return new ByteReader(bytes, at).text() === name;
  }

  #read(start: number, end: number): readonly ReportedAdvisory[] {
    const bytes = this.#bytes;
    const entry = new ByteReader(bytes, start, end);
    const name = entry.text();
    const advisories: ReportedAdvisory[] = [];
    while (entry.at < end) {
      const length = entry.count();
      const { at } = entry;
      entry.at += length;
      const report = () => new ByteReader(bytes, at, at + length);
      const versions = readKeys(report());
      advisories.push(new ReportedAdvisory(name, this.source, versions, () => readReport(report(), name)));
    }
    this.#known.set(name, advisories);
    return advisories;
  }

  #readWithdrawn(): ReadonlySet<string> {
    const reader = new ByteReader(this.#bytes, this.#view.getUint32(HEADER.withdrawn, true));
    const ids = new Set<string>();
    for (let left = reader.count(); left > 0; left--) ids.add(readId(reader));
    return ids;
  }
}
