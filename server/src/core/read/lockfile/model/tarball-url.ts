import type { CanonicalUrl } from '../../text/paths/canonical-url.ts';
import { TARBALL_LAYOUTS, type TarballLayout } from './tarball-layouts.ts';

/** The parts of the URL of a registry's tarball. */
export interface TarballUrl {
  /** `@s/a` or `a`. */
  readonly name: string;
  /** The last part of the path, decoded: `a-1.0.0.tgz`. */
  readonly file: string;
  /** As written in the URL; undefined if nothing there is a version of that package. */
  readonly version: string | undefined;
  /** The path of its registry, with slashes at both ends. */
  readonly basePath: string;
  readonly layout: TarballLayout['id'];
}

/**
 * Parses the URL of a tarball in one of the known layouts of registries. Undefined for a URL of another shape, which
 * says nothing. Ignores the query and the fragment.
 */
export function readTarballUrl({ path }: Pick<CanonicalUrl, 'path'>): TarballUrl | undefined {
  const segments = path.split('/').slice(1).map(decodeSegment);
  for (const { id, read } of TARBALL_LAYOUTS) {
    const found = read(segments);
    if (found === undefined) continue;
    const { name, version, start } = found;
    const base = path.split('/', start + 1).join('/');
    return { name, version, file: segments.at(-1)!, basePath: `${base}/`, layout: id };
  }
  return undefined;
}

/** Decodes once: a double escape stays escaped, and no name has a percent sign. */
function decodeSegment(segment: string): string {
  if (!segment.includes('%')) return segment;
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
