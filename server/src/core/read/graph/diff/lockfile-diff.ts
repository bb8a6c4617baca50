import type { Lockfile } from '../../lockfile/model/lockfile.ts';
import { familyOf } from '../../lockfile/model/lockfile-family.ts';
import { recordOf } from '../../lockfile/record/lock-record.ts';
import { lockSettings } from '../../lockfile/record/lock-settings.ts';
import type { DependencyGraph } from '../dependency-graph.ts';
import { compareVersions } from '../duplicates.ts';
import { edgeTable } from '../edge-table.ts';
import { compareCopies } from './compare-copies.ts';
import { compareLocked, isSameConfigured, type Sides, sidesOf } from './compare-locked.ts';
import { compareSpecifiers } from './compare-specifiers.ts';
import { compareTargets } from './compare-targets.ts';
import type {
  AlteredVersion,
  ChangedSetting,
  ChangedVersions,
  DiffOptions,
  LockedVersion,
  LockfileDiff,
} from './diff-types.ts';
import { hasSameText, type Locked, type LockedPackages, lockedPackages } from './locked-packages.ts';
import { CONFIGURED, SourcePlaces } from './source-place.ts';
import { type Origins, originsOf, usualOrigins } from './usual-origins.ts';

/**
 * Compares what two lockfiles install, of one format or of two. Across formats, compares what both record: versions,
 * kinds of sources, URLs if both write them, and hashes of the same algorithm.
 */
export function diffLockfiles(
  before: DependencyGraph,
  after: DependencyGraph,
  options: DiffOptions = {},
): LockfileDiff {
  const places = new SourcePlaces(options);
  const old = lockedPackages(before, places);
  const now = lockedPackages(after, places);
  const sides = sidesOf(before.lockfile, after.lockfile);
  const isComparable = sides.isOneFormat && old.size > 0;
  let afterOrigins: Origins | undefined;
  const originsNow = (): Origins => {
    afterOrigins ??= originsOf(now);
    return afterOrigins;
  };
  let known: ReadonlySet<string> | undefined;
  const usual = (): ReadonlySet<string> => {
    known ??= usualOrigins(originsOf(old), isComparable ? NO_ORIGINS : originsNow(), isComparable);
    return known;
  };
  let leavesOut: boolean | undefined;
  /** Checks whether a new package comes from where those without a URL came from before. */
  const isUsual = (locked: Locked): boolean => {
    leavesOut ??= isComparable && someOf(old, ({ configured }) => configured === 'none');
    return leavesOut && locked.configured !== undefined;
  };
  const hasSame = (earlier: Locked, locked: Locked) =>
    sides.isOneFormat && hasSameText(earlier, before.lockfile.text, locked, after.lockfile.text);
  const added: LockedVersion[] = [];
  const removed: LockedVersion[] = [];
  const changed: ChangedVersions[] = [];
  const altered: AlteredVersion[] = [];
  const others = new Set<string>();
  for (const name of [...new Set([...old.keys(), ...now.keys()])].sort()) {
    const oldVersions = old.get(name) ?? NO_VERSIONS;
    const newVersions = now.get(name) ?? NO_VERSIONS;
    const gone = onlyIn(oldVersions, newVersions);
    const come = onlyIn(newVersions, oldVersions);
    if (gone.length + come.length > 0) others.add(name);
    const arrived = come.map((locked) =>
      describeVersion(locked, after.lockfile, isUsual(locked) ? undefined : usual()),
    );
    const departed = gone.map((locked) => describeVersion(locked, before.lockfile, undefined));
    if (gone.length > 0 && come.length > 0) {
      const moved = sides.isOneFormat ? movedOrigins([...oldVersions.values()], come) : undefined;
      changed.push({ name, before: departed, after: arrived, origins: moved });
    } else {
      added.push(...arrived);
      removed.push(...departed);
    }
    for (const [version, locked] of newVersions) {
      const earlier = oldVersions.get(version);
      if (earlier === undefined || hasSame(earlier, locked)) continue;
      altered.push(...compareLocked(earlier, locked, sides, usual));
    }
  }
  // For a new or deleted lockfile, everything would be reported twice.
  const isKept =
    before.importers.length + before.packages.length > 0 &&
    after.importers.length + after.packages.length > 0;
  if (isKept) {
    altered.push(...compareTargets(before, after, (name) => others.has(name)));
    if (sides.isOneFormat) {
      altered.push(...compareSpecifiers(before.lockfile, after.lockfile));
      altered.push(...compareCopies(before.lockfile, after.lockfile, places));
    }
  }
  const settings = isKept ? changedSettings(sides) : [];
  const main = isComparable ? undefined : originsNow().main;
  return { added, removed, changed, altered, settings, mainOrigin: main === CONFIGURED ? undefined : main };
}

/** Checks whether two lockfiles install the same packages with the same project settings. */
export function isEmptyDiff({ added, removed, changed, altered, settings }: LockfileDiff): boolean {
  return added.length + removed.length + changed.length + altered.length + settings.length === 0;
}

/** Returns an empty graph for a lockfile, to compare with one that is new or deleted. */
export function emptyGraph({ lockfile }: Pick<DependencyGraph, 'lockfile'>): DependencyGraph {
  const edges = edgeTable({ from: [], to: [], kinds: [], names: [], specifiers: [] }, 0);
  return { lockfile, packages: [], importers: [], edges, peers: 'bring', gaps: [] };
}

const NO_ORIGINS: Origins = { all: new Set(), main: undefined };

const NO_VERSIONS: ReadonlyMap<string, Locked> = new Map();

function onlyIn(
  versions: ReadonlyMap<string, Locked>,
  others: ReadonlyMap<string, Locked>,
): readonly Locked[] {
  return [...versions.values()]
    .filter(({ version }) => !others.has(version))
    .sort((a, b) => compareVersions(a.version, b.version));
}

function someOf(packages: LockedPackages, test: (locked: Locked) => boolean): boolean {
  for (const versions of packages.values())
    for (const locked of versions.values()) if (test(locked)) return true;
  return false;
}

/** @param usual origins not worth reporting; undefined if they are ignored */
function describeVersion(
  locked: Locked,
  lockfile: Lockfile,
  usual: ReadonlySet<string> | undefined,
): LockedVersion {
  const { name, version, dev, optional, installScript, instances } = locked;
  const aliases = instances.map(({ alias }) => alias).filter((alias) => alias !== undefined);
  const { entry } = instances[0]!;
  const { kind, text } = recordOf(entry).source;
  const isUnknown = kind === 'unknown';
  return {
    name,
    version,
    source: isUnknown ? 'unknown' : entry.source,
    dev,
    optional,
    installScript,
    aliases: [...new Set(aliases)].sort(),
    downloads: downloadedAs(locked),
    line: isUnknown ? lineAt(lockfile.text, (text?.span ?? entry.keySpan).start) : undefined,
    newOrigin: usual === undefined ? undefined : [...locked.origins].find((origin) => !usual.has(origin)),
  };
}

function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line++;
  return line;
}

/** Returns the other name or version in the URL of an instance. */
function downloadedAs({ name, instances, sources }: Locked): string | undefined {
  const version = instances[0]?.version;
  for (const { saidName, saidVersion } of sources.values()) {
    if (saidName !== undefined && saidName !== name) return `${saidName}@${saidVersion ?? '?'}`;
    if (saidVersion !== undefined && version !== undefined && saidVersion !== version) {
      return `${saidName ?? name}@${saidVersion}`;
    }
  }
  return undefined;
}

/** Returns the old and new origin of a package if one of its versions now comes from elsewhere. */
function movedOrigins(before: readonly Locked[], come: readonly Locked[]): ChangedVersions['origins'] {
  const old = new Set(before.flatMap(({ origins }) => [...origins]));
  const elsewhere = come.filter(
    (locked) =>
      [...locked.origins].some((origin) => !old.has(origin)) &&
      !before.every((earlier) => isSameConfigured(earlier, locked)),
  );
  if (elsewhere.length === 0) return undefined;
  const [from, to] = [before, come].map((all) => [...new Set(all.flatMap(({ places }) => [...places]))]);
  return { before: from!.sort().join(', '), after: to!.sort().join(', ') };
}

function changedSettings({ before, after }: Sides): readonly ChangedSetting[] {
  const [oldFamily, family] = [familyOf(before), familyOf(after)];
  if (oldFamily !== family) {
    // Of other formats than Yarn's the name of the file says it.
    return before.format === after.format ? [{ name: 'format', before: oldFamily, after: family }] : [];
  }
  const old = lockSettings(before);
  const now = lockSettings(after);
  const changed: ChangedSetting[] = [];
  for (const name of new Set([...old.keys(), ...now.keys()])) {
    const [from, to] = [old.get(name), now.get(name)];
    if (from !== to) changed.push({ name, before: from, after: to });
  }
  return changed.sort((a, b) => (a.name < b.name ? -1 : 1));
}
