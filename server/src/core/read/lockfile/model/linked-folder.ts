/**
 * Returns the path of a folder linked in `from`, relative to the lockfile's directory with `/`; "" for that directory
 * itself. An absolute path stays as it is.
 */
export function linkedFolder(from: string, path: string): string {
  if (/^(?:[/\\~]|[A-Za-z]:)/.test(path)) return path;
  const segments = from === '' ? [] : from.split('/');
  for (const segment of path.split(/[/\\]/)) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..' && segments.length > 0 && segments.at(-1) !== '..') segments.pop();
    else segments.push(segment);
  }
  return segments.join('/');
}
