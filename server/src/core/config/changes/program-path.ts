/**
 * Tells whether a package manager runs or applies a file of this path when it installs, without a setting that names it:
 * pnpm's hooks, the loader of Plug'n'Play, Yarn's constraints, plugins and releases, the environment that Yarn reads, what
 * node-gyp builds, and patches.
 */
export function isProgramPath(path: string): boolean {
  return NAMES.test(path) || FOLDERS.test(path);
}

const NAMES =
  /(?:^|\/)(?:\.?pnpmfile\.[cm]?js|\.pnp\.c?js|\.pnp\.loader\.mjs|yarn\.config\.cjs|\.env\.yarn|binding\.gyp)$/i;
const FOLDERS = /(?:^|\/)(?:\.yarn\/(?:releases|plugins|patches)\/.+|patches\/.+\.(?:patch|diff))$/i;

/** Returns the folder of the package in node_modules that a path lies in, the outermost one; undefined for other paths. */
export function installedFolder(path: string): string | undefined {
  return /^(?:.*?\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(path)?.[0];
}

/** Tells whether a path is that of an archive that a package manager may unpack as a package. */
export function isPackageArchive(path: string): boolean {
  return /\.(?:tgz|tar\.gz|tar)$|(?:^|\/)\.yarn\/cache\/[^/]+\.zip$/i.test(path);
}
