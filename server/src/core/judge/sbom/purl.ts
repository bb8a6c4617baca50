/**
 * Returns the package URL of an npm package (ECMA-427), or of a runtime that pnpm downloads from elsewhere. The case of the name stays: some registered names
 * differ only in it.
 * @param qualifiers in any order; undefined values are omitted
 */
export function packageUrl(
  name: string,
  version: string | undefined,
  qualifiers: Readonly<Record<string, string | undefined>> = {},
  isRuntime = false,
): string {
  const path = name.split('/').map(encoded).join('/');
  const query = Object.entries(qualifiers)
    .filter((entry): entry is [string, string] => entry[1] !== undefined && entry[1] !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${encoded(value)}`)
    .join('&');
  const at = version === undefined || version === '' ? '' : `@${encoded(version)}`;
  return `${isRuntime ? 'pkg:generic' : 'pkg:npm'}/${path}${at}${query === '' ? '' : `?${query}`}`;
}

/** Encodes everything but unreserved characters and colons. A lone surrogate has no encoding. */
export function encoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'))
    .replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%3A', ':');
}
