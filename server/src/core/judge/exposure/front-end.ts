/** Build tools and frameworks of front ends, by the names of their packages. */
const BUILDERS: ReadonlySet<string> = new Set([
  ...['@angular/build', '@angular/cli', '@remix-run/dev', '@rsbuild/core', '@rspack/core', '@sveltejs/kit'],
  ...['@vue/cli-service', 'astro', 'esbuild', 'gatsby', 'next', 'nuxt', 'parcel', 'react-scripts', 'rollup'],
  ...['rolldown', 'snowpack', 'vite', 'webpack'],
]);

/**
 * Returns whether development dependencies are what is shipped: front ends list their libraries there and build them into
 * one file. A project without members counts as one where it declares nothing else; a member only with a build tool, as
 * others are tests, documents and tools; the root of a workspace with members never does.
 *
 * @param declared the names of its development dependencies, where it declares no others that are installed
 */
export function isFrontEnd(declared: readonly string[], path: string, hasMembers: boolean): boolean {
  if (!hasMembers) return true;
  return path !== '' && declared.some((name) => BUILDERS.has(name));
}
