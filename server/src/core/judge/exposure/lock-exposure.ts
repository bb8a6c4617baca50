import type { Advisories } from '../../know/advisory/advisories.ts';
import type { Advisory } from '../../know/advisory/advisory.ts';
import type { NodeNumber } from '../../read/graph/dependency-graph.ts';
import { editedEntry } from '../../read/lockfile/faults/edited-entry.ts';
import { beforeEdit } from '../../read/lockfile/faults/edited-lockfile.ts';
import { installedAs } from '../../read/lockfile/model/installed-as.ts';
import type { LockEntry, Lockfile } from '../../read/lockfile/model/lockfile.ts';
import { isFixtureFile } from '../../read/project/fixture-files.ts';
import type { Project } from '../../read/project/project.ts';
import { joinUri, parentUri, type Uri } from '../../read/text/paths/uri.ts';
import { type AdvisoryKind, isOfKind } from './advisory-kind.ts';
import { affectedEntries } from './affected-entries.ts';
import { type Affecting, affectingIn } from './affecting.ts';
import { type DeclaredRoot, declaredRoots } from './declared-roots.ts';
import type { Way } from './dependency-paths.ts';
import type { ExposedPackage, TakenPackages } from './exposed-place.ts';
import { type Introducers, productionFirst } from './introducers.ts';
import { type GraphParts, lockGraphOf } from './lock-graph.ts';
import { firstOfEachVersion, LockedPackage } from './packages.ts';
import type { UsedAt } from './place-severity.ts';
import { unaskedEntries } from './unasked-entries.ts';
import { type Declared, type Importer, type Uses, usesOf } from './uses.ts';

/** How advisories affect a lockfile. The graph is built on first use. */
export interface LockExposure {
  /** In text order. */
  readonly affected: ReadonlyMap<LockEntry, LockedPackage>;
  /** Returns false if advisories affect neither the entry nor what it pulls in. */
  concerns(entry: LockEntry): boolean;
  /**
   * Returns an importer's dependency and what it pulls in, if advisories affect any of that; for a copy patched by
   * Yarn, the patched package. Repeated calls return the same object.
   */
  takenBy(importer: string | undefined, name: string, entry: LockEntry): TakenPackages | undefined;
  /**
   * Returns what an importer's dependency pulls in besides itself; `entry` is its locked entry. Each version once,
   * shortest path first.
   */
  introducedBy(importer: string | undefined, name: string, entry: LockEntry): readonly ExposedPackage[];
  /**
   * Returns how direct dependencies pull in the entry, shortest path first; if it is for production, production
   * dependencies before others. If the lockfile does not record direct dependencies, starts from the packages that
   * nothing else pulls in.
   */
  introducersOf(entry: LockEntry): readonly LockedPackage[];
  /** Returns the first of them. */
  nearestOf(entry: LockEntry): LockedPackage | undefined;
  /** Returns the distinct names of the packages that pull it in, in displayable form. */
  introducerNames(entry: LockEntry): readonly string[];
  /** Checks whether it is a direct dependency, as far as the lockfile records that. */
  isDirect(entry: LockEntry): boolean;
  /** Checks whether it is only there for development, as far as the lockfile records that. */
  isDev(entry: LockEntry): boolean;
  /** Returns who uses it, for the severity of what is known against it. */
  usedAt(entry: LockEntry): UsedAt;
}

interface Known {
  readonly inputs: readonly unknown[];
  readonly roots: readonly DeclaredRoot[] | undefined;
  readonly byKind: Map<AdvisoryKind | undefined, LockExposure>;
}

const known = new WeakMap<Lockfile, Known>();

/**
 * Returns the exposure of a lockfile, memoized for all files and rules until another source of advisories answers.
 * @param kind excludes advisories of the other kind, and everything that only these affect
 */
export function lockExposure(
  project: Project,
  lockfile: Lockfile,
  advisories: Advisories,
  kind?: AdvisoryKind,
): LockExposure {
  const { policy, npmConfig, memberNames, manager, overrides, yarnrcs, catalogs } = project;
  const { policyBase, checkedFolder, libraries } = project;
  const knowledge = advisories.knowledge ?? advisories;
  const parts = [manager, overrides, yarnrcs, catalogs];
  const roots = declaredRoots(project, lockfile);
  const unasked = unaskedEntries(project, lockfile);
  const own = [policyBase, checkedFolder, libraries, unasked];
  const inputs = [knowledge, policy, npmConfig, memberNames, ...parts, ...own];
  let before = known.get(lockfile);
  if (before?.roots !== roots || !before?.inputs.every((input, at) => input === inputs[at])) {
    before = { inputs, roots, byKind: new Map() };
    known.set(lockfile, before);
  }
  const { byKind } = before;
  let exposure = byKind.get(kind);
  if (exposure === undefined) {
    const affected =
      kind === undefined
        ? allAffected(lockfile, inputs, affectingIn({ policy, npmConfig, memberNames }, advisories), unasked)
        : ofKind(lockExposure(project, lockfile, advisories).affected, kind);
    const isFixture = (uri: Uri) => isFixtureFile({ policy, policyBase, checkedFolder }, uri);
    const known = { manager, overrides, yarnrcs, catalogs, roots, libraries };
    exposure = exposureOf(lockfile, affected, { ...known, isFixture });
    byKind.set(kind, exposure);
  }
  return exposure;
}

function allAffected(
  lockfile: Lockfile,
  inputs: Known['inputs'],
  affecting: Affecting,
  unasked: ReadonlySet<LockEntry>,
): LockExposure['affected'] {
  const affected = new Map<LockEntry, LockedPackage>();
  for (const [entry, found] of affectedAfterEdit(lockfile, inputs, affecting) ??
    affectedEntries(lockfile, affecting, unasked)) {
    affected.set(entry, new LockedPackage(entry, installedAs(entry)!, found));
  }
  return affected;
}

/**
 * Derives the same from the lockfile before an edit within one entry, looking up only that entry. If any entry is
 * unused by installs, an edit changes the inputs.
 */
function affectedAfterEdit(
  lockfile: Lockfile,
  inputs: Known['inputs'],
  affecting: Affecting,
): ReadonlyMap<LockEntry, readonly Advisory[]> | undefined {
  const before = beforeEdit(lockfile);
  const last = before === undefined ? undefined : known.get(before);
  const affected = last?.byKind.get(undefined)?.affected;
  if (affected === undefined || !last!.inputs.every((input, at) => input === inputs[at])) return undefined;
  const edited = editedEntry(before!, lockfile);
  if (edited === undefined) return undefined;
  const now: [LockEntry, readonly Advisory[]][] = [];
  for (const [entry, { advisories }] of affected) {
    if (entry !== edited.before) now.push([lockfile.entry(entry.key)!, advisories]);
  }
  now.push(...affectedEntries({ entries: [edited.after] }, affecting));
  return new Map(now.sort(([a], [b]) => a.keySpan.start - b.keySpan.start));
}

function ofKind(all: LockExposure['affected'], kind: AdvisoryKind): LockExposure['affected'] {
  const affected = new Map<LockEntry, LockedPackage>();
  for (const [entry, { name, version, advisories }] of all) {
    const found = advisories.filter((each) => isOfKind(each, kind));
    if (found.length > 0) affected.set(entry, new LockedPackage(entry, { name, version }, found));
  }
  return affected;
}

/** The inputs of an exposure besides the lockfile and the affected entries. */
interface ExposureParts extends GraphParts {
  /** The project's declarations, if known and not recorded by the lockfile. */
  readonly roots: readonly DeclaredRoot[] | undefined;
  readonly libraries: ReadonlySet<string>;
  readonly isFixture: (uri: Uri) => boolean;
}

function exposureOf(
  lockfile: Lockfile,
  affected: LockExposure['affected'],
  parts: ExposureParts,
): LockExposure {
  let made: GraphExposure | undefined;
  const onGraph = () => {
    made ??= graphExposure(lockfile, affected, parts);
    return made;
  };
  return {
    affected,
    concerns: (entry) => affected.size > 0 && onGraph().concerns(entry),
    takenBy: (...asked) => (affected.size === 0 ? undefined : onGraph().takenBy(...asked)),
    introducedBy: (...asked) => (affected.size === 0 ? [] : onGraph().introducedBy(...asked)),
    introducersOf: (entry) => (affected.has(entry) ? onGraph().introducersOf(entry) : []),
    nearestOf: (entry) => (affected.has(entry) ? onGraph().nearestOf(entry) : undefined),
    introducerNames: (entry) => (affected.has(entry) ? onGraph().introducerNames(entry) : []),
    isDirect: (entry) => onGraph().isDirect(entry),
    isDev: (entry) => entry.dev || onGraph().isDev(entry),
    usedAt: (entry) => onGraph().usedAt(entry),
  };
}

type GraphExposure = Omit<LockExposure, 'affected'>;

function graphExposure(
  lockfile: Lockfile,
  affected: LockExposure['affected'],
  parts: ExposureParts,
): GraphExposure {
  const { graph, placeOf, nodesAt, starts, waysTo } = lockGraphOf(lockfile, parts);
  const { packages } = graph;
  const { roots } = parts;
  const { entries } = lockfile;
  const places = new Map<LockEntry, number>();
  for (const [place, entry] of entries.entries()) places.set(entry, place);
  const nodesOf = (entry: LockEntry) => nodesAt(places.get(entry) ?? -1);
  const entryOf = (node: NodeNumber) => entries[placeOf[node]!] ?? packages[node]!.entry;

  const targets: NodeNumber[] = [];
  for (const entry of affected.keys()) targets.push(...nodesOf(entry));
  const paths = waysTo(targets);
  const importers = new Map(graph.importers.map((importer) => [importer.path, importer]));
  const resolved = new Map<string, ReadonlyMap<string, NodeNumber | undefined>>();
  const taken = new Map<LockEntry | string, { readonly packages: TakenPackages | undefined }>();

  const introducedOn = ({ to, steps, isWhole }: Way): LockedPackage => {
    const { entry, name, version, advisories } = affected.get(entryOf(to))!;
    return new LockedPackage(entry, { name, version }, advisories, steps.map(entryOf), isWhole);
  };
  /** Returns the instance that the importer gets according to the lockfile. */
  const resolvedBy = (path: string, name: string): NodeNumber | undefined => {
    let byName = resolved.get(path);
    if (byName === undefined) {
      const dependencies = importers.get(path)?.dependencies ?? [];
      byName = new Map(dependencies.map((dependency) => [dependency.name, dependency.resolved]));
      resolved.set(path, byName);
    }
    return byName.get(name);
  };
  const takenAt = (chosen: readonly NodeNumber[], entry: LockEntry): TakenPackages | undefined => {
    const [node] = chosen;
    const own = node === undefined ? undefined : affected.get(entryOf(node));
    const instances = new Set(chosen.map(entryOf));
    const found = chosen.flatMap((start) => paths.from(start)).map(introducedOn);
    const brought = firstOfEachVersion(found.filter((each) => !instances.has(each.entry)));
    if (own === undefined && brought.length === 0) return undefined;
    const packages = own === undefined ? brought : [own, ...brought];
    return { version: entry.version?.value, by: 'locked', own, brought, packages };
  };
  /**
   * Returns the instance that the importer gets, or else all instances of the entry. A patched copy is known only by
   * its importer.
   */
  const nodesTaken = (
    importer: string | undefined,
    name: string,
    entry: LockEntry,
  ): readonly NodeNumber[] => {
    const own = importer === undefined ? undefined : resolvedBy(importer, name);
    const instances = nodesOf(entry);
    if (own === undefined || own >= packages.length) return instances;
    return instances.length === 0 || instances.includes(own) ? [own] : instances;
  };
  const takenBy: LockExposure['takenBy'] = (importer, name, entry) => {
    // The result for a single instance is the same for every importer.
    const isOne = nodesOf(entry).length === 1;
    const key = isOne ? entry : `${places.get(entry)} ${importer} ${name}`;
    let before = taken.get(key);
    if (before === undefined) {
      const chosen = isOne ? nodesOf(entry) : nodesTaken(importer, name, entry);
      before = { packages: takenAt(chosen, entry) };
      taken.set(key, before);
    }
    return before.packages;
  };

  const isDev = (entry: LockEntry) => {
    const instances = nodesOf(entry);
    return instances.length > 0 && instances.every((node) => packages[node]!.dev);
  };
  const importersOf = (): readonly Importer[] => {
    if (roots === undefined) return graph.importers;
    const dependencies = roots.flatMap(({ name, kind, entry }): Declared[] =>
      nodesOf(entry).map((resolved) => ({ name, kind, resolved })),
    );
    if (lockfile.importers.size > 0)
      return [{ path: '', dependencies }, ...graph.importers.filter(({ path }) => path !== '')];
    // Packages that nothing pulls in are still used by somebody.
    const declared = new Set(dependencies.map(({ resolved }) => resolved));
    for (const node of starts)
      if (!declared.has(node))
        dependencies.push({ name: packages[node]!.name, kind: 'prod', resolved: node });
    return [{ path: '', dependencies }];
  };
  let known: Uses | undefined;
  const uses = () => {
    const folder = parentUri(lockfile.uri);
    known ??= usesOf(graph, importersOf(), {
      isFixture: (path) =>
        parts.isFixture(joinUri(folder, path === '' ? 'package.json' : `${path}/package.json`)),
      isLibrary: (path) => parts.libraries.has(path),
    });
    return known;
  };

  const isForDevelopment = (node: NodeNumber) => {
    const { isOfTools, isOfFrontEnd, isOfDevelopment } = uses();
    if (isOfTools(node)) return true;
    return entryOf(node).dev || packages[node]!.dev ? !isOfFrontEnd(node) : isOfDevelopment(node);
  };
  const usesOfEntries = new Map<LockEntry, UsedAt>();
  const useOf = (entry: LockEntry): UsedAt => {
    const instances = nodesOf(entry);
    const used = instances.length === 0 ? entry.dev : instances.every(isForDevelopment);
    return {
      isDev: used,
      isOfTools: used && instances.some(uses().isOfTools),
      isDirect: instances.some((node) => starts.has(node)),
      isFixture:
        parts.isFixture(lockfile.uri) || (instances.length > 0 && instances.every(uses().isOfFixtures)),
    };
  };
  const usedAt = (entry: LockEntry): UsedAt => {
    const use = usesOfEntries.get(entry) ?? useOf(entry);
    usesOfEntries.set(entry, use);
    return use;
  };
  const introducersOfEntries = new Map<LockEntry, Introducers | undefined>();
  const introducersAt = (entry: LockEntry): Introducers | undefined => {
    if (introducersOfEntries.has(entry)) return introducersOfEntries.get(entry);
    const found = paths.introducers().get(places.get(entry) ?? -1);
    const ordered =
      found === undefined || usedAt(entry).isDev ? found : productionFirst(graph, found, isForDevelopment);
    introducersOfEntries.set(entry, ordered);
    return ordered;
  };
  return {
    concerns(entry) {
      const instances = nodesOf(entry);
      return instances.length === 0 || instances.some(paths.leads);
    },
    takenBy,
    introducedBy: (...asked) => takenBy(...asked)?.brought ?? [],
    introducersOf: (entry) => (introducersAt(entry)?.paths ?? []).map(introducedOn),
    nearestOf(entry) {
      const way = introducersAt(entry)?.paths[0];
      return way === undefined ? undefined : introducedOn(way);
    },
    introducerNames: (entry) => introducersAt(entry)?.names ?? [],
    isDirect: (entry) => nodesOf(entry).some((node) => starts.has(node)),
    isDev,
    usedAt,
  };
}
