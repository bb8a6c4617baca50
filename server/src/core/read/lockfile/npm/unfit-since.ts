import { entriesMentioning } from '../faults/entries-mentioning.ts';
import { isInstalledFor, type UnfitPackage, unfitRange } from '../faults/unfit-package.ts';
import { isUnfit } from '../faults/unfit-version.ts';
import type { LockEdge, LockEntry, Lockfile } from '../model/lockfile.ts';
import { isShippedInside } from '../model/shipped-inside.ts';
import { NpmLockEntry } from './npm-lock-entry.ts';

/**
 * Yields packages of an npm lockfile whose version is outside the range of a dependent, if an earlier state of the file
 * had a matching one: npm never writes such a change, npm 10 and 11 reject it in `npm ci`, and `npm install` resolves
 * it again. Real files have such old mismatches, so a dependent that did not match before proves nothing; nor do peers,
 * which `--legacy-peer-deps` lets differ, and what packages bundle or have a shrinkwrap for.
 * @param looked the entries to check
 */
export function* unfitSince(
  now: Lockfile,
  before: Lockfile,
  looked: readonly LockEntry[],
): Generator<UnfitPackage, void> {
  // The earlier state proves nothing if it could not be read, or was empty.
  if (now.status !== 'checked' || before.status !== 'checked' || before.entries.length === 0) return;
  const names = namesToJudge(now, before, looked);
  if (names.size === 0) return;
  let known: ReadonlySet<string> | undefined;
  for (const unfit of unfitIn(now, names)) {
    const { from, entry, edge, range } = unfit;
    if (!isOther(unfit, before)) continue;
    known ??= new Set(Array.from(unfitIn(before, names), (one) => pairOf(one.from, one.edge)));
    if (!known.has(pairOf(from, edge))) yield { entry, range };
  }
}

interface UnfitEdge extends UnfitPackage {
  readonly from: LockEntry;
  readonly edge: LockEdge;
}

function* unfitIn(lockfile: Lockfile, names: ReadonlySet<string>): Generator<UnfitEdge, void> {
  const importers = new Set<LockEntry>(lockfile.importers.values());
  for (const from of [...importers, ...dependentsOn(lockfile, names)]) {
    if (isShippedInside(from) || isGone(from)) continue;
    for (const edge of from.edges) {
      if (!names.has(edge.name) || !isInstalledFor(edge, importers.has(from))) continue;
      const entry = lockfile.follow(from, edge);
      const range = unfitRange(entry, edge);
      if (entry === undefined || range === undefined || isShippedInside(entry)) continue;
      if (accepts(lockfile, from, edge, entry) || isOfShrinkwrap(lockfile, entry)) continue;
      yield { from, entry, edge, range };
    }
  }
}

/** Checks whether the version is new in its place, or the dependent resolved to another one before. */
function isOther({ from, entry, edge }: UnfitEdge, before: Lockfile): boolean {
  const version = entry.version?.value;
  if (before.entry(entry.key)?.version?.value !== version) return true;
  const dependent = before.importers.get(from.key) ?? before.entry(from.key);
  return dependent !== undefined && before.follow(dependent, edge)?.version?.value !== version;
}

function pairOf({ name }: LockEntry, edge: LockEdge): string {
  return `${name} ${edge.name}`;
}

/**
 * Returns the names that may be installed differently than before: after an edit of one entry, those of all similar
 * ones.
 */
function namesToJudge(now: Lockfile, before: Lockfile, looked: readonly LockEntry[]): ReadonlySet<string> {
  if (looked.length < now.entries.length) return new Set(looked.map(folderOf));
  const names = new Set<string>();
  for (const entry of looked) {
    if (before.entry(entry.key)?.version?.value !== entry.version?.value) names.add(folderOf(entry));
  }
  // Without a copy of its own, a dependent gets the one of a folder further up.
  for (const entry of before.entries) if (now.entry(entry.key) === undefined) names.add(folderOf(entry));
  return names;
}

function folderOf({ alias, name }: LockEntry): string {
  return alias ?? name;
}

/** Returns all entries, or only the few that name one of the packages. */
function dependentsOn(lockfile: Lockfile, names: ReadonlySet<string>): Iterable<LockEntry> {
  // npm up to 6 nests the entries of packages inside others.
  if (lockfile.importers.size === 0 || names.size > MOST_SEARCHED || lockfile.text.includes('\\'))
    return lockfile.entries;
  return entriesMentioning(
    lockfile,
    Array.from(names, (name) => `"${name}"`),
  );
}

/** Above this number, searching the text would take longer than decoding all entries. */
const MOST_SEARCHED = 10;

/** Checks for a removed member, or a folder outside of the project. */
function isGone(from: LockEntry): boolean {
  return from instanceof NpmLockEntry && (from.isExtraneous || from.key.startsWith('..'));
}

/** Checks whether the dependent's `acceptDependencies`, a wider range than the declared one, allows the version. */
function accepts({ text }: Lockfile, from: LockEntry, { name }: LockEdge, { version }: LockEntry): boolean {
  const own = text.slice(from.keySpan.end, from.span.end);
  if (version === undefined || !own.includes('"acceptDependencies"')) return false;
  try {
    const value = JSON.parse(own.slice(own.indexOf('{'))) as { acceptDependencies?: unknown };
    const range = (value.acceptDependencies as Record<string, unknown> | undefined)?.[name];
    return typeof range === 'string' && !isUnfit(version.value, range);
  } catch {
    return false;
  }
}

/** Checks whether an enclosing package decides with its own shrinkwrap what is installed in its folder. */
function isOfShrinkwrap(lockfile: Lockfile, { key }: LockEntry): boolean {
  const folder = '/node_modules/';
  for (let end = key.lastIndexOf(folder); end > 0; end = key.lastIndexOf(folder, end - 1)) {
    const around = lockfile.entry(key.slice(0, end));
    if (around instanceof NpmLockEntry && around.hasShrinkwrap) return true;
  }
  return false;
}
