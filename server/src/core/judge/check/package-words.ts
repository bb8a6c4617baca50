/** A package as sentences name it: `left 1.0.0`, or the name in quotes where no version is known. */
export function packageWords(name: string, version: string | undefined): string {
  return version === undefined ? `"${name}"` : `${name} ${version}`;
}
