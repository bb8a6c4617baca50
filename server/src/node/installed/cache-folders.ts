import { homedir } from 'node:os';
import { join } from 'node:path';
import type { CacheFolders } from './compare-install.ts';

/** Returns the folder of npm's cache that has the contents of packages, by default or by npm's own variable. */
export function npmContents(): string {
  const { env, platform } = process;
  const local = env.LOCALAPPDATA ?? join(homedir(), 'AppData/Local');
  const usual = platform === 'win32' ? join(local, 'npm-cache') : join(homedir(), '.npm');
  return join(env.npm_config_cache ?? usual, '_cacache');
}

/** Returns the folders that package managers use by default, or by their own variables. */
export function cacheFolders(): CacheFolders {
  const { env, platform } = process;
  const home = homedir();
  const isWindows = platform === 'win32';
  const local = env.LOCALAPPDATA ?? join(home, 'AppData/Local');
  const usual = platform === 'darwin' ? 'Library/Caches/Yarn' : '.cache/yarn';
  const cached = env.XDG_CACHE_HOME === undefined ? join(home, usual) : join(env.XDG_CACHE_HOME, './yarn');
  const folders = env.YARN_CACHE_FOLDER ?? (isWindows ? join(local, 'Yarn/Cache') : cached);
  const shared =
    env.YARN_GLOBAL_FOLDER ?? (isWindows ? join(local, 'Yarn/Berry') : join(home, '.yarn/berry'));
  return {
    contents: npmContents(),
    folders: join(folders, 'v6'),
    zips: (root) => [join(root, '.yarn/cache'), join(shared, 'cache')],
  };
}
