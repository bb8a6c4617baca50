import { posix, win32 } from 'node:path';

export interface CachePlace {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly platform: string;
  readonly home: string;
}

/**
 * Returns this platform's cache directory: the XDG one, the user's Library, or the local application data. Undefined
 * for a user without a home, as a relative path would lie in the workspace.
 */
export function cacheDirectory({ environment, platform, home }: CachePlace): string | undefined {
  const { join, isAbsolute } = platform === 'win32' ? win32 : posix;
  const given = platform === 'win32' ? environment.LOCALAPPDATA : environment.XDG_CACHE_HOME;
  if (given !== undefined && isAbsolute(given)) return join(given, 'dephygiene');
  if (!isAbsolute(home)) return undefined;
  if (platform === 'win32') return join(home, 'AppData', 'Local', 'dephygiene');
  return join(home, platform === 'darwin' ? 'Library/Caches' : '.cache', 'dephygiene');
}
