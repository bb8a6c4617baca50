import type { SameRegistry } from '../../lockfile/faults/hash-conflicts.ts';
import { readTarballAddress } from '../../lockfile/model/tarball-address.ts';
import { canonicalUrl } from '../../text/paths/canonical-url.ts';
import { remember } from '../../text/remember.ts';
import type { Project } from '../project.ts';

/**
 * Compares addresses of packages by the registry that they are of: its host and the path that its packages lie below. All
 * places of the public registry are one; so are an address that is not recorded and any other, as only the configured
 * registry is left out.
 */
export function sameRegistry({ npmConfig }: Pick<Project, 'npmConfig'>): SameRegistry {
  return (a, b) => {
    if (isConfigured(a) || isConfigured(b)) return true;
    return baseOf(a) === baseOf(b) || (npmConfig.isPublic(a) && npmConfig.isPublic(b));
  };
}

/** Whether nothing, or a path relative to the configured registry, is recorded. */
function isConfigured(text: string | undefined): text is undefined {
  return text === undefined || !/^\s*(?:[a-z][a-z\d+.-]*:|[\\/]{2})/i.test(text);
}

/** Of a path that says no package the host alone; the text itself of what is no web address. */
const baseOf = remember(200, (text) => {
  const url = canonicalUrl(text);
  if (url === undefined) return text;
  return `${url.host}:${url.port}${readTarballAddress(url)?.basePath ?? ''}`;
});
