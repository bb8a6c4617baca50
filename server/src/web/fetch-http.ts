import type { HttpPort, HttpRequest, HttpResult } from '../engine/ports.ts';

/**
 * Sends requests with the browser's `fetch`: to hosts that allow it by CORS, and to no other. There is no POST, as
 * advisory services do not allow one from other origins.
 */
export const fetchHttp: HttpPort = { get };

const NOT_SET = 'needs a proxy or a client certificate of the configuration, which a browser cannot use';
const NOT_ALLOWED = 'is unreachable, or blocks requests from browsers (CORS)';

async function get(request: HttpRequest): Promise<HttpResult> {
  if (isAborted(request)) return { type: 'cancelled' };
  const { proxy = '', client } = request.transport ?? {};
  if (proxy !== '' || client !== undefined) return { type: 'failed', detail: NOT_SET };
  const controller = new AbortController();
  const limits = timeLimits(request.timeoutMs, () => controller.abort());
  const cancel = () => controller.abort();
  request.signal?.addEventListener('abort', cancel);
  try {
    const response = await fetch(request.url, {
      headers: { ...request.headers },
      signal: controller.signal,
      // Nothing of the page, nor of the user's session with the host.
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      // The engine has its own rules for what is fresh.
      cache: 'no-store',
      // A browser does not show where a redirect leads before it follows it.
      redirect: mustStay(request) ? 'error' : 'follow',
    });
    limits.onProgress();
    return await answer(response, request, limits.onProgress);
  } catch {
    if (isAborted(request)) return { type: 'cancelled' };
    if (limits.isOver()) return { type: 'timeout' };
    return { type: 'failed', detail: NOT_ALLOWED };
  } finally {
    limits.stop();
    request.signal?.removeEventListener('abort', cancel);
  }
}

function isAborted({ signal }: HttpRequest): boolean {
  return signal?.aborted === true;
}

/** Requests that name a private package or carry a credential go nowhere else. */
function mustStay({ staysOnHost, headers }: HttpRequest): boolean {
  return staysOnHost === true || Object.keys(headers).some((name) => name.toLowerCase() === 'authorization');
}

async function answer(response: Response, request: HttpRequest, onProgress: () => void): Promise<HttpResult> {
  const { status } = response;
  const headers = new Map(response.headers);
  const pieces: string[] = [];
  const isContent = status === 200 || status === 206;
  const receive =
    (isContent ? request.receive?.() : undefined) ?? ((piece: string) => void pieces.push(piece));
  const receiveBytes = isContent ? request.receiveBytes?.({ status, headers }) : undefined;
  const decoder = new TextDecoder();
  const reader = response.body?.getReader();
  let size = 0;
  for (let part = await reader?.read(); part !== undefined && !part.done; part = await reader?.read()) {
    onProgress();
    size += part.value.length;
    if (size > request.maxBytes) {
      await reader?.cancel();
      return { type: 'too-large' };
    }
    if (receiveBytes === undefined) receive(decoder.decode(part.value, { stream: true }));
    else receiveBytes(part.value);
  }
  if (receiveBytes === undefined) receive(decoder.decode());
  return { type: 'answer', status, headers, body: pieces.join('') };
}

/** Limits the time without data, and six times that for everything, as `HttpRequest` describes. */
function timeLimits(timeoutMs: number, end: () => void) {
  let isOver = false;
  const over = () => {
    isOver = true;
    end();
  };
  let idle = setTimeout(over, timeoutMs);
  const whole = setTimeout(over, 6 * timeoutMs);
  return {
    isOver: () => isOver,
    onProgress() {
      clearTimeout(idle);
      idle = setTimeout(over, timeoutMs);
    },
    stop() {
      clearTimeout(idle);
      clearTimeout(whole);
    },
  };
}
