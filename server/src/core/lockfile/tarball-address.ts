/** What the address of a registry's tarball says that it is. */
export interface TarballAddress {
  /** `@s/a` or `a`. */
  readonly name: string;
  /** `a-1.0.0.tgz` */
  readonly file: string;
}

/**
 * Reads `…/<name>/-/<file>.tgz`, decoded, without query and fragment; also the `/-/@scope/a-1.0.0.tgz` of some
 * registries. Undefined for an address of another shape, of which nothing can be said.
 */
export function readTarballAddress(url: string): TarballAddress | undefined {
  const end = url.search(/[?#]/);
  const path = decode(end === -1 ? url : url.slice(0, end));
  const dash = path.lastIndexOf('/-/');
  if (dash <= 0 || !path.endsWith('.tgz')) return undefined;
  const bareStart = path.lastIndexOf('/', dash - 1) + 1;
  const scopeStart = path.lastIndexOf('/', bareStart - 2) + 1;
  const nameStart = bareStart > 1 && path[scopeStart] === '@' ? scopeStart : bareStart;
  return { name: path.slice(nameStart, dash), file: path.slice(path.lastIndexOf('/') + 1) };
}

/** The version in the file name of a tarball that belongs to `name`; undefined where the name differs. */
export function versionInFile(file: string, name: string): string | undefined {
  const prefix = `${name.slice(name.lastIndexOf('/') + 1)}-`;
  return file.startsWith(prefix) ? file.slice(prefix.length, -'.tgz'.length) : undefined;
}

function decode(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
