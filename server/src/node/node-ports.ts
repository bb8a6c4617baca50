import { homedir } from 'node:os';
import { OPEN_HOSTS, PUBLIC_REGISTRY, YARN_REGISTRY } from '../../generated/npm-defaults.ts';
import type { Uri } from '../core/read/text/paths/uri.ts';
import type { Ports } from '../engine/ports.ts';
import { bundledData, bundledPopularNames } from './bundled-data.ts';
import { cacheDirectory } from './cache-directory.ts';
import { databaseFiles } from './database/database-files.ts';
import { createDatabasePort } from './database-port.ts';
import { createDiskCache } from './disk-cache.ts';
import { createDiskFiles, uriOfPath } from './disk-files.ts';
import type { GitReader } from './git/git-reader.ts';
import { createLazyGit } from './git/lazy-git.ts';
import { createLazyHttp } from './http/lazy-http.ts';
import { npmPaths } from './npm-paths.ts';
import { createProofs } from './proofs.ts';
import { systemClock } from './system-clock.ts';

export interface NodePortsOptions {
  /** The folders that are checked: links are followed only inside them. Asked anew each time. */
  readonly roots: () => readonly Uri[];
  /** For the `User-Agent` header; undefined where nothing may be sent. */
  readonly version: string | undefined;
  /** A file of the user's that takes the place of Sigstore's trusted root; else the environment may name one. */
  readonly trustedRoot?: string | undefined;
}

export interface NodePorts extends Ports {
  readonly git: GitReader;
  /** Where what was fetched is kept; undefined for a user without a home. */
  readonly cacheDirectory: string | undefined;
}

/** Names a file of the user's that takes the place of Sigstore's trusted root. */
const TRUSTED_ROOT = 'DEPHYGIENE_TRUSTED_ROOT';

/** Names a web service to ask in the place of OSV's, with a slash at its end. */
export const OSV_ADDRESS = 'DEPHYGIENE_OSV_API';

/** The engine's ports on this machine. Nothing is opened, and nothing but small modules loaded, before it is used. */
export function createNodePorts({ roots, version, trustedRoot }: NodePortsOptions): NodePorts {
  const environment = process.env;
  const home = homedir();
  const { platform, execPath } = process;
  const npm = npmPaths({ environment, platform, home, execPath });
  const online = version !== undefined;
  const cache = cacheDirectory({ environment, platform, home });
  const userAgent = `dephygiene/${version}`;
  const http = online ? createLazyHttp({ userAgent, environment }) : undefined;
  return {
    files: createDiskFiles(roots),
    clock: systemClock,
    http,
    cache: online && cache !== undefined ? createDiskCache({ directory: cache }) : undefined,
    proofs: createProofs({
      ...{ http, cache, now: systemClock.now },
      trustedRoot: trustedRoot ?? environment[TRUSTED_ROOT],
    }),
    cacheDirectory: cache,
    database:
      cache === undefined
        ? undefined
        : createDatabasePort(databaseFiles(cache), { userAgent, now: systemClock.now }),
    osvApi: environment[OSV_ADDRESS],
    git: createLazyGit({ environment, platform, untrusted: roots }),
    popularNames: bundledPopularNames,
    advisories: readAdvisories,
    publicRegistry: PUBLIC_REGISTRY,
    publicAliases: [YARN_REGISTRY],
    openHosts: OPEN_HOSTS,
    userNpmrc: uriOfPath(npm.user),
    globalNpmrc: npm.global === undefined ? undefined : uriOfPath(npm.global),
    home: uriOfPath(home),
    environment,
  };
}

/** The bundled index of advisories; undefined where it is missing. */
function readAdvisories(): Uint8Array | undefined {
  try {
    return bundledData('advisories.bin');
  } catch {
    return undefined;
  }
}
