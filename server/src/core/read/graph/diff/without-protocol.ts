/**
 * Returns a range or tag as Yarn 2 and later wrote it up to version 6 of its lockfile: without the protocol. An alias names a
 * package behind it, and stays.
 */
export function withoutProtocol(specifier: string): string {
  return specifier.replace(/^npm:(?!@?[^@]+@)/, '');
}
