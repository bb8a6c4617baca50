import { type CancellationToken, ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { maskSecrets } from '../core/read/text/secrets/mask-secrets.ts';
import { visibleAnswer } from './visible-answer.ts';

export type Log = (message: string) => void;

type Handler<P, R> = (params: P, token: CancellationToken) => Promise<R>;
type Guarded<P, R> = Handler<P, R | ResponseError<never>>;

/**
 * Returns a request handler that never fails: an error is logged and answered with `fallback`. All texts in its answers
 * are made visible.
 */
export function guardRequest<P, R>(
  log: Log,
  name: string,
  fallback: R,
  handler: Handler<P, R>,
): Guarded<P, R> {
  const visibleHandler: Handler<P, R> = async (params, token) => visibleAnswer(await handler(params, token));
  return guarded(log, name, visibleHandler, () => fallback);
}

/**
 * Does the same where a fallback could be mistaken for a clean result: an error is returned as an error, so
 * that the client keeps its diagnostics. Parameters that `accepts` rejects do not reach the handler; they are
 * objects in any case.
 */
export function guardVerdict<P, R>(
  log: Log,
  name: string,
  accepts: (params: unknown) => boolean,
  handler: Handler<P, R>,
): Guarded<P, R> {
  const failed = () => new ResponseError<never>(ErrorCodes.InternalError, `${name} failed; see the log.`);
  const guardedHandler = guarded(log, name, handler, failed);
  return async (params, token) =>
    accepts(params)
      ? guardedHandler(params, token)
      : new ResponseError(ErrorCodes.InvalidParams, `${name} was sent parameters of a wrong type.`);
}

/** Runs the handler; a cancelled request is answered as such without a log entry, whatever the handler did. */
function guarded<P, R>(
  log: Log,
  name: string,
  handler: Handler<P, R>,
  onFailure: () => R | ResponseError<never>,
): Guarded<P, R> {
  return async (params, token) => {
    try {
      const result = await handler(params, token);
      return token.isCancellationRequested ? cancelled() : result;
    } catch (error) {
      if (token.isCancellationRequested) return cancelled();
      log(failure(name, error));
      return onFailure();
    }
  };
}

/** Returns background work that never fails: an error is logged. */
export function guardWork(log: Log, name: string, work: () => Promise<void>): () => Promise<void> {
  const guarded = guardNotification<void>(log, name, work);
  return () => guarded();
}

/** Returns a notification handler that never fails: an error is logged. */
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
  return maskSecrets(`${name} failed: ${detail}`);
}
