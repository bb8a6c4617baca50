import type { Dispatcher } from 'undici';
import type { AbortSignalLike, HttpPort, HttpRequest, HttpResult } from '../engine/ports.ts';
import { readBody } from './http-body.ts';
import { redirectTarget } from './http-redirect.ts';

export interface UndiciHttp extends HttpPort {
  /** Closes the connections. */
  dispose(): Promise<void>;
}

export interface UndiciOptions {
  /** Our name and version, for the `User-Agent` header. */
  readonly userAgent: string;
  /** For `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`, in both cases. */
  readonly environment: Readonly<Record<string, string | undefined>>;
}

const MAX_REDIRECTS = 5;
const CONNECTIONS_PER_HOST = 6;

type Undici = typeof import('undici');

/**
 * HTTP over undici, which is big: it is loaded by the first request. Redirects are followed by hand, so that
 * credentials never reach another origin and nothing is downgraded to http. Never throws.
 */
export function createUndiciHttp(options: UndiciOptions): UndiciHttp {
  let loaded: Promise<{ readonly undici: Undici; readonly dispatcher: Dispatcher }> | undefined;
  const load = () => {
    loaded ??= import('undici').then((undici) => ({ undici, dispatcher: createDispatcher(undici, options) }));
    return loaded;
  };
  return {
    async get(request) {
      const abort = new AbortController();
      const stop = raiseWith(request.signal, abort);
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        abort.abort();
      }, request.timeoutMs);
      try {
        const { undici, dispatcher } = await load();
        const send = (url: URL, headers: Readonly<Record<string, string>>) =>
          undici.request(url, {
            dispatcher,
            headers: { ...headers, 'user-agent': options.userAgent, 'accept-encoding': 'gzip, br' },
            signal: abort.signal,
            headersTimeout: 0,
            bodyTimeout: 0,
          });
        return await follow(send, request, abort.signal);
      } catch (error) {
        if (late) return { type: 'timeout' };
        if (request.signal?.aborted === true) return { type: 'cancelled' };
        return failure(error);
      } finally {
        clearTimeout(timer);
        stop();
      }
    },
    async dispose() {
      const current = await loaded;
      loaded = undefined;
      await current?.dispatcher.destroy();
    },
  };
}

type Send = (url: URL, headers: Readonly<Record<string, string>>) => Promise<Dispatcher.ResponseData>;

async function follow(send: Send, request: HttpRequest, signal: AbortSignal): Promise<HttpResult> {
  let url = new URL(request.url);
  let headers = request.headers;
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const response = await send(url, headers);
    const location = response.headers.location;
    if (response.statusCode < 300 || response.statusCode === 304 || typeof location !== 'string') {
      return answer(response, request, signal);
    }
    await response.body.dump({ limit: 16_384 });
    const target = redirectTarget(url, location);
    if (target === undefined)
      return { type: 'failed', detail: 'redirects to an address that is not followed' };
    if (target.origin !== url.origin) headers = withoutCredentials(headers);
    url = target;
  }
  return { type: 'failed', detail: 'redirects too often' };
}

async function answer(
  response: Dispatcher.ResponseData,
  request: HttpRequest,
  signal: AbortSignal,
): Promise<HttpResult> {
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined) headers.set(name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value);
  }
  const status = response.statusCode;
  const encoding = HAS_NO_BODY.has(status) ? undefined : headers.get('content-encoding');
  const body = await readBody(response.body, encoding, request.maxBytes, signal);
  if (body === undefined) return { type: 'too-large' };
  return { type: 'answer', status, headers, body };
}

const HAS_NO_BODY = new Set([204, 304]);

/** What another origin may see: what we accept, and nothing of what was meant for the first one. */
function withoutCredentials(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const kept = Object.entries(headers).filter(([name]) => name.toLowerCase() === 'accept');
  return Object.fromEntries(kept);
}

/** An empty string keeps undici from looking into the process's own environment. */
function createDispatcher(undici: Undici, { environment }: UndiciOptions): Dispatcher {
  const variable = (name: string) => environment[name] ?? environment[name.toUpperCase()] ?? '';
  return new undici.EnvHttpProxyAgent({
    httpProxy: variable('http_proxy'),
    httpsProxy: variable('https_proxy'),
    noProxy: variable('no_proxy'),
    connections: CONNECTIONS_PER_HOST,
  });
}

/** Codes of a missing network: no route, or no answer about any name. */
const UNREACHABLE = new Set([
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENETUNREACH',
  'ENETDOWN',
  'EHOSTUNREACH',
  'EHOSTDOWN',
]);

function failure(error: unknown): HttpResult {
  const codes = codesOf(error);
  const code = codes[0];
  if (codes.some((each) => UNREACHABLE.has(each))) {
    return { type: 'failed', detail: `cannot be reached (${code})`, unreachable: true };
  }
  if (codes.includes('ECONNREFUSED')) return { type: 'failed', detail: 'refused the connection' };
  return { type: 'failed', detail: code === undefined ? 'broke off the connection' : `failed (${code})` };
}

/** Error codes of the error, its cause, and each address that was tried. Texts of errors may hold anything. */
function codesOf(error: unknown): readonly string[] {
  if (!(error instanceof Error)) return [];
  const own = 'code' in error && typeof error.code === 'string' ? [error.code] : [];
  const tried = error instanceof AggregateError ? error.errors.flatMap(codesOf) : [];
  return [...own, ...tried, ...codesOf(error.cause)];
}

/** Aborts the controller with the signal; answers how to stop listening. */
function raiseWith(signal: AbortSignalLike | undefined, controller: AbortController): () => void {
  if (signal === undefined) return () => {};
  const raise = () => controller.abort();
  if (signal.aborted) raise();
  signal.addEventListener('abort', raise);
  return () => signal.removeEventListener('abort', raise);
}
