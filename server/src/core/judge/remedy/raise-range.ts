import semver from 'semver';
import { moveRange } from '../../read/manifest/move-range.ts';
import { aliasPrefix } from '../../read/manifest/read-specifier.ts';
import { admits } from './declared-places.ts';

/**
 * Returns the value with its range raised to start at a version and admit no bad one below it, keeping operator and
 * prefix: `^1` becomes `^1.2.8`. A version below the bad one is pinned. Undefined for values that cannot express this,
 * such as `*`, a tag or `^1 || ^2`.
 */
export function raiseRange(declared: string, version: string, bad: string): string | undefined {
  const prefix = aliasPrefix(declared);
  const written = declared.slice(prefix.length).trim();
  if (semver.lt(version, bad)) return semver.validRange(written) === null ? undefined : prefix + version;
  const moved = moveRange(declared, version);
  if (moved !== undefined && !admits(moved.slice(prefix.length), bad)) return moved;
  const operator = operatorOf(written);
  return operator === undefined ? undefined : prefix + operator + version;
}

/** Returns the equivalent operator: a caret for `1.x` and `1`, a tilde for `1.2.x` and `1.2`. */
function operatorOf(range: string): string | undefined {
  const parts = /^(\^|~|>=|=)?\s{0,9}v?\d{1,16}(?:\.(\d{1,16}|[xX*]))?(?:\.(?:\d{1,16}|[xX*]))?$/.exec(range);
  if (parts === null) return undefined;
  const [, operator, minor] = parts;
  if (operator !== undefined && operator !== '=') return operator;
  return minor === undefined || /\D/.test(minor) ? '^' : '~';
}
