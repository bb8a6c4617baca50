import { specOfLockfile } from '../manager/manager-of-lockfile.ts';
import type { ManagerSpec } from '../manager/manager-spec.ts';
import { yarnOfGeneration } from '../manager/managers.ts';
import type { Lockfile } from './model/lockfile.ts';
import { yarnGeneration } from './yarn/yarn-generation.ts';

/** Returns the specification of the package manager that wrote a lockfile. If unknown for Yarn, Yarn 2 and later. */
export function writerOf(lockfile: Lockfile): ManagerSpec {
  const generation = yarnGeneration(lockfile);
  return generation === undefined ? specOfLockfile(lockfile.format) : yarnOfGeneration(generation);
}
