import semver from 'semver';

/**
 * What a dependency declares, with another version in it: the operator stays, and so do a prefix such as `npm:name@` and
 * the number of parts of a range such as `1.x`. Undefined for ranges of several parts, tags and addresses, where nobody
 * can tell how the author would write it.
 */
export function withVersion(declared: string, version: string): string | undefined {
  const { prefix, range } = splitPrefix(declared);
  const parts = /^(\^|~|>=|=)?(\s*v?)([\w.*+-]+)$/.exec(range);
  if (parts === null) return undefined;
  const [, operator = '', between = '', number = ''] = parts;
  if (semver.valid(number) !== null) return prefix + operator + between + version;
  const shortened = shortenedLike(number, version);
  return shortened === undefined ? undefined : prefix + operator + between + shortened;
}

/** The version alone, behind the prefix that the dependency declares. */
export function pinnedTo(declared: string, version: string): string {
  return splitPrefix(declared).prefix + version;
}

/** `npm:name@` or `npm:` of an alias, and what is behind it. */
function splitPrefix(declared: string): { readonly prefix: string; readonly range: string } {
  if (!/^npm:/i.test(declared)) return { prefix: '', range: declared };
  const at = declared.indexOf('@', 'npm:'.length + 1);
  const end = at === -1 ? (/^npm:[\^~><=\dv*]/i.test(declared) ? 'npm:'.length : declared.length) : at + 1;
  return { prefix: declared.slice(0, end), range: declared.slice(end) };
}

/** `1`, `1.x`, `1.2.*`: as many parts of the version, and the placeholder where it was. */
function shortenedLike(range: string, version: string): string | undefined {
  const parts = range.split('.');
  const own = semver.parse(version);
  if (own === null || own.prerelease.length > 0 || parts.length > 3 || !/^\d+$/.test(parts[0]!))
    return undefined;
  if (!parts.every((part) => /^(?:\d+|[x*])$/i.test(part))) return undefined;
  const numbers = [own.major, own.minor, own.patch];
  return parts.map((part, at) => (/^\d+$/.test(part) ? numbers[at] : part)).join('.');
}
