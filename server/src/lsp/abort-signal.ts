import type { CancellationToken } from 'vscode-languageserver';
import type { AbortSignalLike } from '../engine/ports.ts';

/** Returns a signal for the engine that is aborted as soon as one of the protocol's tokens is cancelled. */
export function signalOf(...tokens: readonly CancellationToken[]): AbortSignalLike {
  const subscriptions = new Map<() => void, readonly { dispose(): void }[]>();
  return {
    get aborted() {
      return tokens.some((token) => token.isCancellationRequested);
    },
    addEventListener(_type, listener) {
      subscriptions.set(
        listener,
        tokens.map((token) => token.onCancellationRequested(listener)),
      );
    },
    removeEventListener(_type, listener) {
      for (const subscription of subscriptions.get(listener) ?? []) subscription.dispose();
      subscriptions.delete(listener);
    },
  };
}
