import semver from 'semver';
import { moveRange } from '../../read/manifest/move-range.ts';
import { admits } from './declared-places.ts';

/**
 * The text of a value whose range begins at a version and takes in no bad one below it: operator and prefix stay as they
 * are, `^1` becomes `^1.2.8`. A version below the bad one is pinned. Undefined for what cannot be written that way, such
 * as `*`, a tag or `^1 || ^2`.
 */
export function raiseRange(declared: string, version: string, bad: string): string | undefined {
  const prefix = /^npm:(?:@?[^@]*@)?/i.exec(declared)?.[0] ?? '';
  const written = declared.slice(prefix.length).trim();
  if (semver.lt(version, bad)) return semver.validRange(written) === null ? undefined : prefix + version;
  const moved = moveRange(declared, version);
  if (moved !== undefined && !admits(moved.slice(prefix.length), bad)) return moved;
  const operator = operatorOf(written);
  return operator === undefined ? undefined : prefix + operator + version;
}

/** What `1.x` and `1` mean is a caret, and what `1.2.x` and `1.2` mean a tilde. */
function operatorOf(range: string): string | undefined {
  const parts = /^(\^|~|>=|=)?\s{0,9}v?\d{1,16}(?:\.(\d{1,16}|[xX*]))?(?:\.(?:\d{1,16}|[xX*]))?$/.exec(range);
  if (parts === null) return undefined;
  const [, operator, minor] = parts;
  if (operator !== undefined && operator !== '=') return operator;
  return minor === undefined || /\D/.test(minor) ? '^' : '~';
}
