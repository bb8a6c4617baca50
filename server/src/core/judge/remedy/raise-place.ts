import { plainOf } from '../../read/manifest/plain-specifier.ts';
import { aliasPrefix } from '../../read/manifest/read-specifier.ts';
import type { BadPackage } from './bad-package.ts';
import type { Choice } from './choices-of.ts';
import { admits } from './declared-places.ts';
import type { DeclaredRange } from './declared-range.ts';
import { raiseRange } from './raise-range.ts';
import { type Accepts, distanceFromLine, type VersionChoice } from './version-choice.ts';

/** The new value of a place: a text that starts with a better version, or undefined if its text already admits one. */
export interface RaisedPlace {
  readonly choice: Choice;
  readonly text: string | undefined;
}

/**
 * Moves a place off a version: to the lowest better one in its range, otherwise to the next one. A text that cannot
 * contain a version stays if the package manager would select a better version for it, and is replaced otherwise.
 * @param isBad whether advisories affect the version; otherwise it pulls in something they affect
 */
export function raisePlace(
  { declared, specifier, token }: DeclaredRange,
  from: BadPackage,
  accepts: Accepts,
  { choice, isBad }: { readonly choice: VersionChoice; readonly isBad: boolean },
): RaisedPlace | undefined {
  const inner = plainOf(specifier);
  if (inner === undefined) return undefined;
  const range = inner.type === 'tag' ? taggedVersion(from.name, inner, choice) : inner.range;
  const isInRange = (version: string) => inner.type !== 'tag' && admits(range!, version);
  const rankOf = (version: string) => (isInRange(version) ? 0 : 1 + distanceFromLine(from.version, version));
  const chosen = isBad ? choice.instead(from, rankOf, accepts) : choice.update(from, rankOf, accepts);
  const prefix = aliasPrefix(declared);
  /** Narrows a range to the one version if the package manager would select an unacceptable one. */
  const safe = (text: string, { version }: Choice) => {
    const would = choice.taken(from.name, text.slice(prefix.length));
    return would === undefined || would.version === version || accepts(would) ? text : prefix + version;
  };
  // If an override decides, there is nothing to write here.
  const text =
    chosen === undefined || token === undefined
      ? undefined
      : raiseRange(declared, chosen.version, from.version);
  if (chosen !== undefined && text !== undefined) return { choice: chosen, text: safe(text, chosen) };
  const open = range === undefined ? undefined : choice.taken(from.name, range);
  if (open !== undefined && open.version !== from.version && accepts(open))
    return { choice: open, text: undefined };
  if (chosen === undefined || token === undefined) return undefined;
  return { choice: chosen, text: safe(`${prefix}^${chosen.version}`, chosen) };
}

function taggedVersion(
  name: string,
  { tag }: { readonly tag?: string },
  { packument }: VersionChoice,
): string | undefined {
  return packument(name)?.distTags.get(tag ?? '');
}
