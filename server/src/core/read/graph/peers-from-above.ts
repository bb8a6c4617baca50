import type { BuiltNode } from './graph-builder.ts';

/** The number of lookups, plus some for each edge, before a text crafted to have too many paths up is abandoned. */
const LEAST_LOOKS = 300_000;
const LOOKS_OF_EDGE = 40;

/**
 * Resolves peers where each choice of them makes a copy of the package: to what the nearest packages above it, on every
 * path up to the importers, depend on under that name. The packages in between need not declare the peer.
 */
export class PeersFromAbove {
  readonly #dependents = new Map<BuiltNode, BuiltNode[]>();
  readonly #dependencies = new Map<BuiltNode, Map<string, BuiltNode>>();
  #looks = LEAST_LOOKS;

  /** Adds a dependency that is not a peer. */
  add(from: BuiltNode, name: string, to: BuiltNode): void {
    this.#looks += LOOKS_OF_EDGE;
    const dependents = this.#dependents.get(to);
    if (dependents === undefined) this.#dependents.set(to, [from]);
    else dependents.push(from);
    const dependencies = this.#dependencies.get(from);
    if (dependencies === undefined) this.#dependencies.set(from, new Map([[name, to]]));
    else dependencies.set(name, to);
  }

  /**
   * @param otherwise what it gets from an importer that has no such dependency
   * @returns undefined if the lookup limit was exceeded
   */
  find(node: BuiltNode, name: string, otherwise: BuiltNode | undefined): ReadonlySet<BuiltNode> | undefined {
    const found = new Set<BuiltNode>();
    const seen = new Set<BuiltNode>([node]);
    const waiting = [node];
    for (let at = waiting.pop(); at !== undefined; at = waiting.pop()) {
      for (const dependent of this.#dependents.get(at) ?? []) {
        if (this.#looks-- <= 0) return undefined;
        if (seen.has(dependent)) continue;
        seen.add(dependent);
        const had = this.#dependencies.get(dependent)?.get(name);
        if (had !== undefined) found.add(had);
        else if (dependent >= 0) waiting.push(dependent);
        else if (otherwise !== undefined) found.add(otherwise);
      }
    }
    if (found.size === 0 && otherwise !== undefined) found.add(otherwise);
    found.delete(node);
    return found;
  }
}
