import { rmSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, realpath, rm, stat } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join } from 'node:path';
import { cacheDirectory } from '../../cache-directory.ts';

const PREFIX = 'guard-';
const DAY_MS = 24 * 60 * 60 * 1000;
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs something with a new folder that only this user can read, and removes it afterwards, after a signal too. It lies in
 * the user's cache: package managers read configuration in all folders above, and anybody can write to a shared one.
 */
export async function withTemporaryFolder<T>(run: (folder: string) => Promise<T>): Promise<T> {
  const { env: environment, platform } = process;
  const cache = cacheDirectory({ environment, platform, home: homedir() }) ?? tmpdir();
  await mkdir(cache, { recursive: true });
  await removeOld(cache);
  const folder = await realpath(await mkdtemp(join(cache, PREFIX)));
  await chmod(folder, 0o700);
  const remove = () => rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  const end = (signal: NodeJS.Signals) => {
    remove();
    // Another listener would keep the signal from ending the process. Each of them has been called for this one.
    for (const each of SIGNALS) process.removeAllListeners(each);
    process.nextTick(() => process.kill(process.pid, signal));
  };
  for (const signal of SIGNALS) process.on(signal, end);
  try {
    return await run(folder);
  } finally {
    for (const signal of SIGNALS) process.off(signal, end);
    remove();
  }
}

/** Removes what a killed process left behind. */
async function removeOld(cache: string): Promise<void> {
  for (const name of await readdir(cache).catch(() => [])) {
    if (!name.startsWith(PREFIX)) continue;
    const path = join(cache, name);
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > DAY_MS)
      await rm(path, { recursive: true, force: true }).catch(() => undefined);
  }
}
