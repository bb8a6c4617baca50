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

/** Checks for the part of a package for one platform: `@oven/bun-linux-x64` of `bun`. */
export function isPlatformPart(name: string, ownName = ''): boolean {
  const own = ownName.slice(ownName.indexOf('/') + 1);
  const bare = name.slice(name.indexOf('/') + 1);
  return own !== '' && bare.startsWith(`${own}-`) && PLATFORM.test(bare.slice(own.length));
}

const PLATFORM =
  /^-(?:darwin|macos|linux|win32|windows|freebsd|openbsd|netbsd|android|sunos)-(?:x64|x86|ia32|arm64|aarch64|arm|armv7|riscv64|ppc64|ppc64le|s390x|loong64)(?:-[a-z]+)?$/;

const NAME = /^[a-z\d][\w.-]*$/i;

/**
 * Checks whether a relative path leads to a file of a package that an install puts beside its own, seen from files that
 * lie at most so deep in it.
 */
export function isSibling(path: string, depth: number, ownName = ''): boolean {
  if (!isRelative(path)) return false;
  let above = -depth;
  const below: string[] = [];
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') below.push(part);
    else if (below.length > 0) below.pop();
    else above++;
  }
  const scope = /^@[^/]+(?=\/)/.exec(ownName)?.[0];
  if (above !== (scope === undefined ? 1 : 2)) return false;
  const [name = '', ...inner] = below[0]?.startsWith('@') ? below.slice(1) : below;
  return inner.length > 0 && NAME.test(name) && name !== 'node_modules' && below[0] !== scope;
}
