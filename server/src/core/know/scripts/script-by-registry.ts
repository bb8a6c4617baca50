import type { Packument } from '../registry/documents/packument.ts';

/**
 * Checks whether a version has an install script, according to its registry; undefined if unknown. Registries omit what
 * a version does not have, so that a missing value means no if the document has the rest of the manifest, or marks
 * other versions.
 */
export function hasScriptByRegistry({ versions }: Packument, version: string): boolean | undefined {
  const known = versions.get(version);
  if (known === undefined || known.hasInstallScript !== undefined) return known?.hasInstallScript;
  if (known.publishedBy !== undefined) return false;
  for (const other of versions.values()) if (other.hasInstallScript === true) return false;
  return undefined;
}
