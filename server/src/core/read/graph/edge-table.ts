/** The manifest section in which a dependency is declared. */
export type EdgeKind = 'prod' | 'dev' | 'optional' | 'peer';

/** Kinds as numbers; an optional peer dependency is a separate kind here. */
export const [PROD, DEV, OPTIONAL, PEER, OPTIONAL_PEER] = [0, 1, 2, 3, 4] as const;

const KINDS: readonly EdgeKind[] = ['prod', 'dev', 'optional', 'peer', 'peer'];

export function kindOfCode(code: number): EdgeKind {
  return KINDS[code] ?? 'prod';
}

/**
 * All edges of the graph, in parallel arrays: an edge is an index into them. The edges out of node `n` are those from
 * `starts[n]` up to `starts[n + 1]`.
 */
export interface EdgeTable {
  readonly count: number;
  readonly starts: Int32Array;
  readonly from: Int32Array;
  readonly to: Int32Array;
  /** One of the codes above. */
  readonly kinds: Uint8Array;
  /** The names under which dependents import the package. */
  readonly names: readonly string[];
  /**
   * The declared specifier; in pnpm lockfiles the resolved version, because they do not record what a package declares.
   */
  readonly specifiers: readonly string[];
  /** The edges into a node: from `incoming[incomingStarts[n]]` on. Computed on first use. */
  readonly incomingStarts: Int32Array;
  readonly incoming: Int32Array;
}

/** Edges in discovery order. */
export interface EdgeList {
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly kinds: readonly number[];
  readonly names: readonly string[];
  readonly specifiers: readonly string[];
}

/** Sorts edges by source node, keeping the order within each node. */
export function edgeTable(list: EdgeList, nodes: number): EdgeTable {
  const count = list.from.length;
  const starts = new Int32Array(nodes + 1);
  const order = orderBy(list.from, nodes, starts);
  const from = new Int32Array(count);
  const to = new Int32Array(count);
  const kinds = new Uint8Array(count);
  const names = new Array<string>(count);
  const specifiers = new Array<string>(count);
  for (let place = 0; place < count; place++) {
    const edge = order[place]!;
    from[place] = list.from[edge]!;
    to[place] = list.to[edge]!;
    kinds[place] = list.kinds[edge]!;
    names[place] = list.names[edge]!;
    specifiers[place] = list.specifiers[edge]!;
  }
  let incoming: { readonly starts: Int32Array; readonly edges: Int32Array } | undefined;
  const findIncoming = () => {
    if (incoming === undefined) {
      const incomingStarts = new Int32Array(nodes + 1);
      incoming = { starts: incomingStarts, edges: orderBy(to, nodes, incomingStarts) };
    }
    return incoming;
  };
  return {
    count,
    starts,
    from,
    to,
    kinds,
    names,
    specifiers,
    get incomingStarts() {
      return findIncoming().starts;
    },
    get incoming() {
      return findIncoming().edges;
    },
  };
}

/** Counting sort: returns the indexes of `values` by value; fills `starts` with where each value begins. */
function orderBy(values: ArrayLike<number>, most: number, starts: Int32Array): Int32Array {
  for (let at = 0; at < values.length; at++) starts[values[at]! + 1]!++;
  for (let value = 0; value < most; value++) starts[value + 1]! += starts[value]!;
  const next = starts.slice();
  const order = new Int32Array(values.length);
  for (let at = 0; at < values.length; at++) order[next[values[at]!]!++] = at;
  return order;
}
