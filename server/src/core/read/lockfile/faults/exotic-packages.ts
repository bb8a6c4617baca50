import { isExotic } from '../../manifest/exotic-names.ts';
import { readSpecifier } from '../../manifest/read-specifier.ts';
import { wordPlaces } from '../../text/lines/word-places.ts';
import type { LockEdge, LockEntry, Lockfile } from '../model/lockfile.ts';
import { entriesMentioning, entryAt } from './entries-mentioning.ts';

export type ExoticKind = 'git' | 'remote' | 'file';

/** A package that another package takes from outside a registry. */
export interface ExoticPackage {
  readonly name: string;
  readonly kind: ExoticKind;
  /** Undefined if nothing is locked for it. */
  readonly entry: LockEntry | undefined;
  /** The packages of a registry that declare it so, and where. */
  readonly dependents: readonly { readonly entry: LockEntry; readonly edge: LockEdge }[];
}

interface ExoticEdge {
  readonly from: LockEntry;
  readonly edge: LockEdge;
  readonly kind: ExoticKind;
}

/** By the locked package, otherwise by the declared specifier. */
type ExoticEdges = ReadonlyMap<LockEntry | string, readonly ExoticEdge[]>;

/**
 * Finds packages that packages of a registry take from git, a URL or a path. Packages that come from there themselves
 * are not among the dependents: their own source is already known.
 */
export function exoticPackages(lockfile: Lockfile): readonly ExoticPackage[] {
  const candidates = lockfile.entries.filter(mayBeExotic);
  const edges = exoticEdges(lockfile, candidates);
  const importers = new Set(lockfile.importers.values());
  const exotic: ExoticPackage[] = [];
  for (const [target, all] of edges) {
    const entry = typeof target === 'string' ? undefined : target;
    const dependents = all.filter(({ from }) => !importers.has(from) && !edges.has(from) && !from.bundled);
    const [first] = dependents;
    if (first === undefined || entry?.bundled === true) continue;
    exotic.push({
      name: entry?.name ?? first.edge.name,
      kind: first.kind,
      entry,
      dependents: dependents.map(({ from, edge }) => ({ entry: from, edge })),
    });
  }
  return exotic;
}

/**
 * Decodes only entries whose text has a candidate's name as a key, as long as that explains all candidates: a file may
 * be written differently than package managers write it.
 */
function exoticEdges(lockfile: Lockfile, candidates: readonly LockEntry[]): ExoticEdges {
  const { format, entries, importers, recordsInstallScripts } = lockfile;
  const isNpm1 = (format === 'package-lock' || format === 'npm-shrinkwrap') && !recordsInstallScripts;
  const all = () => edgesFrom(lockfile, [...importers.values(), ...entries]);
  if (format === 'pnpm' || isNpm1) return candidates.length === 0 ? NONE : all();
  if (candidates.length > MOST_CANDIDATES) return all();
  // Dependencies of importers explain candidates, and are not findings themselves.
  const mentioned = new Set(candidates.length === 0 ? [] : importers.values());
  for (const entry of entriesTakingFromGit(lockfile)) mentioned.add(entry);
  const words = candidates.flatMap((entry) => describeEdge(lockfile, entry.alias ?? entry.name));
  for (const entry of entriesMentioning(lockfile, words)) mentioned.add(entry);
  const edges = edgesFrom(lockfile, mentioned);
  return candidates.every((entry) => edges.has(entry)) ? edges : all();
}

const NONE: ExoticEdges = new Map();

/** Above this number, searching the text would take longer than decoding all entries. */
const MOST_CANDIDATES = 10;

/** Returns the ways in which a dependency of this name is written. */
function describeEdge({ format }: Lockfile, name: string): readonly string[] {
  if (format !== 'yarn') return [`"${name}": "`, `"${name}":"`];
  return [`\n    ${name} `, `\n    "${name}" `, `\n    ${name}: `, `\n    "${name}": `];
}

/** Yields entries with a declaration that begins like one of git: nothing may be locked for it. */
function* entriesTakingFromGit(lockfile: Lockfile): Generator<LockEntry, void> {
  const { text, entries } = lockfile;
  const places = wordPlaces(lockfile, '"git', 1);
  if (places === undefined) {
    yield* entries;
    return;
  }
  for (const at of places) {
    if (!/^"git(?:hub:|lab:|[+@]|:\/)/.test(text.slice(at, at + 8))) continue;
    const entry = entryAt(entries, at);
    if (entry !== undefined) yield entry;
  }
}

function edgesFrom(lockfile: Lockfile, entries: Iterable<LockEntry>): ExoticEdges {
  const found = new Map<LockEntry | string, ExoticEdge[]>();
  const isPnpm = lockfile.format === 'pnpm';
  const importers = new Set(lockfile.importers.values());
  for (const from of entries) {
    for (const edge of from.edges) {
      if (edge.section === 'peerDependencies') continue;
      // Development dependencies of packages are never installed.
      if (edge.section === 'devDependencies' && !importers.has(from)) continue;
      const declared = isPnpm ? undefined : kindOf(edge);
      if (!isPnpm && declared === undefined) continue;
      const entry = lockfile.follow(from, edge);
      // Not taken from there after all, for example because the project overrides it.
      if (entry === undefined ? isPnpm : !mayBeExotic(entry)) continue;
      const target = entry ?? `${edge.name} ${edge.specifier.value}`;
      const edges = found.get(target) ?? [];
      edges.push({ from, edge, kind: declared ?? kindOfSource(entry) });
      found.set(target, edges);
    }
  }
  return found;
}

function mayBeExotic({ source }: LockEntry): boolean {
  return source === 'git' || source === 'tarball' || source === 'file' || source === 'directory';
}

function kindOf({ name, specifier }: LockEdge): ExoticKind | undefined {
  if (!/[/:]/.test(specifier.value) || /^(?:npm|workspace|catalog):/.test(specifier.value)) return undefined;
  const read = readSpecifier(name, specifier.value);
  if (!isExotic(read)) return undefined;
  return read.type === 'git' || read.type === 'remote' ? read.type : 'file';
}

/** pnpm records what a dependency resolved to, not what was declared. */
function kindOfSource(entry: LockEntry | undefined): ExoticKind {
  if (entry?.source === 'git') return 'git';
  return entry?.source === 'tarball' ? 'remote' : 'file';
}
