import semver from 'semver';
import type { LockEntry } from './lockfile.ts';
import { plainBaseOf, requestedUrl } from './registry-base.ts';
import { readTarballUrl } from './tarball-url.ts';

/**
 * Returns the registry package that is installed for an entry: the one whose tarball its URL is, whatever the entry
 * itself says. Undefined for packages from elsewhere without a name.
 */
export function installedAs(
  entry: LockEntry,
): { readonly name: string; readonly version: string } | undefined {
  const { name, version, source, resolved } = entry;
  const own = version === undefined || source !== 'registry' ? undefined : { name, version: version.value };
  if (resolved === undefined || (source !== 'registry' && source !== 'tarball')) return own;
  // A dependency on the URL of a registry's tarball installs that package, whatever the format calls its source.
  if (version !== undefined && plainBaseOf(entry) !== undefined) return { name, version: version.value };
  const url = requestedUrl(resolved.value, ANY_REGISTRY);
  const address = url === undefined ? undefined : readTarballUrl(url);
  const said = address?.version === undefined ? null : semver.valid(address.version, { loose: true });
  return address === undefined || said === null ? own : { name: address.name, version: said };
}

const ANY_REGISTRY = 'https://registry.invalid/';
