import type { DependencySection } from '../../manifest/manifest.ts';
import type { Located } from '../../text/span.ts';
import type { LockEdge } from '../model/lockfile.ts';
import { isQuote } from './yaml-lexis.ts';
import {
  childrenOf,
  hasChildren,
  isScalar,
  isTrue,
  keyIs,
  keyOf,
  keySpan,
  locatedScalar,
  memberOf,
  NONE,
  type Node,
  type YamlTape,
} from './yaml-tape.ts';

/**
 * A dependency of an importer or a package. An importer's `specifier` is the one declared in its manifest; a package's
 * is its resolved version, because pnpm does not record what a package declares, except for its peer dependencies.
 */
export interface PnpmEdge extends LockEdge {
  /**
   * The locked reference: `1.0.0(peer@2.0.0)`, another package's key (an alias), a URL, or `link:` and a folder.
   * Undefined for a peer dependency: its resolution is listed among the others.
   */
  readonly version: Located<string> | undefined;
  /** The section as written: also `configDependencies` and `packageManagerDependencies`. */
  readonly group: string;
}

/** The sections with locked versions by their names in the file, in lookup order. */
const GROUPS: readonly (readonly [string, DependencySection])[] = [
  ['dependencies', 'dependencies'],
  ['optionalDependencies', 'optionalDependencies'],
  ['devDependencies', 'devDependencies'],
  ['configDependencies', 'dependencies'],
  ['packageManagerDependencies', 'dependencies'],
];

/** Returns the section of a member of an importer or a package; undefined for any other member. */
export function sectionOf(tape: YamlTape, member: Node): DependencySection | undefined {
  const { text, records } = tape;
  const start = records[member]!;
  switch (records[member + 1]! - start) {
    case 12:
      if (text.startsWith('dependencies', start)) return 'dependencies';
      break;
    case 15:
      if (text.startsWith('devDependencies', start)) return 'devDependencies';
      break;
    case 20:
      if (text.startsWith('optionalDependencies', start)) return 'optionalDependencies';
      break;
  }
  if (!isQuote(text.charCodeAt(start)) && !text.startsWith('Dependencies', records[member + 1]! - 12)) {
    return undefined;
  }
  return GROUPS.find(([group]) => keyIs(tape, member, group))?.[1];
}

/** Returns the node of a dependency's locked version: beside its name, or beside its specifier. */
export function versionNode(tape: YamlTape, dependency: Node): Node {
  return hasChildren(tape, dependency) ? memberOf(tape, dependency, 'version') : dependency;
}

/**
 * Returns the node of an importer's specifier of a dependency: beside the version, or in the importer's `specifiers`.
 */
export function specifierNode(tape: YamlTape, dependency: Node, specifiers: ReadonlyMap<string, Node>): Node {
  if (hasChildren(tape, dependency)) return memberOf(tape, dependency, 'specifier');
  return specifiers.get(keyOf(tape, dependency)) ?? NONE;
}

/** Reads the `specifiers` of an importer by name, which version 5 of the file has. */
export function readSpecifiers(tape: YamlTape, importer: Node): ReadonlyMap<string, Node> {
  const specifiers = new Map<string, Node>();
  for (const member of childrenOf(tape, memberOf(tape, importer, 'specifiers'))) {
    if (isScalar(tape, member)) specifiers.set(keyOf(tape, member), member);
  }
  return specifiers;
}

/** Returns the dependencies of an importer, in source order. */
export function importerEdges(tape: YamlTape, importer: Node): readonly PnpmEdge[] {
  const edges: PnpmEdge[] = [];
  const specifiers = readSpecifiers(tape, importer);
  for (const member of childrenOf(tape, importer)) {
    const section = sectionOf(tape, member);
    if (section === undefined) continue;
    const group = keyOf(tape, member);
    for (const dependency of childrenOf(tape, member)) {
      const version = locatedScalar(tape, versionNode(tape, dependency));
      const specifier = locatedScalar(tape, specifierNode(tape, dependency, specifiers)) ?? version;
      if (specifier === undefined) continue;
      edges.push({
        section,
        group,
        name: keyOf(tape, dependency),
        nameSpan: keySpan(tape, dependency),
        specifier,
        version,
        optional: section === 'optionalDependencies',
      });
    }
  }
  return edges;
}

/** Returns the locked dependencies of a package, and the peer dependencies that it declares, in source order. */
export function packageEdges(tape: YamlTape, entry: Node): readonly PnpmEdge[] {
  const edges: PnpmEdge[] = [];
  let optionalPeers: ReadonlySet<string> | undefined;
  for (const member of childrenOf(tape, entry)) {
    const isPeers = keyIs(tape, member, 'peerDependencies');
    const section = isPeers ? 'peerDependencies' : sectionOf(tape, member);
    if (section === undefined) continue;
    const group = keyOf(tape, member);
    if (isPeers) optionalPeers = optionalPeersIn(tape, memberOf(tape, entry, 'peerDependenciesMeta'));
    for (const dependency of childrenOf(tape, member)) {
      const specifier = locatedScalar(tape, dependency);
      if (specifier === undefined) continue;
      const name = keyOf(tape, dependency);
      edges.push({
        section,
        group,
        name,
        nameSpan: keySpan(tape, dependency),
        specifier,
        version: isPeers ? undefined : specifier,
        optional: isPeers ? optionalPeers?.has(name) === true : section === 'optionalDependencies',
      });
    }
  }
  return edges;
}

/** Returns the peers that `peerDependenciesMeta` marks as optional. */
function optionalPeersIn(tape: YamlTape, meta: Node): ReadonlySet<string> {
  const names = new Set<string>();
  for (const peer of childrenOf(tape, meta)) {
    if (isTrue(tape, memberOf(tape, peer, 'optional'))) names.add(keyOf(tape, peer));
  }
  return names;
}

/** Returns the dependency of this name of an importer, from the section that pnpm prefers; `NONE` if there is none. */
export function dependencyNamed(tape: YamlTape, importer: Node, name: string): Node {
  for (const [group] of GROUPS) {
    const found = memberOf(tape, memberOf(tape, importer, group), name);
    if (found !== NONE) return found;
  }
  return NONE;
}
