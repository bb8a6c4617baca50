/**
 * Tells whether a package manager runs or applies a file of this path when it installs, without a setting that names it:
 * pnpm's hooks, the loader of Plug'n'Play, Yarn's constraints, plugins and releases, the environment that Yarn reads, what
 * node-gyp builds, patches, and what Rush runs and hands to pnpm.
 */
export function isProgramPath(path: string): boolean {
  return NAMES.test(path) || FOLDERS.test(path) || isRushProgram(path);
}

const NAMES =
  /(?:^|\/)(?:\.?pnpmfile\.[cm]?js|\.pnp\.c?js|\.pnp\.loader\.mjs|yarn\.config\.cjs|\.env\.yarn|binding\.gyp)$/i;
const FOLDERS = /(?:^|\/)(?:\.yarn\/(?:releases|plugins|patches)\/.+|patches\/.+\.(?:patch|diff))$/i;

/** Tells whether a path is one of what Rush runs and hands to pnpm in each install. */
export function isRushProgram(path: string): boolean {
  return /(?:^|\/)common\/(?:config\/(?:rush|subspaces\/[^/]+)\/(?:\.?pnpmfile(?:-subspace)?\.[cm]?js|rush-plugins\.json)|scripts\/install-run[^/]*\.js)$/.test(
    path,
  );
}

/**
 * Returns the folder of the package in node_modules that a path lies in, the outermost one; undefined for other paths. Of a
 * node_modules that is itself a link it is that. macOS and Windows find the folder in any case.
 */
export function installedFolder(path: string): string | undefined {
  return /^(?:.*?\/)?node_modules(?:\/(?:@[^/]+\/)?[^/]+|$)/i.exec(path)?.[0];
}

/** A link in git that a package manager, or Node.js, takes for a folder of installed packages or for such a package. */
export interface InstallLink {
  /** The path of the link, relative to the repository's folder that is compared. */
  readonly path: string;
  /** What it leads to, as such a path. */
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
    /^(.*?)(?:^|\/)\.yarn\/unplugged\//.exec(path) ??
    /^(.*?)(?:^|\/)node_modules(?:\/|$)/i.exec(path) ??
    /^(.*?)(?:^|\/)\.yarn\/(?:releases|plugins|patches|cache)\//.exec(path) ??
    /^(.*?)(?:^|\/)patches\/.+\.(?:patch|diff)$/.exec(path);
  const rush = /^(.*?)(?:^|\/)common\/(?:config|scripts)\//.exec(path);
  if (rush !== null && isRushProgram(path)) return rush[1]!;
  return inside?.[1] ?? path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
