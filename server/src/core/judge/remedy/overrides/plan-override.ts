import semver from 'semver';
import { specOf } from '../../../read/manager/managers.ts';
import type { OverrideField } from '../../../read/manager/model/overrides.ts';
import { effectiveDependencies } from '../../../read/manifest/effective-dependencies.ts';
import type { ManifestDependency } from '../../../read/manifest/manifest.ts';
import { moveRange } from '../../../read/manifest/move-range.ts';
import { aliasPrefix } from '../../../read/manifest/read-specifier.ts';
import type { OverrideEntry } from '../../../read/project/overrides/overrides.ts';
import type { Project } from '../../../read/project/project.ts';
import type { BadPackage } from '../bad-package.ts';
import type { Choice } from '../choices-of.ts';
import { admits } from '../declared-places.ts';
import { type Dependent, findDependents, rangeOf } from '../dependents.ts';
import { type Lift, lift, type Planning } from '../lift.ts';
import type { RaisedRange } from '../raised-range.ts';
import { distanceFromLine, isMajorStep } from '../version-choice.ts';
import { overrideKeys } from './override-keys.ts';
import type { OverrideLine } from './override-line.ts';
import { overrideField } from './write-override.ts';

/** A line in the root's overrides that gives dependents another version. */
export interface PlannedOverride extends OverrideLine {
  readonly field: OverrideField;
  /** What it overrides, for display. */
  readonly words: string;
  /** Whether a line with that key already exists. */
  readonly isThere: boolean;
}

/** Lines that override a version, with the changes to the project's own declarations they require. */
export interface OverridePlan {
  readonly lines: readonly PlannedOverride[];
  readonly own: Lift;
  readonly choices: readonly Choice[];
  /** Whether an unrelated dependent gets another major version because no key excludes it. */
  readonly isMajorForOthers: boolean;
}

/**
 * Plans overrides that replace a bad version for all packages that depend on it, with the lowest better version, if
 * possible one compatible with the bad version. Raises the project's own declarations along with it, and edits existing
 * lines that decide. Undefined if no package depends on it, or if no key of the package manager works.
 */
export function planOverride(bad: BadPackage, lifted: Planning): OverridePlan | undefined {
  const { context, graph, choice } = lifted;
  const { project } = context;
  if (graph === undefined) return undefined;
  const best = choice.instead(bad, (version) => distanceFromLine(bad.version, version));
  const own = best === undefined ? undefined : (lift(bad, lifted, { own: true }) ?? NOTHING);
  if (best === undefined || own === undefined) return undefined;
  const { all } = findDependents(graph, project, choice, bad.name);
  const isRaised = own.raised.length + own.refreshed.length > 0;
  const meant = all.filter(({ version, by, override }) => {
    return version === bad.version && (by !== undefined || override !== undefined || !isRaised);
  });
  // In npm no override changes the root's own declarations.
  if (meant.length === 0 || (!isRaised && meant.some((each) => isNpmRoot(each, project)))) return undefined;
  const chosen = withoutSteppingBack(best, bad, all, lifted);
  const lines = new Map<string, PlannedOverride>();
  for (const entry of new Set(meant.map(({ override }) => override))) {
    if (entry === undefined) continue;
    const line = editedLine(entry, bad, chosen);
    if (line === undefined) return undefined;
    lines.set(keyOf(line), line);
  }
  const field = overrideField(project);
  const target = overrideValue(chosen, bad, all, lifted);
  let isMajorForOthers = false;
  const uncovered = meant.filter(({ override }) => override === undefined);
  for (const name of new Set(uncovered.map((each) => each.name))) {
    if (name !== bad.name && !specOf(project.manager).overrides.findsAliases) return undefined;
    const root = specOf(project.manager).overrides.keepsRoot ? declaredByRoot(project, name) : undefined;
    const others = all.filter((each) => each.name === name && !isNpmRoot(each, project));
    const unable = others.filter((each) => !uncovered.includes(each) && !mayTake(each, chosen, own.raised));
    const isFixedAlong = (each: Dependent) => isFixedToo(each, bad, chosen, lifted);
    const isKept = (each: Dependent) =>
      isMajorStep(each.version, chosen.version) && !isMajorStep(bad.version, chosen.version);
    const spared = unable.filter((each) => !isFixedAlong(each) || isKept(each));
    const rootSpared = root !== undefined && !followsRoot(root, chosen, own) ? [asDependent(root, bad)] : [];
    const keysSparing = (list: readonly Dependent[]) =>
      overrideKeys({
        ...{ project, graph, name, version: bad.version },
        meant: uncovered.filter((each) => each.name === name),
        spared: [...list, ...rootSpared],
      });
    let keys = keysSparing(spared);
    if (keys === undefined) {
      keys = keysSparing(unable.filter((each) => !isFixedAlong(each)));
      isMajorForOthers = true;
    }
    if (keys === undefined) return undefined;
    for (const { path, words } of keys) {
      // npm rejects any text that differs from the root's declaration.
      const isAboutRoot = root !== undefined && rootSpared.length === 0 && path.length === 1;
      const value = isAboutRoot ? `$${name}` : name === bad.name ? target : `npm:${bad.name}@${target}`;
      const there = project.overrides.entries.find(
        (entry) => entry.field === field && entry.path.join('\n') === path.join('\n'),
      );
      // A patch, folder or similar was put there on purpose.
      if (there !== undefined && rangeOf(name, there.effective) === undefined) return undefined;
      const line = { field, path, value, words, isThere: there !== undefined };
      lines.set(keyOf(line), line);
    }
  }
  return { lines: [...lines.values()], own, choices: [chosen, ...own.choices], isMajorForOthers };
}

const NOTHING: Lift = { raised: [], refreshed: [], choices: [] };

function keyOf({ field, path }: PlannedOverride): string {
  return [field, ...path].join('\n');
}

/** Raises the choice to a later good, compatible version that others have locked, so that none is downgraded. */
function withoutSteppingBack(
  best: Choice,
  bad: BadPackage,
  all: readonly Dependent[],
  { choice }: Planning,
): Choice {
  let chosen = best;
  for (const { version } of all) {
    if (semver.valid(version) === null || semver.lte(version, chosen.version)) continue;
    if (isMajorStep(chosen.version, version)) continue;
    const locked = choice.instead(
      bad,
      () => 0,
      (each) => each.version === version,
    );
    if (locked !== undefined && locked.leaves.length <= best.leaves.length) chosen = locked;
  }
  return chosen;
}

/**
 * Returns the value of a new override: a caret range, to get later fixes, or the exact version if the range admits a
 * worse version.
 */
function overrideValue(
  { version, leaves }: Choice,
  bad: BadPackage,
  all: readonly Dependent[],
  { choice }: Planning,
): string {
  const range = `^${version}`;
  const isWorse = (other: string) =>
    admits(range, other) && choice.affecting(bad.name, other).length > leaves.length;
  const newest = choice.taken(bad.name, range)?.version ?? version;
  const others = [bad.version, newest, ...all.map((each) => each.version)];
  return others.some(isWorse) ? version : range;
}

/** Returns undefined for a line whose value is defined elsewhere: `$name` and `catalog:`. */
function editedLine(entry: OverrideEntry, bad: BadPackage, chosen: Choice): PlannedOverride | undefined {
  const { declared, field, path, selector } = entry;
  if (declared !== entry.effective) return undefined;
  const prefix = aliasPrefix(declared);
  const moved = moveRange(declared, chosen.version);
  const isBetter = moved !== undefined && !admits(moved.slice(prefix.length), bad.version);
  const value = isBetter ? moved : prefix + chosen.version;
  return { field, path, value, words: selector!.target.name, isThere: true };
}

/** Checks whether an unrelated dependent can use the version anyway. */
function mayTake(
  { by, range, version, name, declared }: Dependent,
  { version: given }: Choice,
  raised: readonly RaisedRange[],
): boolean {
  if (by === undefined) {
    const own = raised.find(({ place }) => place.name === name && place.declared === declared);
    if (own !== undefined) return admits(rangeOf(name, own.text) ?? own.choice.version, given);
  }
  if (semver.lt(given, version)) return false;
  return range === undefined ? !isMajorStep(version, given) : admits(range, given);
}

/** Checks whether a dependent has another bad version with the same replacement. */
function isFixedToo(
  { by, version }: Dependent,
  { name }: BadPackage,
  chosen: Choice,
  { choice }: Planning,
): boolean {
  if (by === undefined || choice.affecting(name, version).length === 0) return false;
  const best = choice.instead({ name, version }, (each) => distanceFromLine(version, each));
  return best?.version === chosen.version;
}

/** Returns the declaration that npm compares an override with. */
function declaredByRoot({ rootManifest }: Project, name: string): ManifestDependency | undefined {
  return rootManifest === undefined
    ? undefined
    : effectiveDependencies(rootManifest).findLast((dependency) => dependency.name === name);
}

/** Checks for a root declaration in npm, which overrides do not affect. */
function isNpmRoot({ by, declared, name }: Dependent, project: Project): boolean {
  if (!specOf(project.manager).overrides.keepsRoot || by !== undefined) return false;
  return declaredByRoot(project, name)?.declared === declared;
}

/** Checks whether the root's version works for all dependents. */
function followsRoot(root: ManifestDependency, chosen: Choice, { raised }: Lift): boolean {
  const own = raised.find(({ place }) => place.name === root.name);
  const range = rangeOf(root.name, own?.text ?? root.declared);
  return range !== undefined && admits(range, chosen.version);
}

function asDependent(root: ManifestDependency, { version }: BadPackage): Dependent {
  const { name, declared } = root;
  return {
    ...{ node: -1, by: undefined, name, version, declared, override: undefined },
    range: rangeOf(name, declared),
  };
}
