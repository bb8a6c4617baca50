import type { DependencyGraph, ImporterDependency, NodeNumber } from '../../read/graph/dependency-graph.ts';
import { installedAs } from '../../read/lockfile/model/installed-as.ts';
import { isDevelopmentTool } from './development-tools.ts';
import { isFrontEnd } from './front-end.ts';

/** Who uses the packages of a lockfile, as far as importers record their declarations. */
export interface Uses {
  /** Checks whether a front end that declares only development dependencies ships it, see `isFrontEnd`. */
  isOfFrontEnd(node: NodeNumber): boolean;
  /** Checks whether every path to it from production dependencies leads through a development tool. */
  isOfTools(node: NodeNumber): boolean;
  /** Checks whether only development dependencies pull it in. */
  isOfDevelopment(node: NodeNumber): boolean;
  /** Checks whether only fixtures pull it in. */
  isOfFixtures(node: NodeNumber): boolean;
}

/** The root or a member, with its declarations. */
export interface Importer {
  readonly path: string;
  readonly dependencies: readonly Declared[];
}

export type Declared = Pick<ImporterDependency, 'name' | 'kind' | 'resolved'>;

/** Facts about an importer by its path. */
export interface ImporterFacts {
  isFixture(path: string): boolean;
  isLibrary(path: string): boolean;
}

/** Returns the uses. A use by a fixture counts only for packages that nothing outside of fixtures uses. */
export function usesOf(
  graph: DependencyGraph,
  importers: readonly Importer[],
  { isFixture, isLibrary }: ImporterFacts,
): Uses {
  const hasMembers = importers.length > 1;
  const frontEnds = importers.filter((importer) =>
    shipsDevelopment(importer, isLibrary(importer.path), hasMembers),
  );
  const tools = toolsIn(graph);
  const others = importers.filter(({ path }) => !isFixture(path));
  const ofAll = sectionsOf(graph, importers, frontEnds, tools);
  if (others.length === importers.length) return { ...ofAll, isOfFixtures: () => false };
  const ofOthers = sectionsOf(graph, others, frontEnds, tools);
  const outside = lazily(() => reach(graph, dependenciesOf(others)));
  const inside = lazily(() => reach(graph, dependenciesOf(importers.filter(({ path }) => isFixture(path)))));
  const at = (node: NodeNumber) => (outside()[node] === 1 ? ofOthers : ofAll);
  return {
    isOfFrontEnd: (node) => at(node).isOfFrontEnd(node),
    isOfTools: (node) => at(node).isOfTools(node),
    isOfDevelopment: (node) => at(node).isOfDevelopment(node),
    isOfFixtures: (node) => inside()[node] === 1 && outside()[node] !== 1,
  };
}

/** Returns who uses the packages according to the sections that declare them. */
function sectionsOf(
  graph: DependencyGraph,
  importers: readonly Importer[],
  allFrontEnds: readonly Importer[],
  tools: Uint8Array,
): Omit<Uses, 'isOfFixtures'> {
  const frontEnds = importers.filter((importer) => allFrontEnds.includes(importer));
  const others = importers.filter((importer) => !allFrontEnds.includes(importer));
  const shipped = dependenciesOf(frontEnds);
  const production = [...shipped, ...dependenciesOf(others).filter(({ kind }) => kind !== 'dev')];
  const development = dependenciesOf(others).filter(({ kind }) => kind === 'dev');

  const reachable = (dependencies: readonly Declared[]) => lazily(() => reach(graph, dependencies));
  const besideTools = (dependencies: readonly Declared[]) => lazily(() => reach(graph, dependencies, tools));
  const ofFrontEnds = besideTools(shipped);
  const ofOthers = besideTools(production);
  const ofProduction = reachable(production);
  const ofDevelopment = reachable(development);
  return {
    isOfFrontEnd: (node) => ofFrontEnds()[node] === 1,
    isOfTools: (node) => ofProduction()[node] === 1 && ofOthers()[node] !== 1,
    isOfDevelopment: (node) => ofDevelopment()[node] === 1 && ofProduction()[node] !== 1,
  };
}

/** Marks each development tool with 1. Only registry packages count, as anybody may use the name elsewhere. */
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

/** Marks each package reachable from these dependencies with 1, without passing through `closed` packages. */
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
