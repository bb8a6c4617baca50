import type { Packument } from '../registry/documents/packument.ts';

/**
 * Returns whether a version has an install script, by what its registry says; undefined where it does not say. Registries
 * leave out what a version does not have, so that silence means no where the document has the rest of the manifest, or
 * marks other versions.
 */
export function hasScriptByRegistry({ versions }: Packument, version: string): boolean | undefined {
  const known = versions.get(version);
  if (known === undefined || known.hasInstallScript !== undefined) return known?.hasInstallScript;
  if (known.publishedBy !== undefined) return false;
  for (const other of versions.values()) if (other.hasInstallScript === true) return false;
  return undefined;
}
