/** How importers reach a package: true if they reach it only through such dependencies. */
export interface Reach {
  readonly dev: boolean;
  /** Also true if each path has an optional or a development dependency, like npm's `devOptional`. */
  readonly optional: boolean;
  readonly peer: boolean;
}

/** The reach of a node that no importer reaches. */
export const PLAIN_REACH: Reach = { dev: false, optional: false, peer: false };

/** Paths to a node: without a development, without an optional, without either, without a peer dependency. */
const [NO_DEV, NO_OPTIONAL, NEITHER, NO_PEER, ANY] = [1, 2, 4, 8, 16] as const;

/** The paths of an importer. */
export const ALL_PATHS = NO_DEV | NO_OPTIONAL | NEITHER | NO_PEER | ANY;

/** The properties that a path keeps over a dependency of a kind. */
export const KEPT_PATHS = {
  prod: ALL_PATHS,
  dev: ALL_PATHS & ~NO_DEV & ~NEITHER,
  optional: ALL_PATHS & ~NO_OPTIONAL & ~NEITHER,
  peer: ALL_PATHS & ~NO_PEER,
  optionalPeer: ALL_PATHS & ~NO_PEER & ~NO_OPTIONAL & ~NEITHER,
} as const;

/** Returns the reach of what is reached by these paths. */
export function reachOfPaths(paths: number): Reach {
  const dev = (paths & NO_DEV) === 0;
  const optional = (paths & NO_OPTIONAL) === 0 || (!dev && (paths & NEITHER) === 0);
  return { dev, optional, peer: (paths & NO_PEER) === 0 };
}
