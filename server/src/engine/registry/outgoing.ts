import { hostAndPort, parseWebUrl } from '../../core/read/text/paths/web-url.ts';
import type { ClockPort, HttpPort, HttpPost, HttpRequest, HttpResult } from '../ports.ts';
import { createRegistryHost, type RegistryHost } from './registry-host.ts';

/** The single exit for requests, grouped by host. */
export interface Outgoing {
  send(request: HttpRequest | HttpPost): Promise<HttpResult>;
  /** Ends the pauses of hosts that failed, and returns these hosts. */
  tryAgain(): readonly string[];
}

/** Sends requests through the port, with limits on concurrency and frequency per host. */
export function createOutgoing(http: HttpPort, clock: ClockPort): Outgoing {
  const hosts = new Map<string, RegistryHost>();
  return {
    send(request) {
      const address = parseWebUrl(request.url);
      if (address === undefined) return Promise.resolve({ type: 'failed', detail: 'has an invalid URL' });
      const name = hostAndPort(address);
      const host = hosts.get(name) ?? createRegistryHost(http, clock);
      hosts.set(name, host);
      return host.send(request);
    },
    tryAgain: () => [...hosts].flatMap(([name, host]) => (host.tryAgain() ? [name] : [])),
  };
}
