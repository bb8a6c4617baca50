/**
 * Checks whether a package manager runs or applies a file of this path during an install without a setting that names
 * it: pnpm's hooks, the Plug'n'Play loader, Yarn's constraints, plugins and releases, the environment that Yarn reads,
 * node-gyp build files, patches, and what Rush runs and passes to pnpm.
 */
export function isProgramPath(path: string): boolean {
  return NAMES.test(path) || FOLDERS.test(path) || isRushProgram(path);
}

const NAMES =
  /(?:^|\/)(?:\.?pnpmfile\.[cm]?js|\.pnp\.c?js|\.pnp\.loader\.mjs|yarn\.config\.cjs|\.env\.yarn|binding\.gyp)$/i;
const FOLDERS = /(?:^|\/)(?:\.yarn\/(?:releases|plugins|patches)\/.+|patches\/.+\.(?:patch|diff))$/i;

/** Checks whether a path is a file that Rush runs or passes to pnpm during each install. */
export function isRushProgram(path: string): boolean {
  return /(?:^|\/)common\/(?:config\/(?:rush|subspaces\/[^/]+)\/(?:\.?pnpmfile(?:-subspace)?\.[cm]?js|rush-plugins\.json)|scripts\/install-run[^/]*\.js)$/.test(
    path,
  );
}

/**
 * Returns the outermost folder of a package in node_modules that contains a path; undefined for other paths. For a
 * node_modules that is itself a link, returns that. Case-insensitive, as on macOS and Windows.
 */
export function installedFolder(path: string): string | undefined {
  return /^(?:.*?\/)?node_modules(?:\/(?:@[^/]+\/)?[^/]+|$)/i.exec(path)?.[0];
}

/** A link in git that a package manager or Node.js uses as a folder of installed packages, or as such a package. */
export interface InstallLink {
  /** The path of the link, relative to the compared folder of the repository. */
  readonly path: string;
  /** Its target, relative to the same folder. */
  readonly target: string;
}

/** Returns the same for a path that such a link leads to: the folder in the target, with the link. */
export function linkedFolder(
  path: string,
  links: readonly InstallLink[],
): { readonly folder: string; readonly link: InstallLink } | undefined {
  for (const link of links) {
    if (link.target === path) return { folder: path, link };
    const start = link.target === '' ? '' : `${link.target}/`;
    if (!path.toLowerCase().startsWith(start.toLowerCase())) continue;
    const isWhole = !/(?:^|\/)node_modules$/i.test(link.path);
    const below = isWhole ? '' : /^(?:@[^/]+\/)?[^/]+/.exec(path.slice(start.length))![0];
    return { folder: isWhole ? path.slice(0, link.target.length) : start + below, link };
  }
  return undefined;
}

/** Checks whether a path is that of an archive that a package manager may unpack as a package. */
export function isPackageArchive(path: string): boolean {
  return /\.(?:tgz|tar\.gz|tar)$|(?:^|\/)\.yarn\/cache\/[^/]+\.zip$/i.test(path);
}

/**
 * Checks for an archive in Yarn's cache that is named by the version of the cache and not by a hash, as the lockfile has
 * none: a package for certain systems only. Yarn installs such an archive as it is.
 */
export function isUnhashedArchive(path: string): boolean {
  return /(?:^|\/)\.yarn\/cache\/[^/]+-[0-9a-f]{10}-\d{1,3}(?:c\d)?\.zip$/.test(path);
}

/**
 * Returns the folder of the project in which a package manager looks for a program: `a` for `a/.yarn/releases/x.cjs`,
 * `a/patches/x.patch` and `a/node_modules/b/index.js`; empty for the top.
 */
export function folderOfProgram(path: string): string {
  const inside =
    /^(.*?)(?:^|\/)\.yarn\/unplugged\//.exec(path) ??
    /^(.*?)(?:^|\/)node_modules(?:\/|$)/i.exec(path) ??
    /^(.*?)(?:^|\/)\.yarn\/(?:releases|plugins|patches|cache)\//.exec(path) ??
    /^(.*?)(?:^|\/)patches\/.+\.(?:patch|diff)$/.exec(path);
  const rush = /^(.*?)(?:^|\/)common\/(?:config|scripts)\//.exec(path);
  if (rush !== null && isRushProgram(path)) return rush[1]!;
  return inside?.[1] ?? path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
