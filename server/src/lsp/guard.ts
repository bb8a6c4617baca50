import { type CancellationToken, ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { redactUserinfo } from '../core/read/text/paths/web-address.ts';
import { visibleAnswer } from './visible-answer.ts';

export type Log = (message: string) => void;

type Handler<P, R> = (params: P, token: CancellationToken) => Promise<R>;
type Guarded<P, R> = Handler<P, R | ResponseError<never>>;

/**
 * A request handler that never fails: an error is logged and answered with `fallback`. All text that its answer shows is
 * made visible.
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
 * The same where no answer could be taken for a clean one: an error is answered as an error, so that the client keeps
 * what it shows. Parameters that are not what `accepts` wants, which are an object in any case, are not given to the handler.
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

/** A cancelled request is answered as such, quietly, whatever its handler did. */
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
