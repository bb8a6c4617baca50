import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { PUBLIC_REGISTRY, YARN_REGISTRY } from '../../generated/npm-defaults.ts';
import type { Uri } from '../core/text/uri.ts';
import type { Ports } from '../engine/ports.ts';
import { cacheDirectory } from './cache-directory.ts';
import { createDiskCache } from './disk-cache.ts';
import { createDiskFiles, uriOfPath } from './disk-files.ts';
import type { GitReader } from './git-reader.ts';
import { createLazyGit } from './lazy-git.ts';
import { createLazyHttp } from './lazy-http.ts';
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
}

/** Names a file of the user's that takes the place of Sigstore's trusted root. */
export const TRUSTED_ROOT = 'DEPHYGIENE_TRUSTED_ROOT';

/** The engine's ports on this machine. Nothing is opened, and nothing but small modules loaded, before it is used. */
export function createNodePorts({ roots, version, trustedRoot }: NodePortsOptions): NodePorts {
  const environment = process.env;
  const home = homedir();
  const { platform, execPath } = process;
  const npm = npmPaths({ environment, platform, home, execPath });
  const online = version !== undefined;
  const cache = cacheDirectory({ environment, platform, home });
  const http = online ? createLazyHttp({ userAgent: `dephygiene/${version}`, environment }) : undefined;
  return {
    files: createDiskFiles(roots),
    clock: systemClock,
    http,
    cache: online && cache !== undefined ? createDiskCache({ directory: cache }) : undefined,
    proofs: createProofs({
      ...{ http, cache, now: systemClock.now },
      trustedRoot: trustedRoot ?? environment[TRUSTED_ROOT],
    }),
    git: createLazyGit({ environment, platform, untrusted: roots }),
    popularNames: readPopularNames,
    publicRegistry: PUBLIC_REGISTRY,
    publicAliases: [YARN_REGISTRY],
    userNpmrc: uriOfPath(npm.user),
    globalNpmrc: npm.global === undefined ? undefined : uriOfPath(npm.global),
    home: uriOfPath(home),
    environment,
  };
}

/** Beside the bundle, or in the sources when they run as they are. */
function readPopularNames(): string {
  const here = import.meta.dirname;
  try {
    return readFileSync(join(here, 'popular-names.txt'), 'utf8');
  } catch {
    return readFileSync(join(here, '../../data/popular-names.txt'), 'utf8');
  }
}
