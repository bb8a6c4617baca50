import { normalPath } from './install-files.ts';

/** Returns the file that a path without or with an extension means; undefined if there is none. */
export function findFile(path: string, has: (path: string) => boolean): string | undefined {
  return [
    path,
    `${path}.js`,
    `${path}.cjs`,
    `${path}.mjs`,
    path === '' ? 'index.js' : `${path}/index.js`,
    path.replace(/\.js$/, '.ts'),
    `${path}.ts`,
  ].find(has);
}

/** Returns the path that a relative specifier has in a package, seen from one of its files. */
export function relativePath(from: string, specifier: string): string {
  return normalPath(`${folderOf(from)}${specifier}`);
}

function folderOf(path: string): string {
  return path.replace(/[^/]*$/, '');
}

export function isRelative(specifier: string): boolean {
  return /^\.{1,2}(?:\/|$)/.test(specifier);
}
