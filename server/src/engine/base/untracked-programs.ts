import { isWithin, relativeUri, type Uri } from '../../core/read/text/paths/uri.ts';
import type { GitIndex, GitPort } from '../ports.ts';

type Indexed = GitIndex & { readonly type: 'index' };

export interface UntrackedSearch {
  /** The folder whose files are compared. */
  readonly root: Uri;
  readonly git: GitPort;
  readonly roots: Iterable<Uri>;
  /** Files that settings, scripts and other files name. */
  readonly named: Iterable<Uri>;
}

/**
 * Returns git's index with the files that an install runs and that git neither tracks nor ignores: on this machine they are
 * in effect like any other. What is ignored is made by a build.
 */
export async function withUntracked(
  now: Indexed,
  { root, git, roots, named }: UntrackedSearch,
): Promise<Indexed> {
  const paths = new Set<string>();
  for (const folder of roots) {
    const below = relativeUri(root, folder);
    for (const name of isWithin(root, folder) ? FOUND_BY_NAME : [])
      paths.add(folder === root ? name : `${below}/${name}`);
  }
  for (const uri of named) if (isWithin(root, uri)) paths.add(relativeUri(root, uri));
  const found = (await git.untrackedAmong?.(root, [...paths].slice(0, MOST_PATHS)).catch(() => [])) ?? [];
  if (found.length === 0) return now;
  const objects = new Map(now.objects);
  for (const uri of found) objects.set(uri, UNTRACKED);
  return { ...now, files: [...now.files, ...found], objects };
}

/** In the root of a project, see `isProgramPath`. */
const FOUND_BY_NAME: readonly string[] = [
  ...['.pnpmfile.cjs', '.pnpmfile.mjs', 'pnpmfile.cjs', 'pnpmfile.js', 'yarn.config.cjs', 'binding.gyp'],
  ...['.env.yarn', '.corepack.env', '.env', '.env.local', '.env.production', '.env.development', 'patches'],
  ...['.yarn/releases', '.yarn/plugins', '.yarn/patches'],
];
/** They are arguments of one program. */
const MOST_PATHS = 1000;
/** In place of git's name of the content. */
const UNTRACKED = 'untracked';
