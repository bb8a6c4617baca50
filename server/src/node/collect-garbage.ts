import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/** V8's own function: <https://chromium.googlesource.com/v8/v8/+/main/src/extensions/gc-extension.h>. */
export type CollectGarbage = (options: {
  readonly type: 'minor' | 'major';
  /** `last-resort` also gives the memory of freed objects back to the system. */
  readonly flavor?: 'last-resort';
}) => void;

/**
 * Returns V8's function for collecting garbage; undefined in an Electron process that was started without `--expose-gc`,
 * as Electron crashes when flags are changed that it froze.
 */
export function garbageCollector(): CollectGarbage | undefined {
  const exposed: unknown = globalThis.gc;
  if (typeof exposed === 'function') return exposed as CollectGarbage;
  if (process.versions.electron !== undefined) return undefined;
  setFlagsFromString('--expose-gc');
  const found: unknown = runInNewContext('globalThis.gc');
  setFlagsFromString('--no-expose-gc');
  return typeof found === 'function' ? (found as CollectGarbage) : undefined;
}
