import { createRequire } from 'node:module';
import {
  type LockfileProject,
  lockfileText,
  manifestTexts,
  withLockfile,
  writeManifests,
} from './lockfile-project.ts';
import {
  importerId,
  type NormalEdge,
  type NormalGraph,
  type NormalKind,
  type NormalPackage,
} from './normal-form.ts';

interface ArboristNode {
  readonly location: string;
  readonly packageName: string;
  readonly version: string;
  readonly isLink: boolean;
  readonly target: ArboristNode;
  readonly dev: boolean;
  readonly optional: boolean;
  readonly devOptional: boolean;
  readonly peer: boolean;
  readonly package: Readonly<
    Partial<
      Record<'dependencies' | 'devDependencies' | 'optionalDependencies', Readonly<Record<string, string>>>
    >
  >;
  readonly edgesOut: ReadonlyMap<string, ArboristEdge>;
}

interface ArboristEdge {
  readonly name: string;
  readonly type: string;
  readonly rawSpec: string;
  readonly to: ArboristNode | null;
}

interface ArboristTree extends ArboristNode {
  readonly inventory: ReadonlyMap<string, ArboristNode>;
}

interface Arborist {
  loadVirtual(): Promise<ArboristTree>;
}

/**
 * Returns npm's own reading of its lockfile, the virtual tree of Arborist. The project's manifests are those recorded
 * in the lockfile; versions 1 and before record none, so the adjacent ones are used.
 */
export async function npmOracle(project: LockfileProject): Promise<NormalGraph> {
  return withLockfile(project, async (path) => {
    const { packages } = JSON.parse(lockfileText(project)) as {
      readonly packages?: Readonly<Record<string, object>>;
    };
    const recorded = Object.entries(packages ?? {})
      .filter(([location]) => !isInNodeModules(location))
      .map(([location, manifest]) => [location, JSON.stringify(manifest)] as const);
    writeManifests(path, packages === undefined ? manifestTexts(project) : recorded);
    const { Arborist } = createRequire(import.meta.url)('@npmcli/arborist') as {
      readonly Arborist: new (options: { readonly path: string }) => Arborist;
    };
    const arborist = new Arborist({ path });
    // Arborist recomputes the flags of packages if it doubts those of the lockfile, which are wanted here.
    Object.defineProperty(arborist, Symbol.for('flagsSuspect'), { get: () => false, set: () => {} });
    const tree = await arborist.loadVirtual();
    return graphOf(tree);
  });
}

function graphOf(tree: ArboristTree): NormalGraph {
  const idOf = ({ location }: ArboristNode) => (isInNodeModules(location) ? location : importerId(location));
  const packages: NormalPackage[] = [];
  const edges: NormalEdge[] = [];
  for (const node of new Set([tree, ...tree.inventory.values()])) {
    if (node.isLink) continue;
    if (isInNodeModules(node.location)) packages.push({ ...packageOf(node), id: idOf(node) });
    for (const edge of node.edgesOut.values()) {
      const type = edge.type === 'workspace' ? declaredType(node, edge.name) : edge.type;
      if (edge.to === null || type === undefined) continue;
      edges.push({
        from: idOf(node),
        to: idOf(edge.to.isLink ? edge.to.target : edge.to),
        name: edge.name,
        kind: KINDS[type]!,
        specifier: edge.type === 'workspace' ? undefined : edge.rawSpec,
      });
    }
  }
  return { packages, edges };
}

const KINDS: Readonly<Record<string, NormalKind>> = {
  prod: 'prod',
  dev: 'dev',
  optional: 'optional',
  peer: 'peer',
  peerOptional: 'optional peer',
};

/**
 * Returns the type of an edge, as the root has one to each of its members, even if its manifest does not declare them.
 */
function declaredType({ package: manifest }: ArboristNode, name: string): string | undefined {
  if (manifest.devDependencies?.[name] !== undefined) return 'dev';
  if (manifest.optionalDependencies?.[name] !== undefined) return 'optional';
  return manifest.dependencies?.[name] === undefined ? undefined : 'prod';
}

function isInNodeModules(location: string): boolean {
  return location.startsWith('node_modules/') || location.includes('/node_modules/');
}

function packageOf(node: ArboristNode): Omit<NormalPackage, 'id'> {
  return {
    name: node.packageName,
    version: node.version === '' ? undefined : node.version,
    dev: node.dev,
    // Arborist's own flag is also set if `dev` is.
    optional: node.optional || (node.devOptional && !node.dev),
    peer: node.peer,
  };
}
