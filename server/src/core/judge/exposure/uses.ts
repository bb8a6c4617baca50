import type { DependencyGraph, ImporterDependency, NodeNumber } from '../../read/graph/dependency-graph.ts';
import { installedAs } from '../../read/lockfile/model/installed-as.ts';
import { isDevelopmentTool } from './development-tools.ts';
import { isFrontEnd } from './front-end.ts';

/** Who uses the packages of a lockfile, as far as importers say what they declare. */
export interface Uses {
  /** Whether a front end that declares development dependencies alone ships it: see `isFrontEnd`. */
  isOfFrontEnd(node: NodeNumber): boolean;
  /** Whether every path to it from what production declares leads through a development tool. */
  isOfTools(node: NodeNumber): boolean;
  /** Whether nothing in production pulls it in, and something in development does. */
  isOfDevelopment(node: NodeNumber): boolean;
  /** Whether only fixtures pull it in. */
  isOfFixtures(node: NodeNumber): boolean;
}

/** The root, or a member, and what it declares. */
export interface Importer {
  readonly path: string;
  readonly dependencies: readonly Declared[];
}

export type Declared = Pick<ImporterDependency, 'name' | 'kind' | 'resolved'>;

/** What is known of an importer by its path. */
export interface ImporterFacts {
  isFixture(path: string): boolean;
  isLibrary(path: string): boolean;
}

/** Tells who uses packages. */
export function usesOf(
  graph: DependencyGraph,
  importers: readonly Importer[],
  { isFixture, isLibrary }: ImporterFacts,
): Uses {
  const hasMembers = importers.length > 1;
  const tools = toolsIn(graph);
  const frontEnds = importers.filter((importer) =>
    shipsDevelopment(importer, isLibrary(importer.path), hasMembers),
  );
  const others = importers.filter((importer) => !frontEnds.includes(importer));
  const shipped = dependenciesOf(frontEnds);
  const production = [...shipped, ...dependenciesOf(others).filter(({ kind }) => kind !== 'dev')];
  const development = dependenciesOf(others).filter(({ kind }) => kind === 'dev');

  const reachable = (dependencies: readonly Declared[]) => lazily(() => reach(graph, dependencies));
  const besideTools = (dependencies: readonly Declared[]) => lazily(() => reach(graph, dependencies, tools));
  const ofFrontEnds = besideTools(shipped);
  const ofOthers = besideTools(production);
  const ofProduction = reachable(production);
  const ofDevelopment = reachable(development);
  const fixtures = importers.filter(({ path }) => isFixture(path));
  const inside = reachable(dependenciesOf(fixtures));
  const outside = reachable(dependenciesOf(importers.filter((importer) => !fixtures.includes(importer))));
  return {
    isOfFrontEnd: (node) => ofFrontEnds()[node] === 1,
    isOfTools: (node) => ofProduction()[node] === 1 && ofOthers()[node] !== 1,
    isOfDevelopment: (node) => ofDevelopment()[node] === 1 && ofProduction()[node] !== 1,
    isOfFixtures: (node) => inside()[node] === 1 && outside()[node] !== 1,
  };
}

/** 1 for each development tool. A name that is not of a registry's package says nothing: anybody may write it. */
function toolsIn({ packages }: DependencyGraph): Uint8Array {
  return Uint8Array.from(packages, ({ entry }) => {
    const name = installedAs(entry)?.name;
    return name !== undefined && isDevelopmentTool(name) ? 1 : 0;
  });
}

function dependenciesOf(importers: readonly Importer[]): readonly Declared[] {
  return importers.flatMap(({ dependencies }) => dependencies);
}

function shipsDevelopment(
  { path, dependencies }: Importer,
  isLibrary: boolean,
  hasMembers: boolean,
): boolean {
  if (dependencies.length === 0 || dependencies.some(({ kind }) => kind !== 'dev' && kind !== 'peer'))
    return false;
  return isFrontEnd({ path, names: dependencies.map(({ name }) => name), isLibrary }, hasMembers);
}

function lazily<T>(compute: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= compute());
}

/** 1 for each package that can be reached from these dependencies, over no package of those that are `closed`. */
function reach(
  { packages, edges }: DependencyGraph,
  dependencies: readonly Declared[],
  closed?: Uint8Array,
): Uint8Array<ArrayBuffer> {
  const reached = new Uint8Array(packages.length);
  const waiting: NodeNumber[] = [];
  const visit = (node: NodeNumber | undefined) => {
    if (node === undefined || node >= packages.length || reached[node] === 1 || closed?.[node] === 1) return;
    reached[node] = 1;
    waiting.push(node);
  };
  for (const { resolved } of dependencies) visit(resolved);
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (let edge = edges.starts[node]!; edge < edges.starts[node + 1]!; edge++) visit(edges.to[edge]);
  }
  return reached;
}
