import { isBunLockfile } from '../lockfile/bun/bun-lockfile.ts';
import type { Lockfile } from '../lockfile/model/lockfile.ts';
import { isPnpmLockfile } from '../lockfile/pnpm/read-pnpm-lockfile.ts';
import { isYarnLockfile } from '../lockfile/yarn/yarn-lockfile.ts';
import type { DependencyGraph } from './dependency-graph.ts';
import type { GraphOptions } from './graph-options.ts';
import { readBunGraph } from './read-bun-graph.ts';
import { readNpmGraph } from './read-npm-graph.ts';
import { readPnpmGraph } from './read-pnpm-graph.ts';
import { readYarnGraph } from './read-yarn-graph.ts';

/**
 * Builds the dependency graph of a lockfile, as far as it could be read. Callers that show the graph also report its
 * status, because a lockfile that was not read has an empty graph. Linear in the file.
 */
export function buildGraph(lockfile: Lockfile, options: GraphOptions = {}): DependencyGraph {
  if (isYarnLockfile(lockfile)) return readYarnGraph(lockfile, options);
  if (isPnpmLockfile(lockfile)) return readPnpmGraph(lockfile, options);
  if (isBunLockfile(lockfile)) return readBunGraph(lockfile, options);
  return readNpmGraph(lockfile, options);
}
