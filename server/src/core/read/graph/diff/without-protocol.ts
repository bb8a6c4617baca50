/**
 * Returns a range or tag as Yarn 2 and later wrote it up to version 6 of the lockfile: without the protocol. An alias
 * keeps it, because it names a package.
 */
export function withoutProtocol(specifier: string): string {
  return specifier.replace(/^npm:(?!@?[^@]+@)/, '');
}
