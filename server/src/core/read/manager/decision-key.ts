import semver from 'semver';

/** Splits a registry key into its name and the specifier after the `@`; undefined for keys of another kind. */
export function splitRegistryKey(key: string): { name: string; specifier: string } | undefined {
  const at = key.indexOf('@', 1);
  const name = at === -1 ? key : key.slice(0, at);
  if (!/^(?:@[^/@:#\s]+\/)?[^/@:#\s]+$/.test(name)) return undefined;
  const specifier = at === -1 ? '' : key.slice(at + 1).trim();
  return /[:/#]/.test(specifier) ? undefined : { name, specifier };
}

/** Reads `1.0.0 || 1.0.1`; undefined for anything but exact versions. */
export function exactVersions(specifier: string): readonly string[] | undefined {
  const versions = specifier.split('||').map((version) => version.trim());
  return versions.every((version) => semver.valid(version) !== null) ? versions : undefined;
}

/** Checks for a key whose specifier is neither missing nor exact, which no package manager reads. */
export function hasRange(key: string): boolean {
  const specifier = splitRegistryKey(key)?.specifier ?? '';
  return specifier !== '' && exactVersions(specifier) === undefined;
}
