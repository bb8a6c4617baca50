import type { Random } from '../fuzz/random.ts';
import { TRICKS } from './answers.ts';

/** Whose a package is, which says who may hear its name. */
export type Kind =
  /** Anybody's. */
  | 'public'
  /** Of the company's scope, which some configuration maps to its registry. */
  | 'acme'
  /** Of a scope that is mapped to the other tenant of the same host. */
  | 'tenant'
  /** Of a scope that the project maps to a host nobody else names. */
  | 'lure'
  /** Of a scope that the project maps to a registry on loopback. */
  | 'vault'
  /** Of a private scope that is mapped to the public registry under another spelling of its address. */
  | 'respelled'
  /** Private by a declaration. */
  | 'hidden'
  | 'internal'
  /** Not from a registry, or under an alias: what is sent is never this. */
  | 'exotic'
  /** Of the workspace itself. */
  | 'member';

export interface Dependency {
  readonly kind: Kind;
  /** As the manifest has it. */
  readonly key: string;
  readonly range: string;
  /** The name that is asked for: of an alias its target. */
  readonly name: string;
  /** A word of the name that occurs nowhere else. */
  readonly mark: string;
}

/** The scope of each kind that has one, as dependencies spell it. */
export const SCOPES: Readonly<Partial<Record<Kind, string>>> = {
  acme: '@acme',
  tenant: '@tenant',
  lure: '@lure',
  vault: '@vault',
  respelled: '@respelled',
  hidden: '@hidden',
};

const TRICK_WORDS = Object.keys(TRICKS);

/** Makes dependencies with names that occur nowhere else; `taken` is how many were made before. */
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
