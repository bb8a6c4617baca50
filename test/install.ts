import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * `node test/install.ts <folder>`: installs the dependencies of that folder's tests, unless the lockfile is unchanged
 * since the last install. `npm ci` without any script.
 */
const folder = resolve(process.argv[2] ?? '.');
const stamp = join(folder, 'node_modules', '.installed-from');
const lockfile = readFileSync(join(folder, 'package-lock.json'), 'utf8');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lockfile) {
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(stamp, lockfile);
}
