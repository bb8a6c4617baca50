import type { HttpPort } from '../../engine/ports.ts';
import type { UndiciHttp, UndiciOptions } from './undici-http.ts';

/** Creates an HTTP port whose implementation, the largest part of the program, is loaded on the first request. */
export function createLazyHttp(options: UndiciOptions): HttpPort {
  let loaded: Promise<UndiciHttp> | undefined;
  const load = () => {
    loaded ??= import('./undici-http.ts').then(({ createUndiciHttp }) => createUndiciHttp(options));
    return loaded;
  };
  return {
    get: async (request) => (await load()).get(request),
    post: async (request) => (await load()).post(request),
  };
}
