import semver from 'semver';
import type { DependencyGraph } from '../../../read/graph/dependency-graph.ts';
import { reachedFrom } from '../../../read/graph/introduced-by.ts';
import { nodesNamed } from '../../../read/graph/nodes-by-name.ts';
import { specOf } from '../../../read/manager/managers.ts';
import type { OverrideSupport } from '../../../read/manager/model/overrides.ts';
import { withProtocol } from '../../../read/manager/yarn/override-selector.ts';
import { installationOf, installerOf } from '../../../read/project/manager/installation.ts';
import type { Project } from '../../../read/project/project.ts';
import type { Dependent } from '../dependents.ts';

/** The key of a line that overrides a package for some dependents, and for no others that need another version. */
export interface OverrideKey {
  /** From the outermost key in, as in the field. */
  readonly path: readonly string[];
  /** What it overrides, for display: `minimist`, `minimist of mkdirp`. */
  readonly words: string;
}

export interface KeyQuestion {
  readonly project: Project;
  readonly graph: DependencyGraph;
  /** The name under which the package is imported. */
  readonly name: string;
  /** The version to replace. */
  readonly version: string;
  /** The dependents to get another version. */
  readonly meant: readonly Dependent[];
  /** The dependents for which that version would be wrong. */
  readonly spared: readonly Dependent[];
}

/** Names that no key syntax interprets. */
const NAME = /^(?:@[\w.~-]+\/)?[\w.~-]+$/;

/** More lines than this are not a useful fix. */
const MOST = 8;

/**
 * Returns the shortest keys that work: the name alone, the name with its compatible range, otherwise one line per
 * dependent package. Undefined if the package manager has no such keys.
 */
export function overrideKeys(question: KeyQuestion): readonly OverrideKey[] | undefined {
  const { name, spared, project } = question;
  if (spared.length === 0) return [{ path: [name], words: name }];
  const keys = keysOfKind[installerOf(project).overrides.keys](question);
  return keys === undefined || keys.length > MOST ? undefined : keys;
}

const keysOfKind: Readonly<
  Record<OverrideSupport['keys'], (question: KeyQuestion) => readonly OverrideKey[] | undefined>
> = {
  parents: byParents,
  descriptors: byDescriptors,
  ranges: (question) => byLine(question) ?? byParents(question),
};

/** Returns `minimist@^1`: npm, pnpm and Bun compare it with the declared range, and any overlap matches. */
function byLine({ project, name, version, spared }: KeyQuestion): readonly OverrideKey[] | undefined {
  if (!readsSelectors(project)) return undefined;
  const line = lineOf(version);
  const hits = ({ range, version: own }: Dependent) => semver.intersects(range ?? own, line);
  if (line === version || spared.some(hits)) return undefined;
  const key = `${name}@${line}`;
  return [{ path: [key], words: key }];
}

/** Returns keys for Yarn, which compares the text of the declaration. */
function byDescriptors({ name, meant, spared }: KeyQuestion): readonly OverrideKey[] | undefined {
  const texts = (list: readonly Dependent[]) =>
    new Set(
      list
        .map(({ declared }) => declared)
        .filter((text) => text !== undefined)
        .map(withProtocol),
    );
  const wanted = texts(meant);
  const others = texts(spared);
  if (wanted.size === 0 || [...wanted].some((text) => others.has(text) || text.includes('/')))
    return undefined;
  return [...wanted].sort().map((text) => ({ path: [`${name}@${text}`], words: `${name}@${text}` }));
}

function byParents({ project, graph, name, meant, spared }: KeyQuestion): readonly OverrideKey[] | undefined {
  if (!readsSelectors(project) || meant.some(({ by }) => by === undefined)) return undefined;
  const parents = new Set(meant.map(({ by }) => by!.name));
  if (![...parents].every((parent) => NAME.test(parent))) return undefined;
  if (spared.some(({ by }) => by !== undefined && parents.has(by.name))) return undefined;
  const { reachesDeep, keyBelow } = specOf(project.manager).overrides;
  if (reachesDeep && reaches(graph, parents, spared)) return undefined;
  return [...parents].sort().map((parent) => ({
    path: keyBelow(parent, name),
    words: `${name} of ${parent}`,
  }));
}

function reaches(
  graph: DependencyGraph,
  parents: ReadonlySet<string>,
  dependents: readonly Dependent[],
): boolean {
  const starts = [...parents].flatMap((parent) => nodesNamed(graph, parent));
  const reached = reachedFrom(graph, starts, () => true);
  return dependents.some(({ node }) => reached[node] === 1);
}

/** Returns the shortest caret range of the versions compatible with this one. */
function lineOf(version: string): string {
  const { major, minor } = new semver.SemVer(version);
  if (major > 0) return `^${major}`;
  return minor > 0 ? `^0.${minor}` : version;
}

function readsSelectors(project: Project): boolean {
  return specOf(project.manager).overrides.missingKeys(installationOf(project)) === undefined;
}
