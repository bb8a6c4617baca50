import semver from 'semver';
import { reachedFrom } from '../../read/graph/brought-by.ts';
import type { DependencyGraph } from '../../read/graph/dependency-graph.ts';
import { nodesNamed } from '../../read/graph/nodes-by-name.ts';
import { specOf } from '../../read/manager/managers.ts';
import type { OverrideSupport } from '../../read/manager/model/overrides.ts';
import { withProtocol } from '../../read/manager/yarn/override-selector.ts';
import { installationOf, installerOf } from '../../read/project/manager/installation.ts';
import type { Project } from '../../read/project/project.ts';
import type { Dependent } from './dependents.ts';

/** The keys of a line that overrides a package for some dependents and for no others that need another version. */
export interface OverrideKey {
  /** From the outside in, as the field has them. */
  readonly path: readonly string[];
  /** What it overrides, for people: `minimist`, `minimist of mkdirp`. */
  readonly words: string;
}

export interface KeyQuestion {
  readonly project: Project;
  readonly graph: DependencyGraph;
  /** The name under which the package is imported. */
  readonly name: string;
  /** The version to be replaced. */
  readonly version: string;
  /** Those who are to get another version. */
  readonly meant: readonly Dependent[];
  /** Those for whom that version would be the wrong one. */
  readonly spared: readonly Dependent[];
}

/** What no key reads as anything but a name. */
const NAME = /^(?:@[\w.~-]+\/)?[\w.~-]+$/;

/** More lines than that are no way out. */
const MOST = 8;

/**
 * The shortest keys that do it: the name alone, the name with its line of versions, else one line for each package that
 * depends on it. Undefined where the package manager has no such keys.
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

/** `minimist@^1`: npm, pnpm and Bun compare it with what is declared, and take any overlap for a match. */
function byLine({ project, name, version, spared }: KeyQuestion): readonly OverrideKey[] | undefined {
  if (!readsSelectors(project)) return undefined;
  const line = lineOf(version);
  const hits = ({ range, version: own }: Dependent) => semver.intersects(range ?? own, line);
  if (line === version || spared.some(hits)) return undefined;
  const key = `${name}@${line}`;
  return [{ path: [key], words: key }];
}

/** Yarn compares the text of what is declared. */
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

/** The versions that a caret takes for compatible with this one, in as few numbers as say it. */
function lineOf(version: string): string {
  const { major, minor } = new semver.SemVer(version);
  if (major > 0) return `^${major}`;
  return minor > 0 ? `^0.${minor}` : version;
}

function readsSelectors(project: Project): boolean {
  return specOf(project.manager).overrides.missingKeys(installationOf(project)) === undefined;
}
