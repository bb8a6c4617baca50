/** Formats a package for a sentence: `left 1.0.0`, or the quoted name if no version is known. */
export function formatPackage(name: string, version: string | undefined): string {
  return version === undefined ? `"${name}"` : `${name} ${version}`;
}
