import { homedir } from 'node:os';
import { JSR_REGISTRY, OPEN_HOSTS, PUBLIC_REGISTRY, YARN_REGISTRY } from '../../generated/npm-defaults.ts';
import type { Uri } from '../core/read/text/paths/uri.ts';
import type { Ports } from '../engine/ports.ts';
import { bundledData, bundledPopularNames } from './bundled-data.ts';
import { cacheDirectory } from './cache-directory.ts';
import { databaseFiles } from './database/database-files.ts';
import { createDatabasePort } from './database-port.ts';
import { createDiskCache } from './disk-cache.ts';
import { createDiskFiles, uriOfPath } from './disk-files.ts';
import { diskSources } from './disk-sources.ts';
import type { FileCalls } from './files/file-calls.ts';
import type { GitReader } from './git/git-reader.ts';
import { createLazyGit } from './git/lazy-git.ts';
import { createLazyHttp } from './http/lazy-http.ts';
import { npmPaths } from './npm-paths.ts';
import { createProofs } from './proofs.ts';
import { systemClock } from './system-clock.ts';

export interface NodePortsOptions {
  /** The checked folders: links are followed only inside them. Evaluated on each use. */
  readonly roots: () => readonly Uri[];
  /** For the `User-Agent` header; undefined if nothing may be sent. */
  readonly version: string | undefined;
  /** A user's file that replaces Sigstore's trust root; by default the environment may name one. */
  readonly trustedRoot?: string | undefined;
  /** How files of the checked folders are read; in the background by default. */
  readonly fileCalls?: FileCalls;
}

export interface NodePorts extends Ports {
  readonly git: GitReader;
  /** The directory of cached data; undefined for a user without a home. */
  readonly cacheDirectory: string | undefined;
}

/** The variable for a user's file that replaces Sigstore's trust root. */
const TRUSTED_ROOT = 'DEPHYGIENE_TRUSTED_ROOT';

/** The variable for a web service that replaces OSV's, with a trailing slash. */
export const OSV_ADDRESS = 'DEPHYGIENE_OSV_API';

/**
 * Creates the engine's ports on this machine. Nothing is opened, and only small modules are loaded, before first use.
 */
export function createNodePorts({ roots, version, trustedRoot, fileCalls }: NodePortsOptions): NodePorts {
  const environment = process.env;
  const home = homedir();
  const { platform, execPath } = process;
  const npm = npmPaths({ environment, platform, home, execPath });
  const online = version !== undefined;
  const cache = cacheDirectory({ environment, platform, home });
  const userAgent = `dephygiene/${version}`;
  const http = online ? createLazyHttp({ userAgent, environment }) : undefined;
  return {
    files: createDiskFiles(roots, fileCalls),
    sources: diskSources,
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
    scopeRegistries: { '@jsr': JSR_REGISTRY },
    openHosts: OPEN_HOSTS,
    userNpmrc: uriOfPath(npm.user),
    globalNpmrc: npm.global === undefined ? undefined : uriOfPath(npm.global),
    home: uriOfPath(home),
    environment,
  };
}

/** Returns the bundled advisory index; undefined if it is missing. */
function readAdvisories(): Uint8Array | undefined {
  try {
    return bundledData('advisories.bin');
  } catch {
    return undefined;
  }
}
