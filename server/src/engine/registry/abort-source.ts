import type { AbortSignalLike } from '../ports.ts';

/** Raises a signal, independent of the platform. */
export interface AbortSource {
  readonly signal: AbortSignalLike;
  abort(): void;
}

export function createAbortSource(): AbortSource {
  const listeners = new Set<() => void>();
  let aborted = false;
  return {
    signal: {
      get aborted() {
        return aborted;
      },
      addEventListener: (_type, listener) => void listeners.add(listener),
      removeEventListener: (_type, listener) => void listeners.delete(listener),
    },
    abort() {
      if (aborted) return;
      aborted = true;
      for (const listener of [...listeners]) listener();
      listeners.clear();
    },
  };
}

/** Resolves with the promise, or with undefined as soon as the signal aborts; the promise itself continues. */
export function untilAborted<T>(
  promise: Promise<T>,
  signal: AbortSignalLike | undefined,
): Promise<T | undefined> {
  if (signal === undefined) return promise;
  if (signal.aborted) return Promise.resolve(undefined);
  return new Promise((resolve, reject) => {
    const onAbort = () => resolve(undefined);
    signal.addEventListener('abort', onAbort);
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

/** Returns whether the signal aborted, be it since it was last looked at. */
export function isAborted(signal: AbortSignalLike | undefined): boolean {
  return signal?.aborted === true;
}
