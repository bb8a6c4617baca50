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

/**
 * Returns the folder of the project that a package manager finds a program for: `a` of `a/.yarn/releases/x.cjs`,
 * `a/patches/x.patch` and `a/node_modules/b/index.js`; empty for the top.
 */
export function folderOfProgram(path: string): string {
  const inside =
    /^(.*?)(?:^|\/)node_modules\//.exec(path) ??
    /^(.*?)(?:^|\/)\.yarn\/(?:releases|plugins|patches|cache)\//.exec(path) ??
    /^(.*?)(?:^|\/)patches\/.+\.(?:patch|diff)$/.exec(path);
  return inside?.[1] ?? path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** Tells whether a file of this path holds variables of the environment that Bun reads before it installs. */
export function isBunEnvironment(path: string): boolean {
  return /(?:^|\/)\.env(?:\.production)?(?:\.local)?$/.test(path);
}

/** Returns the lines of a file of variables that decide what an install does, others left out: applications have those. */
export function installVariables(text: string): string {
  return text
    .split('\n')
    .filter((line) => INSTALL_VARIABLE.test(line))
    .join('\n');
}

const INSTALL_VARIABLE =
  /^\s*(?:export\s+)?(?:BUN_\w+|npm_config_\w+|(?:https?|no)_proxy|NODE_(?!ENV\b)\w+|PATH|SHELL|GITHUB_API\w*)\s*=/i;
