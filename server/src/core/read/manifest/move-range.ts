import semver from 'semver';
import { aliasPrefix } from './read-specifier.ts';

/**
 * Returns a dependency's specifier with another version: operator, prefix (`npm:name@`), precision and wildcards stay
 * as they are, so that `^1.2` becomes `^1.5` and `1.x` becomes `2.x`. Undefined for a specifier without a single
 * version to move, such as `*`, a tag or `^1 || ^2`, and if it could not express that version.
 */
export function moveRange(declared: string, version: string): string | undefined {
  const prefix = aliasPrefix(declared);
  const parts = ONE_VERSION.exec(declared.slice(prefix.length).trim());
  const target = semver.parse(version);
  if (parts === null || target === null) return undefined;
  const [, operator = '', minor, patch] = parts;
  const isWhole = minor !== undefined && patch !== undefined && !isWildcard(minor) && !isWildcard(patch);
  const moved = isWhole
    ? target.version
    : [String(target.major), partOf(minor, target.minor), partOf(patch, target.patch)]
        .filter((part) => part !== undefined)
        .join('.');
  const text = operator + moved;
  return semver.satisfies(target, text) ? prefix + text : undefined;
}

/** The operator with spaces and the `v` after it, then the minor and patch version if present. */
const ONE_VERSION =
  /^((?:\^|~>?|>=|=)?\s{0,9}v?)\d{1,16}(?:\.(\d{1,16}|[xX*]))?(?:\.(\d{1,16}|[xX*]))?(?:-[\w.-]{1,200})?(?:\+[\w.-]{1,200})?$/;

function isWildcard(part: string): boolean {
  return !/^\d/.test(part);
}

function partOf(written: string | undefined, value: number): string | undefined {
  return written === undefined || isWildcard(written) ? written : String(value);
}
