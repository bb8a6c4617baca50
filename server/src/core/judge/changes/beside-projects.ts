import { isRushConfigName } from '../../read/config/rush/rush-config.ts';
import { isWithin, nameOf, parentUri, type Uri } from '../../read/text/paths/uri.ts';

/** The location of a project and of its members. */
export interface ProjectFolders {
  readonly root: Uri;
  /** The folders of all manifests, including the root's. */
  readonly folders: ReadonlySet<Uri>;
}

/**
 * Returns the root of the project for which some command reads a configuration file that does not belong to the project
 * itself:
 *
 * - in the folder of a member, where npm, pnpm and Yarn look first when run there, and where pnpm takes the script
 *   shell from;
 * - in a folder above the project, as Yarn 1 reads .npmrc and .yarnrc from all of them (`getRcPaths` in its
 *   src/util/rc.js, `getPossibleConfigLocations` in its src/registries/npm-registry.js);
 * - of Rush, which copies it beside the lockfile it installs from (rushjs.io, "Configuration files"), or follows it.
 *
 * Undefined for any other file.
 */
export function projectBeside(uri: Uri, projects: readonly ProjectFolders[]): Uri | undefined {
  const name = nameOf(uri);
  const folder = parentUri(uri);
  const rush = RUSH.exec(uri);
  if (name === 'rush.json') return projects.find(({ root }) => isWithin(folder, root))?.root;
  if (rush !== null) return projects.find(({ root }) => isWithin(rush[1]!, root))?.root;
  if (!BESIDE.has(name)) return undefined;
  const owner = projects.find(({ folders }) => folders.has(folder));
  if (owner !== undefined) return owner.root;
  return name === 'bunfig.toml' ? undefined : projects.find(({ root }) => isWithin(folder, root))?.root;
}

const BESIDE: ReadonlySet<string> = new Set(['.npmrc', '.yarnrc', '.yarnrc.yml', 'bunfig.toml']);
const RUSH = /^(.*)\/common\/config\/(?:rush|subspaces\/[^/]+)\/(?:\.npmrc(?:-publish)?|pnpm-config\.json)$/;

/** Checks whether `projectBeside` may recognize a file of this name. */
export function isBesideName(name: string): boolean {
  return BESIDE.has(name) || name === '.npmrc-publish' || isRushConfigName(name);
}
