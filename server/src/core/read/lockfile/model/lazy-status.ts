import type { LockfileStatus } from './lockfile-status.ts';

/**
 * A status that is found when it is first asked for: most of its time goes into looking for what nearly no file has.
 * A lockfile has its members as getters, each of which asks.
 */
export function lazyStatus(find: () => LockfileStatus): () => LockfileStatus {
  let found: LockfileStatus | undefined;
  return () => {
    found ??= find();
    return found;
  };
}
