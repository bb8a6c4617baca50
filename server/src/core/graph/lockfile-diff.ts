import type { LockSource } from '../lockfile/lockfile.ts';
import type { DependencyGraph, GraphPackage } from './dependency-graph.ts';
import { compareVersions } from './duplicates.ts';
import { type Hashes, hashesOf, mergeHashes, sameHashes } from './entry-hashes.ts';

/** One version of a package in one lockfile, all its instances together. */
export interface LockedVersion {
  readonly name: string;
  /** The version; where the lockfile has none, the address or path. */
  readonly version: string;
  readonly source: LockSource;
  /** Whether only development dependencies lead to any instance. */
  readonly dev: boolean;
  readonly optional: boolean;
  /** Undefined where the format does not say it. */
  readonly installScript: boolean | undefined;
}

/** A package that has other versions than before. */
export interface ChangedVersions {
  readonly name: string;
  /** The versions that are gone and those that came, oldest first. */
  readonly before: readonly LockedVersion[];
  readonly after: readonly LockedVersion[];
}

/** The same version, but not the same in all: where it comes from, its hash, or whether it has an install script. */
export interface AlteredVersion {
  readonly name: string;
  readonly version: string;
  readonly what: 'source' | 'integrity' | 'installScript';
  /** Undefined where there was or is none. */
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What differs between two lockfiles, each list sorted by name. */
export interface LockfileDiff {
  readonly added: readonly LockedVersion[];
  readonly removed: readonly LockedVersion[];
  readonly changed: readonly ChangedVersions[];
  readonly altered: readonly AlteredVersion[];
}

/**
 * Compares what two lockfiles install, of one format or of two. Across formats addresses are not compared, as each
 * format writes them in its own way or not at all, nor hashes of different kinds.
 */
export function diffLockfiles(before: DependencyGraph, after: DependencyGraph): LockfileDiff {
  const old = lockedByName(before);
  const now = lockedByName(after);
  const isOneFormat =
    before.lockfile.format === after.lockfile.format &&
    before.lockfile.formatVersion?.value === after.lockfile.formatVersion?.value;
  const added: LockedVersion[] = [];
  const removed: LockedVersion[] = [];
  const changed: ChangedVersions[] = [];
  const altered: AlteredVersion[] = [];
  for (const name of [...new Set([...old.keys(), ...now.keys()])].sort()) {
    const oldVersions = old.get(name) ?? new Map<string, Locked>();
    const newVersions = now.get(name) ?? new Map<string, Locked>();
    const gone = onlyIn(oldVersions, newVersions);
    const come = onlyIn(newVersions, oldVersions);
    if (gone.length > 0 && come.length > 0) changed.push({ name, before: gone, after: come });
    else {
      added.push(...come);
      removed.push(...gone);
    }
    for (const [version, locked] of newVersions) {
      const earlier = oldVersions.get(version);
      if (earlier !== undefined) altered.push(...alterations(earlier, locked, isOneFormat));
    }
  }
  return { added, removed, changed, altered };
}

/** Whether two lockfiles install the same. */
export function isEmptyDiff({ added, removed, changed, altered }: LockfileDiff): boolean {
  return added.length + removed.length + changed.length + altered.length === 0;
}

/** What is compared of a version. */
interface Locked extends LockedVersion {
  dev: boolean;
  optional: boolean;
  installScript: boolean | undefined;
  readonly sources: Set<LockSource>;
  readonly addresses: Set<string>;
  readonly hashes: Hashes;
}

function lockedByName({ packages }: DependencyGraph): ReadonlyMap<string, ReadonlyMap<string, Locked>> {
  const byName = new Map<string, Map<string, Locked>>();
  for (const instance of packages) {
    const { name } = instance;
    let versions = byName.get(name);
    if (versions === undefined) {
      versions = new Map();
      byName.set(name, versions);
    }
    const version = versionOf(instance);
    const known = versions.get(version);
    if (known === undefined) versions.set(version, lockedOf(instance, version));
    else addInstance(known, instance);
  }
  return byName;
}

/** Of a package that is not a registry's, what it comes from says more than its version, which need not change. */
function versionOf({ version, entry }: GraphPackage): string {
  return version ?? entry.resolved?.value ?? entry.key;
}

function lockedOf(instance: GraphPackage, version: string): Locked {
  const { name, dev, optional, installScript, entry } = instance;
  const locked: Locked = {
    name,
    version,
    source: entry.source,
    dev,
    optional,
    installScript,
    sources: new Set(),
    addresses: new Set(),
    hashes: new Map(),
  };
  addInstance(locked, instance);
  return locked;
}

function addInstance(locked: Locked, { dev, optional, installScript, entry }: GraphPackage): void {
  locked.dev &&= dev;
  locked.optional &&= optional;
  locked.installScript = locked.installScript === true || installScript === true ? true : installScript;
  locked.sources.add(entry.source);
  if (entry.resolved !== undefined) locked.addresses.add(withoutHash(entry.resolved.value));
  mergeHashes(locked.hashes, hashesOf(entry));
}

/** Yarn 1 writes a tarball's hash behind its address. */
function withoutHash(address: string): string {
  return address.replace(/#[\da-f]{40}$/i, '');
}

function onlyIn(
  versions: ReadonlyMap<string, Locked>,
  others: ReadonlyMap<string, Locked>,
): readonly LockedVersion[] {
  return [...versions.values()]
    .filter(({ version }) => !others.has(version))
    .sort((a, b) => compareVersions(a.version, b.version));
}

function* alterations(before: Locked, after: Locked, isOneFormat: boolean): Generator<AlteredVersion> {
  const { name, version } = after;
  const isOtherKind = !sameSet(before.sources, after.sources);
  if (isOtherKind || (isOneFormat && !sameSet(before.addresses, after.addresses))) {
    const [from, to] = [before, after].map(({ addresses, sources }) =>
      addresses.size > 0 ? sortedText(addresses) : isOtherKind ? sortedText(sources) : undefined,
    );
    yield { name, version, what: 'source', before: from, after: to };
  }
  if (!sameHashes(before.hashes, after.hashes, isOneFormat)) {
    const [from, to] = [before, after].map(({ hashes }) => hashText(hashes));
    yield { name, version, what: 'integrity', before: from, after: to };
  }
  const [had, has] = [before.installScript, after.installScript];
  if (had !== undefined && has !== undefined && had !== has) {
    yield { name, version, what: 'installScript', before: String(had), after: String(has) };
  }
}

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((item) => b.has(item));
}

function sortedText(texts: ReadonlySet<string>): string {
  return [...texts].sort().join(', ');
}

function hashText(hashes: Hashes): string | undefined {
  const texts = [...hashes].flatMap(([kind, values]) => [...values].map((value) => `${kind}-${value}`));
  return texts.length === 0 ? undefined : texts.sort().join(' ');
}
