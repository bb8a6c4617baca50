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
 * Makes the dependency graph of a lockfile, as far as that could be read: whoever shows the graph says its status, as
 * one of a lockfile that is not read is empty. Linear in the file.
 */
export function buildGraph(lockfile: Lockfile, options: GraphOptions = {}): DependencyGraph {
  if (isYarnLockfile(lockfile)) return readYarnGraph(lockfile, options);
  if (isPnpmLockfile(lockfile)) return readPnpmGraph(lockfile, options);
  if (isBunLockfile(lockfile)) return readBunGraph(lockfile, options);
  return readNpmGraph(lockfile, options);
}
