import type { DependencyGraph } from '../../read/graph/dependency-graph.ts';
import type { BadPackage, RemedyContext } from './bad-package.ts';
import type { Choice } from './choices-of.ts';
import { admits, declaredPlaces } from './declared-places.ts';
import type { DeclaredRange } from './declared-range.ts';
import { type Dependent, declaredIn, findDependents, rangeOf } from './dependents.ts';
import { raisePlace } from './raise-place.ts';
import type { RaisedRange } from './raised-range.ts';
import { type Accepts, distanceFromLine, type VersionChoice } from './version-choice.ts';

/** The changes that move a package off a version without an override. */
export interface Lift {
  readonly raised: readonly RaisedRange[];
  /** Versions that only the lockfile holds. */
  readonly refreshed: readonly BadPackage[];
  /** The resulting versions of the package; empty if nothing needs it any more. */
  readonly choices: readonly Choice[];
}

/** The state shared by plans for one bad version. */
export interface Planning {
  readonly context: RemedyContext;
  readonly graph: DependencyGraph | undefined;
  readonly choice: VersionChoice;
}

/** A lift under construction. */
interface Draft extends Planning {
  readonly bad: BadPackage;
  readonly ownOnly: boolean;
  readonly raised: Map<string, RaisedRange>;
  readonly refreshed: Map<string, BadPackage>;
  /** Packages being moved, by name and version. */
  readonly underWay: Set<string>;
}

/** The maximum number of packages between the bad one and the project's own declarations. */
const DEEPEST = 5;

/**
 * Looks for versions that all dependents of a bad version can use: within declared ranges, otherwise through newer
 * versions of the dependents themselves, up to the project's declarations. Undefined if there are none, or too little
 * is known.
 * @param options.own handles only the project's own declarations of the package
 */
export function lift(
  bad: BadPackage,
  planning: Planning,
  options: { readonly own?: boolean } = {},
): Lift | undefined {
  const best = planning.choice.instead(bad, (version) => distanceFromLine(bad.version, version));
  if (best === undefined) return undefined;
  const draft: Draft = {
    ...planning,
    bad,
    ownOnly: options.own === true,
    raised: new Map(),
    refreshed: new Map(),
    underWay: new Set(),
  };
  const choices = move(draft, bad, ({ leaves }) => leaves.length <= best.leaves.length);
  if (choices === undefined) return undefined;
  return { raised: [...draft.raised.values()], refreshed: [...draft.refreshed.values()], choices };
}

/** Moves all dependents of a version to accepted ones, and returns these; undefined if one cannot be moved. */
function move(draft: Draft, from: BadPackage, accepts: Accepts): readonly Choice[] | undefined {
  const { context, graph, choice, underWay, ownOnly } = draft;
  const key = `${from.name}@${from.version}`;
  if (underWay.size > DEEPEST || underWay.has(key)) return undefined;
  underWay.add(key);
  const choices = new Map<string, Choice>();
  const places = declaredPlaces(context, from);
  for (const place of places) {
    const chosen = raise(draft, place, from, accepts);
    if (chosen === undefined) return undefined;
    choices.set(chosen.version, chosen);
  }
  const dependents =
    graph === undefined || ownOnly ? [] : findDependents(graph, context.project, choice, from.name).all;
  for (const dependent of dependents) {
    if (dependent.version !== from.version) continue;
    // The project's own declarations were found in its files, except peers and files that are missing.
    if (dependent.by === undefined && places.length > 0) continue;
    const found =
      followed(draft, dependent) ??
      taken(draft, dependent, from, accepts) ??
      viaNewer(draft, dependent, from, accepts);
    if (found === undefined) return undefined;
    for (const each of found) choices.set(each.version, each);
  }
  underWay.delete(key);
  return [...choices.values()];
}

function raise(draft: Draft, place: DeclaredRange, from: BadPackage, accepts: Accepts): Choice | undefined {
  const { choice, raised, bad } = draft;
  const { token } = place;
  const key = token === undefined ? '' : `${token.uri} ${token.span.start}`;
  const before = raised.get(key);
  // The version chosen for another dependent must also do for this one.
  if (before !== undefined) return accepts(before.choice) ? before.choice : undefined;
  const found = raisePlace(place, from, accepts, { choice, isBad: from === bad });
  if (found === undefined) return undefined;
  if (found.text === undefined) refresh(draft, from);
  else raised.set(key, { place, text: found.text, from: from.version, choice: found.choice });
  return found.choice;
}

/** Returns the raised version if an override makes the dependent follow the root's declaration. */
function followed({ raised }: Draft, { override }: Dependent): readonly Choice[] | undefined {
  if (override?.declared.startsWith('$') !== true) return undefined;
  const name = override.declared.slice(1);
  const own = [...raised.values()].find(({ place }) => place.name === name);
  return own === undefined ? undefined : [own.choice];
}

/** Returns the version the package manager would select, if the range admits it and it is accepted. */
function taken(
  draft: Draft,
  { range }: Dependent,
  from: BadPackage,
  accepts: Accepts,
): readonly Choice[] | undefined {
  const found = range === undefined ? undefined : draft.choice.taken(from.name, range);
  if (found === undefined || found.version === from.version || !accepts(found)) return undefined;
  refresh(draft, from);
  return [found];
}

/** Moves the dependent to a newer version that pulls in an accepted version or nothing. */
function viaNewer(
  draft: Draft,
  { by, name, override }: Dependent,
  from: BadPackage,
  accepts: Accepts,
): readonly Choice[] | undefined {
  const { choice } = draft;
  if (override !== undefined || by?.version === undefined || by.entry.source !== 'registry') return undefined;
  if (choice.packument(by.name) === undefined) return undefined;
  const introducedBy = (version: string) => {
    const declared = declaredIn(choice, by.name, version, name);
    const range = rangeOf(name, declared ?? undefined);
    const found = range === undefined ? undefined : choice.taken(from.name, range);
    return { isNothing: declared === null, range, found };
  };
  const moved = move(draft, { name: by.name, version: by.version }, ({ version }) => {
    const { isNothing, found } = introducedBy(version);
    return isNothing || (found !== undefined && accepts(found));
  });
  if (moved === undefined || moved.length === 0) return undefined;
  const brought = moved.map(({ version }) => introducedBy(version));
  // A locked version stays as long as a range admits it.
  if (brought.some(({ range }) => range !== undefined && admits(range, from.version))) refresh(draft, from);
  return brought.map(({ found }) => found).filter((found) => found !== undefined);
}

function refresh({ refreshed }: Draft, found: BadPackage): void {
  refreshed.set(`${found.name}@${found.version}`, found);
}
