import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The package with the peers as dependencies, at the versions in its own lockfile. */
const FOLDER = join(import.meta.dirname, '../../../test/bench');

/** Installs missing peers; prints on standard error if that fails. */
export function installPeers(): void {
  if (existsSync(join(FOLDER, 'node_modules/.package-lock.json'))) return;
  try {
    const options = ['--ignore-scripts', '--no-audit', '--no-fund'];
    execFileSync('npm', ['ci', ...options], {
      cwd: FOLDER,
      stdio: 'ignore',
      shell: process.platform === 'win32',
    });
  } catch {
    console.error('The peers could not be installed, so there is nothing to compare with.');
  }
}

/** Returns `name 1.2.3`, or `name` alone if it is not installed. */
export function peerName(name: string): string {
  const file = join(FOLDER, 'node_modules', name, 'package.json');
  if (!existsSync(file)) return name;
  return `${name} ${(JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version}`;
}

/** Returns a file of an installed peer; undefined if it is missing. */
export function peerFile(path: string): string | undefined {
  const file = join(FOLDER, 'node_modules', path);
  return existsSync(file) ? file : undefined;
}

/** Loads the peer as a module. */
export async function loadPeer<T>(name: string): Promise<T> {
  const require = createRequire(join(FOLDER, 'package.json'));
  const loaded = (await import(pathToFileURL(require.resolve(name)).href)) as { default?: object };
  return { ...loaded.default, ...loaded } as T;
}

let npm: string | undefined;

/** Returns the version of the measured npm, which is the one on PATH. */
export function npmVersion(): string {
  npm ??= execFileSync('npm', ['--version'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  }).trim();
  return npm;
}
