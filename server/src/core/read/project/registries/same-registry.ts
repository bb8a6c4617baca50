import type { SameRegistry } from '../../lockfile/faults/hash-conflicts.ts';
import { readTarballUrl } from '../../lockfile/model/tarball-url.ts';
import { canonicalUrl } from '../../text/paths/canonical-url.ts';
import { remember } from '../../text/remember.ts';
import type { Project } from '../project.ts';

/**
 * Compares URLs of packages by their registry: the host and the path above its packages. All hosts of the public
 * registry are equal; so are a URL that is not recorded and any other, because only the configured registry is omitted.
 */
export function sameRegistry({ npmConfig }: Pick<Project, 'npmConfig'>): SameRegistry {
  return (a, b) => {
    if (isConfigured(a) || isConfigured(b)) return true;
    return baseOf(a) === baseOf(b) || (npmConfig.isPublic(a) && npmConfig.isPublic(b));
  };
}

/** Checks whether nothing, or a path relative to the configured registry, is recorded. */
function isConfigured(text: string | undefined): text is undefined {
  return text === undefined || !/^\s*(?:[a-z][a-z\d+.-]*:|[\\/]{2})/i.test(text);
}

/** For a path without a package only the host; for anything but a URL the text itself. */
const baseOf = remember(200, (text) => {
  const url = canonicalUrl(text);
  if (url === undefined) return text;
  return `${url.host}:${url.port}${readTarballUrl(url)?.basePath ?? ''}`;
});
