import type { Random } from '../fuzz/random.ts';
import { TRICKS } from './answers.ts';

/** The owner of a package, which determines who may receive its name. */
export type Kind =
  /** Anybody's. */
  | 'public'
  /** In the company's scope, which some configuration maps to its registry. */
  | 'acme'
  /** In a scope that is mapped to the other tenant of the same host. */
  | 'tenant'
  /** In a scope that the project maps to a host that is configured nowhere else. */
  | 'lure'
  /** In a scope that the project maps to a registry on loopback. */
  | 'vault'
  /** In a private scope that is mapped to the public registry under another spelling of its URL. */
  | 'respelled'
  /** Private by a declaration. */
  | 'hidden'
  | 'internal'
  /** Not from a registry, or under an alias: this name is never sent. */
  | 'exotic'
  /** A member of the workspace. */
  | 'member';

export interface Dependency {
  readonly kind: Kind;
  /** The name in the manifest. */
  readonly key: string;
  readonly range: string;
  /** The requested name: for an alias, its target. */
  readonly name: string;
  /** A part of the name that occurs nowhere else. */
  readonly mark: string;
}

/** The scope of each kind that has one, as spelled in dependencies. */
export const SCOPES: Readonly<Partial<Record<Kind, string>>> = {
  acme: '@acme',
  tenant: '@tenant',
  lure: '@lure',
  vault: '@vault',
  respelled: '@respelled',
  hidden: '@hidden',
};

const TRICK_WORDS = Object.keys(TRICKS);

/** Creates dependencies with names that occur nowhere else; `taken` is the number created before. */
export function makeDependencies(
  random: Random,
  id: string,
  counts: Readonly<Partial<Record<Kind, number>>>,
  taken: { count: number },
): readonly Dependency[] {
  return Object.entries(counts).flatMap(([kind, count]) =>
    Array.from({ length: count }, () => makeDependency(random, kind as Kind, `${id}n${taken.count++}z`)),
  );
}

function makeDependency(random: Random, kind: Kind, end: string): Dependency {
  const trick = kind === 'exotic' || random.chance(0.3) ? 'plain' : random.pick(TRICK_WORDS);
  const mark = `${trick}-${kind.slice(0, 3)}${end}`;
  const scope = SCOPES[kind];
  const name = scope === undefined ? mark : `${scope}/${mark}`;
  if (kind === 'exotic') return { kind, key: mark, name: mark, mark, range: exoticRange(random, mark) };
  const range = random.pick(['^1.0.0', '1.0.0', '~1.0.0', '*', '>=1', 'latest']);
  const isPrivate = kind !== 'public' && scope !== undefined;
  if (isPrivate && random.chance(0.1)) {
    const spelled = `${scope.toUpperCase()}/${mark}`;
    return { kind, key: spelled, name: spelled, mark, range };
  }
  if (isPrivate && random.chance(0.1))
    return { kind, key: `as-${end}`, name, mark, range: `npm:${name}@^1.0.0` };
  return { kind, key: name, name, mark, range };
}

function exoticRange(random: Random, mark: string): string {
  return random.pick([
    `git+https://git.example.test/${mark}.git`,
    `git+ssh://git@git.example.test/${mark}.git#main`,
    `https://files.example.test/${mark}.tgz`,
    `file:../${mark}`,
    `link:../${mark}`,
    `acme/${mark}`,
  ]);
}
