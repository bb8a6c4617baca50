import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The package whose dependencies are what we measure against, at versions of its own lockfile. */
const FOLDER = join(import.meta.dirname, '../../../test/bench');

/** Installs the peers where they are missing; says on standard error where they cannot be had. */
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

/** `name 1.2.3`; `name` alone where it is not installed. */
export function peerName(name: string): string {
  const file = join(FOLDER, 'node_modules', name, 'package.json');
  if (!existsSync(file)) return name;
  return `${name} ${(JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version}`;
}

/** A file of an installed peer; undefined where it is not there. */
export function peerFile(path: string): string | undefined {
  const file = join(FOLDER, 'node_modules', path);
  return existsSync(file) ? file : undefined;
}

/** The peer as a module. */
export async function loadPeer<T>(name: string): Promise<T> {
  const require = createRequire(join(FOLDER, 'package.json'));
  const loaded = (await import(pathToFileURL(require.resolve(name)).href)) as { default?: object };
  return { ...loaded.default, ...loaded } as T;
}

let npm: string | undefined;

/** The version of the npm that is measured: the one on the path. */
export function npmVersion(): string {
  npm ??= execFileSync('npm', ['--version'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
  }).trim();
  return npm;
}
