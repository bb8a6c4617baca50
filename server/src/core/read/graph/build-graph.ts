import type { BunLockfile } from '../lockfile/bun/bun-lockfile.ts';
import type { Lockfile } from '../lockfile/model/lockfile.ts';
import type { PnpmLockfile } from '../lockfile/pnpm/read-pnpm-lockfile.ts';
import type { YarnLockfile } from '../lockfile/yarn/yarn-lockfile.ts';
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
  if (isYarn(lockfile)) return readYarnGraph(lockfile, options);
  if (isPnpm(lockfile)) return readPnpmGraph(lockfile, options);
  if (isBun(lockfile)) return readBunGraph(lockfile, options);
  return readNpmGraph(lockfile, options);
}

function isYarn(lockfile: Lockfile): lockfile is YarnLockfile {
  return lockfile.format === 'yarn' && 'origin' in lockfile;
}

function isPnpm(lockfile: Lockfile): lockfile is PnpmLockfile {
  return lockfile.format === 'pnpm' && 'documents' in lockfile;
}

function isBun(lockfile: Lockfile): lockfile is BunLockfile {
  return lockfile.format === 'bun' && 'trusted' in lockfile;
}
