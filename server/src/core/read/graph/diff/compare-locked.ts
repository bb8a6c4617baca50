import type { Lockfile } from '../../lockfile/model/lockfile.ts';
import { familyOf, keepTheSame } from '../../lockfile/model/lockfile-family.ts';
import type { InstalledSource } from '../../lockfile/record/installed-source.ts';
import { compareHashLists } from './compare-hash-lists.ts';
import { type DeclaredFact, declaredFacts, LIBC } from './declared-facts.ts';
import type { AlteredVersion } from './diff-types.ts';
import type { Locked } from './locked-packages.ts';
import { CONFIGURED } from './source-place.ts';

/** How the two lockfiles relate, the same for all packages. */
export interface Sides {
  readonly before: Lockfile;
  readonly after: Lockfile;
  /** Whether both write URLs and hashes in the same form. */
  readonly isOneFormat: boolean;
  /** Whether both record the same facts of what packages declare. */
  readonly keepsTheSame: boolean;
  /** Whether Yarn's cache key differs, which changes the hash of every zip. */
  readonly isOtherCache: boolean;
}

/** Returns how two lockfiles relate. */
export function sidesOf(before: Lockfile, after: Lockfile): Sides {
  return {
    before,
    after,
    isOneFormat: familyOf(before) === familyOf(after),
    keepsTheSame: keepTheSame(before, after),
    isOtherCache: cacheKeyOf(before) !== cacheKeyOf(after),
  };
}

function cacheKeyOf(lockfile: Lockfile): unknown {
  return 'cacheKey' in lockfile ? lockfile.cacheKey : undefined;
}

/**
 * Compares one version of a package in two lockfiles.
 * @param usual origins not worth reporting if only one of two formats records them
 */
export function* compareLocked(
  before: Locked,
  after: Locked,
  sides: Sides,
  usual: () => ReadonlySet<string>,
): Generator<AlteredVersion> {
  const { name, version } = after;
  const isNewPlace = !sides.isOneFormat && [...after.origins].some((origin) => !usual().has(origin));
  if (isNewPlace || isOtherSource(before, after, sides)) {
    const origins = otherOrigins(before, after);
    const [from, to] = [sourceText(before), sourceText(after)];
    yield {
      name,
      version,
      what: 'source',
      before: from,
      after: to,
      ...(origins === undefined ? {} : { origins }),
    };
  }
  const hash = compareHashes(before, after, sides);
  if (hash !== undefined) {
    const [from, to] = [before, after].map(hashText);
    yield { name, version, what: 'integrity', before: from, after: to, hash };
  }
  const [had, has] = [before.installScript, after.installScript];
  if (had !== undefined && has !== undefined && had !== has) {
    yield { name, version, what: 'installScript', before: String(had), after: String(has) };
  }
  if (sides.isOneFormat) yield* compareFacts(before, after, sides);
}

function otherOrigins(before: Locked, after: Locked): AlteredVersion['origins'] {
  const [from, to] = [before, after].map(({ origins }) => [...origins].sort().join(', '));
  if (from === to) return undefined;
  const [was, is] = [before, after].map(({ places }) => [...places].sort().join(', '));
  return { before: was!, after: is! };
}

function isOtherSource(before: Locked, after: Locked, { isOneFormat }: Sides): boolean {
  if (isOneFormat) return !sameKeys(before.sources, after.sources) && !isSameConfigured(before, after);
  const [from, to] = [before, after].map(({ sources }) => [...sources.values()]);
  if (!sameKeys(kindsOf(from!), kindsOf(to!))) return true;
  // Formats omit the URLs of the registry, or write those of git in their own form.
  const isSaid = [...from!, ...to!].every(({ kind, url }) => kind !== 'registry' || url !== undefined);
  return isSaid && !sameKeys(comparable(before.sources), comparable(after.sources));
}

/**
 * Checks whether one has no URL and the other has exactly the URL that it would get: npm can be configured to omit
 * them.
 */
export function isSameConfigured(before: Locked, after: Locked): boolean {
  const [from, to] = [before.configured, after.configured];
  return from !== undefined && to !== undefined && (from === 'none' || to === 'none');
}

function kindsOf(sources: readonly InstalledSource[]): ReadonlyMap<string, unknown> {
  return new Map(sources.map(({ kind }) => [kind, undefined]));
}

/**
 * Reduces sources for comparison: git without what Bun and Yarn add to the commit; for a path, which each format writes
 * in its own form, only the kind.
 */
function comparable(sources: ReadonlyMap<string, InstalledSource>): ReadonlyMap<string, unknown> {
  return new Map(
    [...sources].map(([identity, { kind, repository, commit }]) => {
      if (repository !== undefined) return [`${repository}#${commit?.slice(0, SHORT_COMMIT)}`, undefined];
      return [kind === 'registry' || kind === 'tarball' ? identity : kind, undefined];
    }),
  );
}

/** The length of commits of code hosts in Bun. */
const SHORT_COMMIT = 7;

function compareHashes(before: Locked, after: Locked, sides: Sides): AlteredVersion['hash'] {
  if (sameKeys(before.hashSets, after.hashSets)) return undefined;
  const zipsOnly = (hashes: Locked['hashes']) =>
    [...hashes.values()].every(({ algorithm }) => algorithm.startsWith('zip '));
  if (sides.isOtherCache && zipsOnly(before.hashes) && zipsOnly(after.hashes)) {
    const isNone = before.hashes.size === 0 || after.hashes.size === 0;
    if (!isNone) return undefined;
  }
  const found = compareHashLists(before.hashes, after.hashes, sides.isOneFormat);
  // The same hashes overall, but distributed differently among the instances.
  return found ?? (sides.isOneFormat && before.hashes.size > 0 ? instanceChange(before, after) : undefined);
}

/** Returns the change of an instance without a hash, or with fewer hashes than before. */
function instanceChange(before: Locked, after: Locked): AlteredVersion['hash'] {
  if (after.hashSets.has('') && !before.hashSets.has('')) return 'removed';
  return [...after.hashSets].every((set) => before.hashSets.has(set)) ? undefined : 'algorithm';
}

function* compareFacts(before: Locked, after: Locked, sides: Sides): Generator<AlteredVersion> {
  const { name, version } = after;
  const old = factsOf(before, sides.before);
  const now = factsOf(after, sides.after);
  for (const [what, texts] of now) {
    const earlier = old.get(what);
    if (earlier === undefined || (!sides.keepsTheSame && what !== 'patch')) continue;
    if (sameKeys(earlier.sets, texts.sets)) continue;
    const isWritten = writtenTest(earlier.items, texts.items);
    const gone = [...earlier.items].filter((item) => !texts.items.has(item) && isWritten(item));
    const come = [...texts.items].filter((item) => !earlier.items.has(item) && isWritten(item));
    if (gone.length + come.length === 0) continue;
    yield { name, version, what, before: listText(gone), after: listText(come) };
  }
}

/** Returns a test for whether both lockfiles were written by a package manager that records such a text. */
function writtenTest(before: ReadonlySet<string>, after: ReadonlySet<string>): (item: string) => boolean {
  const isLibc = (item: string) => item.startsWith(LIBC);
  const isKept = [...before].some(isLibc) && [...after].some(isLibc);
  return (item) => isKept || !isLibc(item);
}

interface FactSets {
  /** The hashes of each instance, as one text. */
  readonly sets: Set<string>;
  readonly items: Set<string>;
}

function factsOf({ instances }: Locked, lockfile: Lockfile): ReadonlyMap<DeclaredFact, FactSets> {
  const found = new Map<DeclaredFact, FactSets>();
  for (const instance of instances) {
    for (const [what, texts] of declaredFacts(instance, lockfile)) {
      let fact = found.get(what);
      if (fact === undefined) {
        fact = { sets: new Set(), items: new Set() };
        found.set(what, fact);
      }
      fact.sets.add(texts.join('\n'));
      for (const text of texts) fact.items.add(text);
    }
  }
  return found;
}

function sameKeys(
  a: { readonly size: number; keys(): Iterable<string> },
  b: { readonly size: number; has(key: string): boolean },
): boolean {
  return a.size === b.size && [...a.keys()].every((item) => b.has(item));
}

/**
 * Returns the URLs as written, so that a reader can search for them, or the URLs inside a longer text; undefined if
 * there is only the configured registry.
 */
function sourceText({ sources }: Locked): string | undefined {
  const texts = [...sources.values()].map(({ text, url, commit }) => {
    if (url !== undefined && text?.value.includes('::') === true) return url.href;
    // pnpm records the commit next to the repository.
    const isApart = commit !== undefined && text?.value.toLowerCase().includes(commit) === false;
    return isApart ? `${text?.value}#${commit}` : text?.value;
  });
  const said = texts.filter((text) => text !== undefined);
  if (said.length === 0) return undefined;
  if (said.length < texts.length) said.push(CONFIGURED);
  return [...new Set(said)].sort().join(', ');
}

function hashText({ hashes }: Locked): string | undefined {
  const texts = [...hashes.values()].map(({ text }) => text);
  return texts.length === 0 ? undefined : texts.sort().join(' ');
}

function listText(texts: readonly string[]): string | undefined {
  return texts.length === 0 ? undefined : texts.toSorted().join(', ');
}
