/** Build tools and frameworks for front ends, by package name. */
const BUILDERS: ReadonlySet<string> = new Set([
  ...['@angular/build', '@angular/cli', '@remix-run/dev', '@rsbuild/core', '@rspack/core', '@sveltejs/kit'],
  ...['@vue/cli-service', 'astro', 'esbuild', 'gatsby', 'next', 'nuxt', 'parcel', 'react-scripts', 'rollup'],
  ...['rolldown', 'snowpack', 'vite', 'webpack'],
]);

/** A manifest whose only installed dependencies are development dependencies. */
export interface DeclaredForDevelopment {
  /** The path of its folder, "" for the root. */
  readonly path: string;
  readonly names: readonly string[];
  readonly isLibrary: boolean;
}

/**
 * Checks whether development dependencies are shipped: front ends declare their libraries there and bundle them. A
 * published library does not bundle them, as its users install what else it needs. A project without members counts as
 * a front end if it declares nothing else; a member only with a build tool, and outside of folders of tests, as others
 * are tests, documentation and tools; the root of a workspace with members never does.
 */
export function isFrontEnd({ path, names, isLibrary }: DeclaredForDevelopment, hasMembers: boolean): boolean {
  if (isLibrary) return false;
  if (!hasMembers) return true;
  return path !== '' && !TESTS.test(path) && names.some((name) => BUILDERS.has(name));
}

/** Tests of a build tool, or in a browser, declare one too. */
const TESTS = /(?:^|\/)(?:tests?|e2e|__tests__)(?:\/|$)/;
