import type { DependencyGraph, NodeNumber } from '../../read/graph/dependency-graph.ts';
import { OPTIONAL_PEER, PEER } from '../../read/graph/edge-table.ts';

/** A dependency path from a package to one that it pulls in. */
export interface Way {
  readonly to: NodeNumber;
  /** From the first to the last, inclusive. */
  readonly steps: readonly NodeNumber[];
  /** False for a very long path, of which only the first step and the end are kept. */
  readonly isWhole: boolean;
}

/** The shortest dependency paths to certain packages of a graph. */
export interface DependencyPaths {
  /** Checks whether it is one of them, or a path leads from it to one. */
  readonly leads: (start: NodeNumber) => boolean;
  /** Returns the paths to each of them that `from` pulls in, except itself: shortest first. */
  from(start: NodeNumber): readonly Way[];
}

const MOST_STEPS = 12;
/** A lockfile that needs more is crafted to waste time; not all paths are found then. */
const MOST_VISITS = 30_000_000;

/**
 * Finds paths to the targets, lazily for each start. One walk against the edges marks everything that leads to a
 * target, and the walks from the starts are limited to that.
 */
export function findPaths(graph: DependencyGraph, targets: Iterable<NodeNumber>): DependencyPaths {
  const { starts, to: ends } = graph.edges;
  const isTarget = new Uint8Array(starts.length - 1);
  for (const target of targets) isTarget[target] = 1;
  const leads = leadingTo(graph, isTarget);
  /** The start whose walk last reached a node, plus one, and the node it came from. */
  const reachedBy = new Int32Array(isTarget.length);
  const cameFrom = new Int32Array(isTarget.length);
  const known = new Map<NodeNumber, readonly Way[]>();
  let visits = 0;

  const wayTo = (to: NodeNumber, start: NodeNumber): Way => {
    const steps = [to];
    let at = cameFrom[to]!;
    for (; at !== start && steps.length < MOST_STEPS; at = cameFrom[at]!) steps.push(at);
    steps.push(start);
    return { to, steps: steps.reverse(), isWhole: at === start };
  };

  const walk = (start: NodeNumber): readonly Way[] => {
    const paths: Way[] = [];
    if (leads[start] === 0 || visits > MOST_VISITS) return paths;
    const order = [start];
    reachedBy[start] = start + 1;
    for (let at = 0; at < order.length; at++) {
      const node = order[at]!;
      if (at > 0 && isTarget[node] === 1) paths.push(wayTo(node, start));
      for (let edge = starts[node]!; edge < starts[node + 1]!; edge++) {
        const to = ends[edge]!;
        if (leads[to] === 0 || reachedBy[to] === start + 1 || !brings(graph, edge)) continue;
        reachedBy[to] = start + 1;
        cameFrom[to] = node;
        order.push(to);
      }
    }
    visits += order.length;
    return paths;
  };

  return {
    leads: (start) => leads[start] === 1,
    from(start) {
      let paths = known.get(start);
      if (paths === undefined) {
        paths = walk(start);
        known.set(start, paths);
      }
      return paths;
    },
  };
}

/**
 * Marks each package from which a target is reachable with 1, including the targets. Importers pull in nothing by
 * themselves.
 */
function leadingTo(graph: DependencyGraph, isTarget: Uint8Array): Uint8Array {
  const { incoming, incomingStarts, from: beginnings } = graph.edges;
  const count = graph.packages.length;
  const leads = isTarget.slice();
  const waiting: NodeNumber[] = [];
  for (let node = 0; node < count; node++) if (isTarget[node] === 1) waiting.push(node);
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (let place = incomingStarts[node]!; place < incomingStarts[node + 1]!; place++) {
      const edge = incoming[place]!;
      const from = beginnings[edge]!;
      if (leads[from] === 1 || from >= count || !brings(graph, edge)) continue;
      leads[from] = 1;
      waiting.push(from);
    }
  }
  return leads;
}

/**
 * Checks whether an edge pulls in a package. A peer dependency does only if nothing else does; others use the existing
 * one.
 */
function brings({ edges, packages }: DependencyGraph, edge: number): boolean {
  const kind = edges.kinds[edge];
  return (kind !== PEER && kind !== OPTIONAL_PEER) || packages[edges.to[edge]!]?.peer === true;
}
