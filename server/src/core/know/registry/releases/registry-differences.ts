import semver from 'semver';
import type { LockEntry, Lockfile } from '../../../read/lockfile/model/lockfile.ts';
import { readTarballUrl } from '../../../read/lockfile/model/tarball-url.ts';
import { hashList, readHash } from '../../../read/lockfile/record/hash-list.ts';
import { recordOf } from '../../../read/lockfile/record/lock-record.ts';
import { specOfLockfile } from '../../../read/manager/manager-of-lockfile.ts';
import { canonicalUrl } from '../../../read/text/paths/canonical-url.ts';
import type { Span } from '../../../read/text/span.ts';
import type { PackumentVersion } from '../documents/packument.ts';

/** A fact of a lockfile entry that differs from its registry. */
export interface RegistryDifference {
  readonly what:
    | 'hash'
    | 'algorithm'
    | 'url'
    | 'dependency'
    | 'specifier'
    | 'missing'
    | 'bin'
    | 'script'
    | 'engines';
  /** The value in the entry: an algorithm, a URL, the name of a dependency, command or engine. */
  readonly here: string;
  /** The registry's value instead; undefined for nothing. */
  readonly there: string | undefined;
  readonly span: Span;
}

/**
 * Yields the differences between an entry of a registry package and the registry's document of that version, most
 * severe first. Compares only what the format copies from that document, and only what the registry provides.
 */
export function* registryDifferences(
  entry: LockEntry,
  lockfile: Lockfile,
  published: PackumentVersion,
): Generator<RegistryDifference, void> {
  yield* differentHashes(entry, published);
  yield* differentUrl(entry, published);
  yield* differentDependencies(entry, lockfile, published);
  yield* differentBins(entry, lockfile, published);
  const { details } = recordOf(entry);
  const isForAll = entry.os.length + entry.cpu.length + entry.libc.length === 0;
  // npm may lock packages for another platform without having inspected them.
  const isUnflagged = lockfile.recordsInstallScripts && entry.hasInstallScript === false && isForAll;
  if (isUnflagged && published.hasInstallScript === true) {
    yield { what: 'script', here: 'none', there: 'script', span: entry.keySpan };
  }
  for (const [engine, range] of details.engines ?? []) {
    const given = published.engines.get(engine);
    if (given?.trim() === range.trim() || (given === undefined && published.engines.size === 0)) continue;
    yield { what: 'engines', here: engine, there: given, span: memberSpan(lockfile, entry, 'engines') };
  }
}

/** Every hash of the entry has to be one that the registry provides, including the registry's strongest algorithm. */
function* differentHashes(
  entry: LockEntry,
  { proof }: PackumentVersion,
): Generator<RegistryDifference, void> {
  const given = new Map<string, Set<string>>();
  const add = ({ algorithm, digest }: { readonly algorithm: string; readonly digest: string }) =>
    given.set(algorithm, (given.get(algorithm) ?? new Set()).add(digest));
  for (const text of proof?.integrity?.split(/\s+/) ?? []) if (text !== '') add(readHash(text));
  if (proof?.shasum !== undefined) add({ algorithm: 'sha1', digest: proof.shasum.toLowerCase() });
  given.delete('unknown');
  // No registry knows the hash of Yarn's own zip.
  const hashes = hashList(entry).filter(({ algorithm }) => !algorithm.startsWith('zip '));
  if (given.size === 0 || hashes.length === 0) return;
  for (const { algorithm, digest, span } of hashes) {
    const expected = given.get(algorithm);
    if (expected?.has(digest) === true) continue;
    const there = proof?.integrity ?? (expected === undefined ? undefined : [...expected][0]);
    if (expected !== undefined) yield { what: 'hash', here: algorithm, there, span };
    else if (!hashes.some((other) => given.get(other.algorithm)?.has(other.digest) === true))
      yield { what: 'algorithm', here: algorithm, there, span };
  }
}

/** Hosts are compared with the configuration elsewhere: this checks whether it is that version's file. */
function* differentUrl(entry: LockEntry, { tarball }: PackumentVersion): Generator<RegistryDifference, void> {
  const { url, text } = recordOf(entry).source;
  const given = tarball === undefined ? undefined : canonicalUrl(tarball);
  if (url === undefined || text === undefined || given === undefined || url.href === given.href) return;
  const [here, there] = [url, given].map((one) => (one.query === '' ? readTarballUrl(one) : undefined));
  if (there === undefined && (url.host !== given.host || url.port !== given.port)) return;
  if (here !== undefined && here.name === there?.name && here.file === there.file) return;
  yield { what: 'url', here: url.href, there: given.href, span: text.span };
}

function* differentDependencies(
  entry: LockEntry,
  { format }: Lockfile,
  published: PackumentVersion,
): Generator<RegistryDifference, void> {
  // Yarn 2 and later add known missing dependencies, and pnpm what the project configures.
  if (!specOfLockfile(format).lockfile.recordsRanges || entry.checksum?.kind === 'yarn-zip') return;
  const { dependencies, optionalDependencies, peerDependencies } = published;
  const maps = [dependencies, optionalDependencies, peerDependencies];
  const seen = new Set<string>();
  for (const { section, name, nameSpan, specifier } of entry.edges) {
    seen.add(name);
    if (section === 'devDependencies') continue;
    const given = maps.flatMap((map) => map.get(name) ?? []);
    if (given.length === 0) yield { what: 'dependency', here: name, there: undefined, span: nameSpan };
    else if (!given.some((text) => isSameSpecifier(text, specifier.value)))
      yield { what: 'specifier', here: name, there: given[0], span: specifier.span };
  }
  // npm copies these unchanged.
  if (format !== 'package-lock' && format !== 'npm-shrinkwrap') return;
  if (!entry.key.startsWith('node_modules/') && !entry.key.includes('/node_modules/')) return;
  for (const name of dependencies.keys()) {
    if (!seen.has(name))
      yield { what: 'missing', here: name, there: dependencies.get(name), span: entry.keySpan };
  }
}

function isSameSpecifier(a: string, b: string): boolean {
  if (a.trim() === b.trim()) return true;
  const [left, right] = [a, b].map((text) => semver.validRange(text));
  return left !== null && left === right;
}

function* differentBins(
  entry: LockEntry,
  lockfile: Lockfile,
  { bins }: PackumentVersion,
): Generator<RegistryDifference, void> {
  for (const command of recordOf(entry).details.bin?.keys() ?? []) {
    // pnpm records only whether there are any.
    if (command === '' || bins.includes(command)) continue;
    yield { what: 'bin', here: command, there: undefined, span: memberSpan(lockfile, entry, 'bin') };
  }
}

/** Returns the span of the key of an entry's member, in whichever form the format writes it. */
function memberSpan({ text }: Lockfile, { span, keySpan }: LockEntry, name: string): Span {
  const own = text.slice(span.start, span.end);
  const found = new RegExp(`"${name}"(?=\\s*:)|\\b${name}(?=:)`).exec(own);
  if (found === null) return keySpan;
  const start = span.start + found.index;
  return { start, end: start + found[0].length };
}
