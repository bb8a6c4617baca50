import {
  type DependencyGraph,
  dependentsOf,
  importerAt,
  type NodeNumber,
} from '../../read/graph/dependency-graph.ts';
import { type AccountChange, byName, type PackagePeople, publisherKey } from './package-people.ts';

/** An account that can publish packages of a lockfile. */
export interface PublishAccount {
  readonly name: string;
  /** The locked packages that it can publish, sorted. */
  readonly packages: readonly string[];
  /** The packages that it alone can publish. */
  readonly alone: number;
  /** The number of locked packages that are among these or pull one of them in. */
  readonly reach: number;
  /** The direct dependencies through which a new version of its packages would come, sorted. */
  readonly through: readonly string[];
  /** Whether one of its packages is reached outside of development. */
  readonly isProduction: boolean;
  readonly changes: readonly AccountChange[];
}

/** A project's graph, and who can publish what is in it. */
export interface PeopledGraph {
  readonly graph: DependencyGraph;
  readonly people: ReadonlyMap<string, PackagePeople>;
}

/** Returns all accounts of several projects: those with the most packages first. */
export function publishAccounts(graphs: readonly PeopledGraph[]): readonly PublishAccount[] {
  const open = new Map<string, OpenAccount>();
  const accountOf = (name: string): OpenAccount => {
    const key = publisherKey(name);
    const known = open.get(key) ?? {
      ...{ name, packages: new Set(), alone: new Set(), reach: new Set(), through: new Set() },
      ...{ isProduction: false, changes: new Map() },
    };
    open.set(key, known);
    return known;
  };
  for (const { graph, people } of graphs) {
    const nodes = nodesByName(graph);
    for (const { name, accounts = [], changes } of people.values()) {
      if (!nodes.has(name)) continue;
      for (const account of accounts) {
        const found = accountOf(account);
        found.packages.add(name);
        if (accounts.length === 1) found.alone.add(name);
      }
      for (const change of changes) accountOf(change.account).changes.set(JSON.stringify(change), change);
    }
    for (const account of open.values()) addReach(account, graph, nodes);
  }
  return [...open.values()]
    .map(({ name, packages, alone, reach, through, isProduction, changes }) => ({
      ...{ name, packages: [...packages].sort(byName), alone: alone.size, reach: reach.size, isProduction },
      through: [...through].sort(byName),
      changes: [...changes.values()],
    }))
    .sort((a, b) => b.packages.length - a.packages.length || b.reach - a.reach || byName(a.name, b.name));
}

interface OpenAccount {
  readonly name: string;
  readonly packages: Set<string>;
  readonly alone: Set<string>;
  readonly reach: Set<string>;
  readonly through: Set<string>;
  isProduction: boolean;
  readonly changes: Map<string, AccountChange>;
}

function nodesByName({ packages }: DependencyGraph): ReadonlyMap<string, readonly NodeNumber[]> {
  const nodes = new Map<string, NodeNumber[]>();
  for (const [node, { name, entry }] of packages.entries()) {
    if (entry.source !== 'registry') continue;
    const known = nodes.get(name);
    if (known === undefined) nodes.set(name, [node]);
    else known.push(node);
  }
  return nodes;
}

/** Walks from the packages of an account up to the importers. */
function addReach(
  account: OpenAccount,
  graph: DependencyGraph,
  nodes: ReadonlyMap<string, readonly NodeNumber[]>,
): void {
  const waiting = [...account.packages].flatMap((name) => nodes.get(name) ?? []);
  for (const node of waiting) if (graph.packages[node]?.dev === false) account.isProduction = true;
  const seen = new Set(waiting);
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const name = graph.packages[node]!.name;
    account.reach.add(name);
    for (const edge of dependentsOf(graph, node)) {
      const from = graph.edges.from[edge]!;
      if (importerAt(graph, from) !== undefined) account.through.add(name);
      else if (!seen.has(from)) {
        seen.add(from);
        waiting.push(from);
      }
    }
  }
}
