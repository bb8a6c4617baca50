/**
 * Normalizes a path on this machine: without `file:`, with slashes only, and without redundant segments. `~` and drive
 * letters stay; "" for the folder itself.
 */
export function localPath(text: string): string {
  const plain = text.replace(/^file:(?:\/\/(?=\/))?/i, '').replaceAll('\\', '/');
  const isAbsolute = plain.startsWith('/');
  const segments: string[] = [];
  for (const segment of plain.split('/')) {
    if (segment === '' || segment === '.') continue;
    const last = segments.at(-1);
    if (segment !== '..') segments.push(segment);
    else if (last !== undefined && last !== '..') segments.pop();
    else if (!isAbsolute) segments.push(segment);
  }
  return (isAbsolute ? '/' : '') + segments.join('/');
}

/**
 * Checks whether npm and Yarn 1 treat the text as a path without `file:`: `./a`, `../a`, `/a`, `~/a`, `C:\a`, `.\a`.
 */
export function isLocalPath(text: string): boolean {
  return /^(?:\.{1,2}(?:[/\\]|$)|[/\\]|~[/\\]|[a-z]:(?:[/\\]|$))/i.test(text);
}

/** Checks whether a path is that of an archive, which package managers unpack, rather than of a folder. */
export function isArchivePath(path: string): boolean {
  return /\.(?:tgz|tar|tar\.gz)$/i.test(path.slice(-300).trimEnd());
}
