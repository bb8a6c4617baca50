import { type CancellationToken, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { redactUserinfo } from '../core/text/web-address.ts';

export type Log = (message: string) => void;

/**
 * A request handler that never fails: an error is logged and answered with `fallback`. A cancelled request is answered
 * as such, quietly, whatever its handler did.
 */
export function guardRequest<P, R>(
  log: Log,
  name: string,
  fallback: R,
  handler: (params: P, token: CancellationToken) => Promise<R>,
): (params: P, token: CancellationToken) => Promise<R | ResponseError<never>> {
  return async (params, token) => {
    try {
      const result = await handler(params, token);
      return token.isCancellationRequested ? cancelled() : result;
    } catch (error) {
      if (token.isCancellationRequested) return cancelled();
      log(failure(name, error));
      return fallback;
    }
  };
}

/** Work of our own that never fails: an error is logged. */
export function guardWork(log: Log, name: string, work: () => Promise<void>): () => Promise<void> {
  const guarded = guardNotification<void>(log, name, work);
  return () => guarded();
}

/** A notification handler that never fails: an error is logged. */
export function guardNotification<P>(
  log: Log,
  name: string,
  handler: (params: P) => Promise<void> | void,
): (params: P) => Promise<void> {
  return async (params) => {
    try {
      await handler(params);
    } catch (error) {
      log(failure(name, error));
    }
  };
}

function cancelled(): ResponseError<never> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, 'cancelled');
}

function failure(name: string, error: unknown): string {
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return redactUserinfo(`${name} failed: ${detail}`);
}
