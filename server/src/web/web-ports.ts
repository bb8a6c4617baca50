import { JSR_REGISTRY, OPEN_HOSTS, PUBLIC_REGISTRY, YARN_REGISTRY } from '../../generated/npm-defaults.ts';
import type { Ports } from '../engine/ports.ts';
import type { WorkerStart } from '../lsp/messages.ts';
import { fetchHttp } from './fetch-http.ts';

/**
 * Creates the engine's ports in a browser. The client reads all files. There is no git, no cache on disk, no verification
 * of signatures and no environment: what depends on these is reported as not checked.
 */
export function createWebPorts({ popularNames, advisories }: WorkerStart): Ports {
  return {
    files: {
      read: async () => ({ type: 'refused', reason: 'is not readable in a browser' }),
      list: async () => undefined,
    },
    clock: { now: () => Date.now(), random: () => Math.random() },
    http: fetchHttp,
    cache: undefined,
    popularNames: () => popularNames,
    advisories: () => advisories,
    publicRegistry: PUBLIC_REGISTRY,
    publicAliases: [YARN_REGISTRY],
    scopeRegistries: { '@jsr': JSR_REGISTRY },
    openHosts: OPEN_HOSTS,
    userNpmrc: undefined,
    globalNpmrc: undefined,
    environment: {},
  };
}
