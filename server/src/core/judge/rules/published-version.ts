import type { Facts } from '../../know/facts/facts.ts';
import type { PackumentVersion } from '../../know/registry/documents/packument.ts';

/**
 * Returns the registry's data for a version, undefined if unknown. Falls back to the packument, as not every registry
 * has a document for a single version.
 */
export function publishedVersion(
  facts: Facts,
  name: string,
  version: string | undefined,
): PackumentVersion | undefined {
  if (version === undefined) return undefined;
  const own = facts.version(name, version);
  if (own.state === 'ready') return own.value;
  if (own.state !== 'absent') return undefined;
  const packument = facts.packument(name);
  return packument.state === 'ready' ? packument.value.versions.get(version) : undefined;
}
