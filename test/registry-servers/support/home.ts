import { mkdirSync, mkdtempSync, realpathSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A user of a machine: their home directory, and the environment of everything that they run. */
export interface Home {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Creates a home for npm and for the built server alike, so that both read the same .npmrc; its environment contains
 * nothing from the user who runs the tests. `folder` is a new temporary one by default, which the caller removes.
 */
export function makeHome(options: {
  readonly npmrc: string;
  readonly folder?: string;
  /** Variables in addition to those that every program needs. */
  readonly env?: Readonly<Record<string, string>>;
}): Home {
  const folder = options.folder ?? realpathSync(mkdtempSync(path.join(tmpdir(), 'home-')));
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, '.npmrc'), options.npmrc);
  const env = {
    PATH: process.env.PATH ?? '',
    ...(process.env.SystemRoot === undefined ? {} : { SystemRoot: process.env.SystemRoot }),
    HOME: folder,
    USERPROFILE: folder,
    XDG_CACHE_HOME: path.join(folder, 'cache'),
    LOCALAPPDATA: path.join(folder, 'cache'),
    npm_config_globalconfig: path.join(folder, 'no-npmrc'),
    npm_config_cache: path.join(folder, 'npm-cache'),
    npm_config_update_notifier: 'false',
    npm_config_fund: 'false',
    npm_config_audit: 'false',
    ...options.env,
  };
  return { folder, env };
}
