/** Build tools and frameworks of front ends, by the names of their packages. */
const BUILDERS: ReadonlySet<string> = new Set([
  ...['@angular/build', '@angular/cli', '@remix-run/dev', '@rsbuild/core', '@rspack/core', '@sveltejs/kit'],
  ...['@vue/cli-service', 'astro', 'esbuild', 'gatsby', 'next', 'nuxt', 'parcel', 'react-scripts', 'rollup'],
  ...['rolldown', 'snowpack', 'vite', 'webpack'],
]);

/** What is known of a manifest that declares no other dependencies that are installed than those for development. */
export interface DeclaredForDevelopment {
  /** The path of its folder, "" for the root. */
  readonly path: string;
  readonly names: readonly string[];
  readonly isLibrary: boolean;
}

/**
 * Returns whether development dependencies are what is shipped: front ends list their libraries there and build them into
 * one file. A published library builds nothing of them in: its users install what else it needs. A project without members
 * counts as a front end where it declares nothing else; a member only with a build tool, as others are tests, documents and
 * tools; the root of a workspace with members never does.
 */
export function isFrontEnd({ path, names, isLibrary }: DeclaredForDevelopment, hasMembers: boolean): boolean {
  if (isLibrary) return false;
  if (!hasMembers) return true;
  return path !== '' && names.some((name) => BUILDERS.has(name));
}
