/**
 * The only names of files in core and engine. Each is canonical: `canonicalUri` decides one spelling (percent encoding,
 * no trailing slash), so that two URIs of one file are the same string.
 */
export type Uri = string;

/**
 * Normalizes a URI. Clients differ in what they encode and in the case of Windows' drive letters, such as
 * `file:///c%3A/a` and `file:///C:/a`. Never throws.
 */
export function canonicalUri(uri: string): Uri {
  const { prefix, path } = split(uri);
  const segments = path.split('/').map((segment) => encode(decode(segment)));
  const kept = segments.filter((segment) => segment !== '');
  if (kept[0] !== undefined && prefix === 'file://' && /^[A-Z]%3A$/.test(kept[0])) {
    kept[0] = `${kept[0].charAt(0).toLowerCase()}%3A`;
  }
  return prefix + (segments[0] === '' ? '/' : '') + kept.join('/');
}

/** Returns the directory that contains this file or directory; the root's parent is the root itself. */
export function parentUri(uri: Uri): Uri {
  const { prefix, path } = split(uri);
  const slash = path.lastIndexOf('/');
  return prefix + (slash <= 0 ? '/' : path.slice(0, slash));
}

/**
 * Returns a URI below `base`; `relative` is a path with `/`, not encoded; `..` and `.` are resolved, never above the
 * root.
 */
export function joinUri(base: Uri, relative: string): Uri {
  const { prefix, path } = split(base);
  const segments = path.split('/').filter((segment) => segment !== '');
  for (const segment of relative.split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment === '..') segments.pop();
    else segments.push(encode(segment));
  }
  return `${prefix}/${segments.join('/')}`;
}

/** Returns the last segment, decoded. */
export function nameOf(uri: Uri): string {
  return decode(uri.slice(uri.lastIndexOf('/') + 1));
}

/** Checks whether `uri` is `directory` itself or is below it. */
export function isWithin(directory: Uri, uri: Uri): boolean {
  if (uri === directory) return true;
  return uri.startsWith(directory.endsWith('/') ? directory : `${directory}/`);
}

/** The same for any of many directories, with a time that does not depend on their number. */
export function isWithinAny(directories: ReadonlySet<Uri>, uri: Uri): boolean {
  for (let at = uri; !directories.has(at); ) {
    const above = parentUri(at);
    if (above === at) return false;
    at = above;
  }
  return true;
}

/**
 * Returns the path from `directory` to `uri`, with `/`, decoded, with `..` if it leaves it; "" for the directory
 * itself.
 */
export function relativeUri(directory: Uri, uri: Uri): string {
  const from = segmentsOf(directory);
  const to = segmentsOf(uri);
  let shared = 0;
  while (shared < from.length && shared < to.length && from[shared] === to[shared]) shared++;
  const up = from.slice(shared).map(() => '..');
  return [...up, ...to.slice(shared).map(decode)].join('/');
}

function segmentsOf(uri: Uri): readonly string[] {
  return split(uri)
    .path.split('/')
    .filter((segment) => segment !== '');
}

/** Splits `file:///a/b` into `file://` and `/a/b`; `untitled:a` into `untitled:` and `a`. */
function split(uri: string): { prefix: string; path: string } {
  const scheme = uri.indexOf('://');
  if (scheme === -1) {
    const colon = uri.indexOf(':');
    return { prefix: uri.slice(0, colon + 1), path: uri.slice(colon + 1) };
  }
  const slash = uri.indexOf('/', scheme + 3);
  return slash === -1 ? { prefix: uri, path: '/' } : { prefix: uri.slice(0, slash), path: uri.slice(slash) };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** A lone surrogate cannot be encoded; it is not a character, and no real file name has one. */
function encode(segment: string): string {
  return encodeURIComponent(segment.replace(/\p{Surrogate}/gu, '\uFFFD'));
}
