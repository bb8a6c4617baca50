import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { Dispatcher } from 'undici';
import { withoutClient } from '../../core/know/registry/access/transport.ts';
import { isAtOrBelow } from '../../core/read/config/address-below.ts';
import type { HttpPort, HttpPost, HttpRequest, HttpResult } from '../../engine/ports.ts';
import { readBody } from './http-body.ts';
import { createDispatchers, type Dispatchers, TransportError } from './http-dispatchers.ts';
import { failureOf } from './http-failure.ts';
import { redirectTarget } from './http-redirect.ts';
import { type HttpTimers, PLATFORM_TIMERS, type TimeLimits, timeLimits } from './http-time-limits.ts';

export interface UndiciHttp extends Required<HttpPort> {
  dispose(): Promise<void>;
}

export interface UndiciOptions {
  /** Our name and version, for the `User-Agent` header. */
  readonly userAgent: string;
  /** For `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`, in upper and lower case. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The timers for time limits; the platform's by default. */
  readonly timers?: HttpTimers;
}

const MAX_REDIRECTS = 5;
const HAS_NO_BODY = new Set([204, 304]);

interface Loaded {
  readonly request: typeof import('undici').request;
  readonly dispatchers: Dispatchers;
}

/**
 * Creates an HTTP port based on undici, which is large: it is loaded on the first request. Redirects are handled here,
 * so that credentials never reach another origin and nothing is downgraded to http. Never throws.
 */
export function createUndiciHttp({
  userAgent,
  environment,
  timers = PLATFORM_TIMERS,
}: UndiciOptions): UndiciHttp {
  let loaded: Promise<Loaded> | undefined;
  const load = () => {
    loaded ??= import('undici').then((undici) => ({
      request: undici.request,
      dispatchers: createDispatchers(undici, environment),
    }));
    return loaded;
  };
  const send = async (request: HttpRequest | HttpPost): Promise<HttpResult> => {
    const limits = timeLimits(request, timers);
    try {
      return await follow(await load(), request, userAgent, limits);
    } catch (error) {
      const late = limits.late();
      if (late !== undefined) return late;
      if (request.signal?.aborted === true) return { type: 'cancelled' };
      if (error instanceof TransportError) return { type: 'failed', detail: error.message };
      return failureOf(error, request.transport);
    } finally {
      limits.stop();
    }
  };
  return {
    get: send,
    post: send,
    async dispose() {
      const current = await loaded;
      loaded = undefined;
      await current?.dispatchers.dispose();
    },
  };
}

async function follow(
  { request: send, dispatchers }: Loaded,
  request: HttpRequest | HttpPost,
  userAgent: string,
  limits: TimeLimits,
): Promise<HttpResult> {
  let { transport } = request;
  const post = 'json' in request ? await bodyOf(request) : undefined;
  let headers: Readonly<Record<string, string>> = {
    'user-agent': userAgent,
    'accept-encoding': 'gzip, br',
    ...request.headers,
    ...post?.headers,
  };
  let url = new URL(request.url);
  for (let redirects = 0; redirects <= MAX_REDIRECTS; redirects++) {
    const response = await send(url, {
      dispatcher: await dispatchers.for(transport),
      method: post === undefined ? 'GET' : 'POST',
      body: post?.body ?? null,
      headers,
      signal: limits.signal,
      headersTimeout: 0,
      bodyTimeout: 0,
    });
    const location = response.headers.location;
    if (response.statusCode < 300 || response.statusCode === 304 || typeof location !== 'string') {
      return answer(response, request, limits);
    }
    await response.body.dump({ limit: 16_384 });
    const target = redirectTarget(url, location);
    if (target === undefined) return { type: 'failed', detail: 'redirects to a URL that is not allowed' };
    // Other statuses would turn the request into a GET.
    const staysPost = response.statusCode === 307 || response.statusCode === 308;
    if (post !== undefined && (!staysPost || target.origin !== url.origin))
      return { type: 'failed', detail: 'redirects the request to another URL' };
    if (request.staysOnHost === true && target.host !== url.host && !isAmong(target, request.redirectHosts))
      return {
        type: 'failed',
        detail: `redirects to another host, ${target.host}, which does not get the names of private packages`,
      };
    const { credentialBase } = request;
    if (credentialBase !== undefined && !isAtOrBelow(credentialBase, target.href))
      headers = withoutCredentials(headers);
    if (target.origin !== url.origin) {
      headers = withoutCredentials(headers);
      transport = withoutClient(transport);
    }
    url = target;
  }
  return { type: 'failed', detail: 'redirects too often' };
}

async function answer(
  response: Dispatcher.ResponseData,
  request: HttpRequest,
  { signal, onProgress }: TimeLimits,
): Promise<HttpResult> {
  const headers = new Map<string, string>();
  for (const [name, value] of Object.entries(response.headers)) {
    if (value !== undefined) headers.set(name.toLowerCase(), Array.isArray(value) ? value.join(', ') : value);
  }
  const status = response.statusCode;
  const encoding = HAS_NO_BODY.has(status) ? undefined : headers.get('content-encoding');
  const pieces: string[] = [];
  const isContent = status === 200 || status === 206;
  const receive = (isContent ? request.receive?.() : undefined) ?? ((piece) => void pieces.push(piece));
  const receiveBytes = isContent ? request.receiveBytes?.({ status, headers }) : undefined;
  const { maxBytes } = request;
  const options = { encoding, maxBytes, signal, receive, receiveBytes, onProgress };
  const isWhole = await readBody(response.body, options);
  return isWhole ? { type: 'answer', status, headers, body: pieces.join('') } : { type: 'too-large' };
}

function isAmong({ host, hostname }: URL, hosts: readonly string[] = []): boolean {
  return hosts.includes(host) || hosts.includes(hostname);
}

/**
 * Returns the headers that another origin may receive: user agent and accepted types, and nothing meant for the
 * first origin.
 */
function withoutCredentials(headers: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const kept = Object.entries(headers).filter(([name]) => FOR_ANYBODY.has(name.toLowerCase()));
  return Object.fromEntries(kept);
}

const FOR_ANYBODY = new Set(['accept', 'accept-encoding', 'range', 'if-range', 'user-agent']);

const pack = promisify(gzip);

async function bodyOf({ json, packed }: HttpPost) {
  const type = { 'content-type': 'application/json' };
  if (!packed) return { body: json, headers: type };
  return { body: await pack(json), headers: { ...type, 'content-encoding': 'gzip' } };
}
