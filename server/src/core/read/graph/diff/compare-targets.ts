import { recordOf } from '../../lockfile/record/lock-record.ts';
import { nameEnd } from '../../lockfile/yarn/descriptor-index.ts';
import { YarnTapeEntry } from '../../lockfile/yarn/yarn-tape-entry.ts';
import { specOfLockfile } from '../../manager/manager-of-lockfile.ts';
import { type DependencyGraph, importerAt, type NodeNumber } from '../dependency-graph.ts';
import { OPTIONAL_PEER, PEER } from '../edge-table.ts';
import type { AlteredVersion } from './diff-types.ts';
import { versionOf } from './locked-packages.ts';

/** What names resolve to in a lockfile. */
interface Targets {
  /** Packages by the name of the folder or import, which for anything but an alias is the package's own name. */
  readonly packages: ReadonlyMap<string, ReadonlySet<string>>;
  /** Folders by the name that resolves to them. */
  readonly links: ReadonlyMap<string, ReadonlySet<string>>;
  /** By dependent (`name@version` or the path of an importer), then by the name that it imports. */
  readonly byDependent: ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<string>>>;
}

/**
 * Compares what names resolve to: a folder that holds another package, a name that became a link, a dependent that gets
 * another of the locked packages or versions.
 * @param hasOtherVersions whether a package has a version that only one lockfile has, which is reported by itself
 */
export function* compareTargets(
  before: DependencyGraph,
  after: DependencyGraph,
  hasOtherVersions: (name: string) => boolean,
): Generator<AlteredVersion> {
  const old = targetsOf(before);
  const now = targetsOf(after);
  const aliased = new Set<string>();
  for (const [name, packages] of now.packages) {
    const earlier = old.packages.get(name);
    // A name that was absent belongs to a new package, or is an alias that the new package shows.
    if (earlier === undefined ? isPlain(name, packages) : sameSet(earlier, packages)) continue;
    const isNew = [...packages].every((each) => !old.packages.has(each) && hasOtherVersions(each));
    if (earlier === undefined && isNew) continue;
    aliased.add(name);
    yield { name, version: undefined, what: 'alias', ...sides(earlier, packages) };
  }
  for (const name of new Set([...old.links.keys(), ...now.links.keys()])) {
    const [earlier, later] = [old.links.get(name), now.links.get(name)];
    if (earlier !== undefined && later !== undefined && sameSet(earlier, later)) continue;
    aliased.add(name);
    const wasPackage = earlier ?? (later === undefined ? undefined : old.packages.get(name));
    yield { name, version: undefined, what: 'link', ...sides(wasPackage, later) };
  }
  for (const [from, targets] of now.byDependent) {
    const earlierTargets = old.byDependent.get(from);
    if (earlierTargets === undefined) continue;
    for (const [name, target] of targets) {
      const earlier = earlierTargets.get(name);
      if (aliased.has(name) || earlier === undefined || sameSet(earlier, target)) continue;
      // If a dependent gets another version, that version itself is reported if it is new or the other one is gone.
      const names = new Set([...earlier, ...target].map(nameIn));
      if (names.size === 1 && hasOtherVersions([...names][0]!)) continue;
      yield {
        name,
        version: undefined,
        what: 'resolution',
        from: dependentText(from),
        ...sides(earlier, target),
      };
    }
  }
}

function targetsOf(graph: DependencyGraph): Targets {
  const packages = new Map<string, Set<string>>();
  const links = new Map<string, Set<string>>();
  const byDependent = new Map<string, Map<string, Set<string>>>();
  for (const { name, alias, own } of graph.packages) {
    add(packages, alias ?? name, name);
    // One entry of Yarn may serve several names.
    if (!(own instanceof YarnTapeEntry)) continue;
    for (const declaration of own.declarations) {
      const folder = declaration.slice(0, nameEnd(declaration));
      if (folder !== name && folder !== alias) add(packages, folder, name);
    }
  }
  const { edges } = graph;
  const first = graph.packages.length;
  for (let edge = 0; edge < edges.count; edge++) {
    const name = edges.names[edge]!;
    const to = edges.to[edge]!;
    const target = graph.packages[to];
    if (target === undefined) {
      add(links, name, folderText(graph, to));
    } else {
      add(packages, name, target.name);
    }
    // A peer is resolved from the surroundings of a package, which change with its dependents.
    const kind = edges.kinds[edge]!;
    if (kind === PEER || kind === OPTIONAL_PEER) continue;
    const from = dependentOf(graph, edges.from[edge]!, first);
    let names = byDependent.get(from);
    if (names === undefined) {
      names = new Map();
      byDependent.set(from, names);
    }
    add(
      names,
      name,
      target === undefined ? `${LINK}${folderText(graph, to)}` : `${target.name}@${versionOf(target)}`,
    );
  }
  for (const link of graph.lockfile.links) {
    const name = link.alias ?? link.name;
    // Nothing depends on it, so no edge leads there.
    if (link.source === 'link' && !links.has(name)) {
      add(links, name, recordOf(link).source.path ?? link.key);
    }
  }
  if (specOfLockfile(graph.lockfile.format).lockfile.listsLinkedFolders) addFolders(graph, links);
  return { packages, links, byDependent };
}

/** npm 5 and 6 list the folders that they link among the packages. */
function addFolders({ packages, lockfile }: DependencyGraph, links: Map<string, Set<string>>): void {
  const installed = new Set(packages.map(({ own }) => own));
  for (const entry of lockfile.entries) {
    if (entry.source !== 'directory' || installed.has(entry)) continue;
    const name = entry.alias ?? entry.name;
    if (!links.has(name)) add(links, name, recordOf(entry).source.path ?? entry.key);
  }
}

const LINK = 'link:';

/** Not a valid package name. */
const IMPORTER = '/';

function dependentOf(graph: DependencyGraph, node: NodeNumber, first: number): string {
  if (node >= first) return `${IMPORTER}${importerAt(graph, node)?.path ?? ''}`;
  const dependent = graph.packages[node]!;
  return `${dependent.name}@${versionOf(dependent)}`;
}

function dependentText(from: string): string {
  return from.startsWith(IMPORTER) ? from.slice(IMPORTER.length) : from;
}

function folderText(graph: DependencyGraph, node: NodeNumber): string {
  const path = importerAt(graph, node)?.path ?? '';
  return path === '' ? '.' : path;
}

function nameIn(target: string): string {
  const at = target.indexOf('@', 1);
  return at === -1 ? target : target.slice(0, at);
}

function isPlain(name: string, packages: ReadonlySet<string>): boolean {
  return packages.size === 1 && packages.has(name);
}

function add(sets: Map<string, Set<string>>, key: string, value: string): void {
  const known = sets.get(key);
  if (known === undefined) sets.set(key, new Set([value]));
  else known.add(value);
}

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((item) => b.has(item));
}

function sides(
  before: ReadonlySet<string> | undefined,
  after: ReadonlySet<string> | undefined,
): { readonly before: string | undefined; readonly after: string | undefined } {
  const text = (items: ReadonlySet<string> | undefined) =>
    items === undefined ? undefined : [...items].sort().join(', ');
  return { before: text(before), after: text(after) };
}
