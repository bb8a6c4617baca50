import semver from 'semver';
import type { Located, Span } from '../../text/span.ts';
import type { LockProblem, LockSource } from '../model/lockfile.ts';
import { shownText } from '../model/shown-text.ts';

interface Versioned {
  readonly name: string;
  readonly keySpan: Span;
  readonly version: Located<string> | undefined;
  readonly source: LockSource;
  readonly bundled: boolean;
}

/**
 * Returns the problem of an entry of a registry package whose `version` is absent or invalid: nobody can predict what
 * npm installs, because it requests the rest from the registry. Packages of other sources, and bundled ones, need no
 * version.
 */
export function unversionedProblem(entry: Versioned): LockProblem | undefined {
  const { version, name } = entry;
  if (version !== undefined && semver.valid(version.value, { loose: true }) !== null) return undefined;
  if (entry.source !== 'registry' || entry.bundled) return undefined;
  if (version === undefined || version.value.trim() === '') {
    return { message: `${shownText(name)} has no version`, span: version?.span ?? entry.keySpan };
  }
  const message = `${JSON.stringify(shownText(version.value, 30))} is not a version of ${shownText(name)}`;
  return { message, span: version.span };
}
