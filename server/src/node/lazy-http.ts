import type { HttpPort } from '../engine/ports.ts';
import type { UndiciOptions } from './undici-http.ts';

/** HTTP whose implementation, the largest part of the program, is loaded with the first request. */
export function createLazyHttp(options: UndiciOptions): HttpPort {
  let loaded: Promise<HttpPort> | undefined;
  return {
    async get(request) {
      loaded ??= import('./undici-http.ts').then(({ createUndiciHttp }) => createUndiciHttp(options));
      return (await loaded).get(request);
    },
  };
}
