import { posix, win32 } from 'node:path';

export interface NpmPlace {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly home: string;
  /** The program that runs this code; npm's own location follows from it if it is Node.js. */
  readonly execPath: string;
}

export interface NpmPaths {
  readonly user: string;
  /** Undefined if only npm itself could tell. */
  readonly global: string | undefined;
}

/**
 * Returns the user's and the machine's .npmrc, as npm locates them: `userconfig` and `globalconfig` of the environment,
 * or else `.npmrc` in the home directory and `etc/npmrc` below the prefix. A prefix set in a file is not considered.
 */
export function npmPaths({ environment, platform, home, execPath }: NpmPlace): NpmPaths {
  const { join, dirname, basename, isAbsolute } = platform === 'win32' ? win32 : posix;
  const setting = (key: string): string | undefined => {
    const wanted = `npm_config_${key}`;
    const found = Object.entries(environment).find(
      ([name, value]) => name.toLowerCase() === wanted && value !== '',
    );
    return found?.[1];
  };
  const absolute = (path: string): string => {
    if (path === '~') return home;
    if (path.startsWith('~/') || (platform === 'win32' && path.startsWith('~\\')))
      return join(home, path.slice(2));
    return path;
  };
  const given = (key: string): string | undefined => {
    const value = setting(key);
    const path = value === undefined ? undefined : absolute(value);
    return path !== undefined && isAbsolute(path) ? path : undefined;
  };
  const runsNode = /^node(?:js)?(?:\.exe)?$/i.test(basename(execPath));
  const besideNode = (): string | undefined => {
    if (!runsNode) return undefined;
    if (platform === 'win32') return dirname(execPath);
    return join(environment.DESTDIR ?? '', dirname(dirname(execPath)));
  };
  const prefix = given('prefix') ?? environment.PREFIX ?? besideNode();
  return {
    user: given('userconfig') ?? join(home, '.npmrc'),
    global: given('globalconfig') ?? (prefix === undefined ? undefined : join(prefix, 'etc', 'npmrc')),
  };
}
