import { garbageCollector } from './collect-garbage.ts';

/** Less is not worth the time. */
const MUCH_BYTES = 256 * 2 ** 20;

/**
 * Returns a function that gives memory back to the system if much of it was added, or freed by this process, since it did
 * so. V8 keeps the pages of freed objects for later ones, however long: a server whose folders were all closed kept
 * 1.4 GiB for 35 MiB of objects. It takes about as long as three garbage collections.
 */
export function createMemoryRelease(): () => void {
  let kept = { resident: 0, unused: 0 };
  return () => {
    const now = memory();
    if (now.resident < kept.resident + MUCH_BYTES && now.unused < kept.unused + MUCH_BYTES) return;
    garbageCollector()?.({ type: 'major', flavor: 'last-resort' });
    kept = memory();
  };
}

/** Returns the resident bytes of this process, and how many of them hold no object. */
function memory(): { resident: number; unused: number } {
  const { rss, heapUsed, external } = process.memoryUsage();
  return { resident: rss, unused: rss - heapUsed - external };
}
