import semver from 'semver';
import type { Advisory } from '../../know/advisory/advisory.ts';
import type { Packument } from '../../know/registry/documents/packument.ts';
import { parsedVersion } from '../../know/registry/documents/parsed-version.ts';
import { candidateVersion, newestInRange } from '../../know/registry/releases/candidate-version.ts';
import { updateLevel } from '../../know/registry/releases/update-level.ts';
import type { DependencyGraph } from '../../read/graph/dependency-graph.ts';
import { type Cooldown, cooldownOf } from '../../read/project/manager/cooldown.ts';
import { satisfies } from '../../read/text/satisfies.ts';
import { isPrivate } from '../check/selected-versions.ts';
import { decidingAdvisories } from '../exposure/clearing-version.ts';
import type { BadPackage, RemedyContext } from './bad-package.ts';
import { bestChoice } from './best-choice.ts';
import { type Choice, choicesOf } from './choices-of.ts';

/** The existing versions of packages, and which of them to select. Memoizes its results. */
export interface VersionChoice {
  readonly coolDown: Cooldown;
  packument(name: string): Packument | undefined;
  /** Returns the advisories that affect a version, highest severity first. */
  affecting(name: string, version: string): readonly Advisory[];
  /**
   * Returns the accepted version to use instead of a bad one: with the fewest remaining advisories, of the lowest rank,
   * if possible past its cooldown, and then the next above the bad version. For malware, the nearest one on either
   * side. Undefined if none is better.
   */
  instead(bad: BadPackage, rankOf: (version: string) => number, accepts?: Accepts): Choice | undefined;
  /** Returns the same for a package updated for another reason: with no more advisories than it has now. */
  update(from: BadPackage, rankOf: (version: string) => number, accepts: Accepts): Choice | undefined;
  /** Returns the version the package manager would select today for a range, as far as known. */
  taken(name: string, range: string): Choice | undefined;
}

export type ChoiceContext = Pick<RemedyContext, 'project' | 'advisories' | 'now'> & {
  readonly facts: Pick<RemedyContext['facts'], 'packument'>;
};

export type Accepts = (choice: Choice) => boolean;

export function createVersionChoice(
  { project, facts, advisories, now }: ChoiceContext,
  graph: DependencyGraph | undefined,
): VersionChoice {
  const coolDown = cooldownOf(project);
  const known = new Map<string, readonly Choice[]>();

  const packument = (name: string): Packument | undefined => {
    const fact = facts.packument(name);
    return fact.state === 'ready' && fact.value.versions.size > 0 ? fact.value : undefined;
  };
  // Public reports do not apply to a private package with the same name.
  const reportsOn = (name: string): readonly Advisory[] => {
    const all = advisories.of(name);
    if (all.length === 0 || !isPrivate(name, project)) return all;
    return all.filter(({ source }) => source === 'registry');
  };
  const affecting = (name: string, version: string) =>
    reportsOn(name).filter((advisory) => advisory.affects(version) === 'yes');
  const choicesBy = (name: string, reports: readonly Advisory[], key: string): readonly Choice[] => {
    let all = known.get(key);
    if (all === undefined) {
      all = choicesOf({ name, project, graph, reports, document: packument(name), coolDown, now });
      known.set(key, all);
    }
    return all;
  };
  const choices = (name: string) => choicesBy(name, reportsOn(name), name);

  return {
    coolDown,
    packument,
    affecting,
    instead({ name, version: bad }, rankOf, accepts = () => true) {
      const all = reportsOn(name);
      const deciding = decidingAdvisories(all, bad);
      const own = deciding.filter((advisory) => advisory.affects(bad) === 'yes');
      const isMalware = own.some((advisory) => advisory.isMalware);
      const versions = deciding === all ? choices(name) : choicesBy(name, deciding, `${name} decided`);
      return bestChoice(versions, bad, rankOf, (choice) => {
        if (choice.leaves.some((advisory) => advisory.isMalware) || !accepts(choice)) return false;
        return isMalware || (isAbove(choice.version, bad) && choice.leaves.length < own.length);
      });
    },
    update({ name, version: from }, rankOf, accepts) {
      const own = affecting(name, from);
      return bestChoice(choices(name), from, rankOf, (choice) => {
        return isAbove(choice.version, from) && choice.leaves.length <= own.length && accepts(choice);
      });
    },
    taken(name, range) {
      const document = packument(name);
      if (document === undefined) return choices(name).findLast(({ version }) => satisfies(version, range));
      // Package managers without a cooldown of their own select the latest version.
      const waits = coolDown.source.type !== 'policy' && coolDown.source.type !== 'default';
      const old = waits ? candidateVersion({ packument: document, range, coolDown, now }) : undefined;
      const version = (old ?? newestInRange({ packument: document, range }))?.version;
      return choices(name).find((choice) => choice.version === version);
    },
  };
}

function isAbove(version: string, other: string): boolean {
  const [a, b] = [parsedVersion(version), parsedVersion(other)];
  return a !== null && b !== null && semver.gt(a, b);
}

/** Checks whether an update may be breaking according to semver. */
export function isMajorStep(from: string, to: string): boolean {
  const [low, high] = isAbove(from, to) ? [to, from] : [from, to];
  return updateLevel(low, high) === 'major';
}

/** Returns 0 if a version is semver-compatible with another, 1 if only the major version is the same, otherwise 2. */
export function distanceFromLine(from: string, to: string): number {
  if (!isMajorStep(from, to)) return 0;
  return parsedVersion(from)?.major === parsedVersion(to)?.major ? 1 : 2;
}
