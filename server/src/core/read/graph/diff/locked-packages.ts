import type { LockEntry } from '../../lockfile/model/lockfile.ts';
import { PnpmLockEntry } from '../../lockfile/pnpm/pnpm-lock-entry.ts';
import type { EntryHash } from '../../lockfile/record/entry-hash.ts';
import type { InstalledSource } from '../../lockfile/record/installed-source.ts';
import { recordOf } from '../../lockfile/record/lock-record.ts';
import type { DependencyGraph, GraphPackage } from '../dependency-graph.ts';
import { hashTexts } from './compare-hash-lists.ts';
import type { SourcePlaces } from './source-place.ts';

/** Versions by name, then by version text. */
export type LockedPackages = ReadonlyMap<string, ReadonlyMap<string, Locked>>;

/**
 * One version of a package with all its instances. Compared values are computed on demand, because most versions are
 * unchanged.
 */
export class Locked {
  readonly name: string;
  readonly version: string;
  readonly instances: GraphPackage[] = [];
  readonly #places: SourcePlaces;
  #compared: Compared | undefined;
  #origins: ReadonlySet<string> | undefined;

  constructor(name: string, version: string, places: SourcePlaces) {
    this.name = name;
    this.version = version;
    this.#places = places;
  }

  get dev(): boolean {
    return this.instances.every(({ dev }) => dev);
  }

  get optional(): boolean {
    return this.instances.every(({ optional }) => optional);
  }

  /** Undefined if the format does not record it. */
  get installScript(): boolean | undefined {
    return this.instances.some(({ installScript }) => installScript === true)
      ? true
      : this.instances.at(-1)?.installScript;
  }

  /** By their identity. */
  get sources(): ReadonlyMap<string, InstalledSource> {
    return this.#compare().sources;
  }

  get origins(): ReadonlySet<string> {
    this.#origins ??= new Set(
      this.instances
        .filter(({ own }) => !comesBundled(own))
        .map(({ own }) => this.#places.originOf(recordOf(own).source, own)),
    );
    return this.#origins;
  }

  /** The same for a reader: for the public registry its URL, if written. */
  get places(): ReadonlySet<string> {
    return new Set(
      this.instances
        .filter(({ own }) => !comesBundled(own))
        .map(({ own }) => this.#places.placeOf(recordOf(own).source, own)),
    );
  }

  /**
   * How its sources match the configured registry. none: no source is written; tarball: the URL is exactly the one
   * there; undefined if any is different.
   */
  get configured(): 'none' | 'tarball' | undefined {
    let isWritten = false;
    for (const { own } of this.instances) {
      if (comesBundled(own)) continue;
      const { source } = recordOf(own);
      if (!this.#places.isConfigured(source, own)) return undefined;
      isWritten ||= source.url !== undefined;
    }
    return isWritten ? 'tarball' : 'none';
  }

  get hashes(): ReadonlyMap<string, EntryHash> {
    return this.#compare().hashes;
  }

  /** The hashes of each instance, as one text. */
  get hashSets(): ReadonlySet<string> {
    return this.#compare().hashSets;
  }

  #compare(): Compared {
    this.#compared ??= compared(this.instances, this.#places);
    return this.#compared;
  }
}

/** Returns the packages that a lockfile installs, by name and version. */
export function lockedPackages({ packages }: DependencyGraph, places: SourcePlaces): LockedPackages {
  const byName = new Map<string, Map<string, Locked>>();
  for (const instance of packages) {
    const { name } = instance;
    let versions = byName.get(name);
    if (versions === undefined) {
      versions = new Map();
      byName.set(name, versions);
    }
    const version = versionOf(instance);
    let locked = versions.get(version);
    if (locked === undefined) {
      locked = new Locked(name, version, places);
      versions.set(version, locked);
    }
    locked.instances.push(instance);
  }
  return byName;
}

/** Returns the version or, for a package without one, its source. */
export function versionOf({ version, entry }: GraphPackage): string {
  return version ?? entry.resolved?.value ?? entry.key;
}

/** Checks whether the entries of a version have the same text in both lockfiles, which is true for nearly all. */
export function hasSameText(before: Locked, beforeText: string, after: Locked, afterText: string): boolean {
  const [first, ...others] = before.instances;
  const [second, ...otherSeconds] = after.instances;
  if (others.length + otherSeconds.length === 0) {
    return textOf(first!, beforeText) === textOf(second!, afterText);
  }
  const texts = new Set(before.instances.map((instance) => textOf(instance, beforeText)));
  const now = new Set(after.instances.map((instance) => textOf(instance, afterText)));
  return texts.size === now.size && [...texts].every((text) => now.has(text));
}

function textOf({ own, entry }: GraphPackage, text: string): string {
  const { start, end } = own.span;
  const parts = [text.slice(start, end)];
  if (own instanceof PnpmLockEntry) {
    for (const { span } of own.snapshots) parts.push(text.slice(span.start, span.end));
  }
  if (entry !== own) parts.push(text.slice(entry.span.start, entry.span.end));
  return parts.length === 1 ? parts[0]! : parts.join('\n');
}

interface Compared {
  readonly sources: ReadonlyMap<string, InstalledSource>;
  readonly hashes: ReadonlyMap<string, EntryHash>;
  readonly hashSets: ReadonlySet<string>;
}

function compared(instances: readonly GraphPackage[], places: SourcePlaces): Compared {
  const sources = new Map<string, InstalledSource>();
  const hashes = new Map<string, EntryHash>();
  const hashSets = new Set<string>();
  for (const { entry, own } of instances) {
    const record = recordOf(own);
    if (comesBundled(own)) continue;
    sources.set(places.identityOf(record.source), record.source);
    // A patched copy has the hash of the zip that Yarn makes of it, and also that of the original.
    const texts = hashTexts(entry === own ? record.hashes : [...record.hashes, ...recordOf(entry).hashes]);
    for (const [text, hash] of texts) hashes.set(text, hash);
    hashSets.add([...texts.keys()].sort().join(' '));
  }
  return { sources, hashes, hashSets };
}

/** Checks whether it comes in the tarball of another package, and so has no source of its own. */
function comesBundled(own: LockEntry): boolean {
  return own.bundled && recordOf(own).source.text === undefined;
}
