import { garbageCollector } from './collect-garbage.ts';

/** Less is not worth the time. */
const MUCH_BYTES = 256 * 2 ** 20;

/**
 * Returns a function that gives memory back to the system if this process's resident memory has grown much since it did
 * so. V8 keeps the pages of freed objects for later ones, however long: a server whose folders were all closed kept
 * 1.4 GiB for 35 MiB of objects. It takes about as long as three garbage collections.
 */
export function createMemoryRelease(): () => void {
  let kept = 0;
  return () => {
    if (process.memoryUsage.rss() < kept + MUCH_BYTES) return;
    garbageCollector()?.({ type: 'major', flavor: 'last-resort' });
    kept = process.memoryUsage.rss();
  };
}
