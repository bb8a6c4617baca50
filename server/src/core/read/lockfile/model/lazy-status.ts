import type { LockfileStatus } from './lockfile-status.ts';

/**
 * Computes a status on first use: most of its time is spent on problems that nearly no file has. A lockfile exposes its
 * status members as getters that call the function.
 */
export function lazyStatus(find: () => LockfileStatus): () => LockfileStatus {
  let found: LockfileStatus | undefined;
  return () => {
    found ??= find();
    return found;
  };
}
