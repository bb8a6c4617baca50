import { nameVariant } from '../../core/judge/changes/name-variant.ts';
import { folderOfProgram, isRushProgram, linkedFolder } from '../../core/judge/changes/program-path.ts';
import type { ProgramChange } from '../../core/read/project/since-base.ts';
import {
  isWithin,
  joinUri,
  nameOf,
  parentUri,
  relativeUri,
  type Uri,
} from '../../core/read/text/paths/uri.ts';
import type { FileStore } from '../projects/file-store.ts';
import type { ProjectFiles } from '../projects/project-files.ts';
import type { ProgramSearch } from './changed-programs.ts';
import type { ReachedPrograms } from './reached-programs.ts';

/** A changed file that none of the files of a project names. */
export interface UnnamedChange extends Pick<ProgramChange, 'uri' | 'kind'> {
  /** The folder that a package manager finds it for. */
  readonly folder: Uri;
}

/**
 * The projects that the programs are of: those with their root, or a member, in the folder that a package manager finds
 * them for. One that is of no project, such as a copy in a fixture, is left out.
 */
export async function unnamedByRoot(
  changes: readonly UnnamedChange[],
  { projects, store }: { readonly projects: readonly ProjectFiles[]; readonly store: FileStore },
  reached: Pick<ReachedPrograms, 'isBelow'>,
): Promise<ReadonlyMap<Uri, readonly Uri[]>> {
  const rootOf = new Map<Uri, Uri>();
  for (const { root, manifests } of projects)
    for (const folder of [root, ...manifests.map(parentUri)])
      if (!rootOf.has(folder)) rootOf.set(folder, root);
  /** Modules below a node_modules load from there, whatever lies in between. */
  const rootBelow = (folder: Uri) => {
    for (const [inside, root] of rootOf) if (isWithin(folder, inside)) return root;
    return reached.isBelow(folder) ? enclosing(folder, projects) : undefined;
  };
  const found = new Map<Uri, Uri[]>();
  const withModules = new Set<Uri>();
  let loaded = 0;
  for (const { uri, kind, folder } of changes) {
    // Under a name that other systems take for a known one, a new project may begin in any folder; a repository of Rush has
    // no manifest at its top.
    const below = isRushProgram(uri) ? projects.find(({ root }) => isWithin(folder, root)) : undefined;
    const root =
      rootOf.get(folder) ??
      below?.root ??
      (nameVariant(nameOf(uri)) && enclosing(folder, projects)) ??
      (kind === 'installed' ? rootBelow(folder) : undefined) ??
      (kind === 'archive' ? mirrorRoot(folder, projects) : undefined);
    if (root === undefined) continue;
    // All that changed in one node_modules is one finding.
    if (kind === 'installed' && withModules.has(folder)) continue;
    if (kind === 'installed') withModules.add(folder);
    // The report shows its first line. Whoever changes more files than that is told of each without one.
    if (loaded++ < MOST_SHOWN) await store.load(uri);
    const of = found.get(root);
    if (of === undefined) found.set(root, [uri]);
    else of.push(uri);
  }
  return found;
}

/** The folder that a package manager finds a changed program for. */
export function folderOf(uri: Uri, { root, links = [] }: Pick<ProgramSearch, 'root' | 'links'>): Uri {
  const path = relativeUri(root, uri);
  return joinUri(root, folderOfProgram(linkedFolder(path, links)?.link.path ?? path));
}

/** The innermost root that the folder lies in. */
function enclosing(folder: Uri, projects: readonly ProjectFiles[]): Uri | undefined {
  const roots = projects.map(({ root }) => root).filter((root) => isWithin(root, folder));
  return roots.sort((a, b) => b.length - a.length)[0];
}

/** The root with an .yarnrc around, which may name the folder as the mirror that Yarn 1 installs from. */
function mirrorRoot(folder: Uri, projects: readonly ProjectFiles[]): Uri | undefined {
  const root = enclosing(folder, projects);
  const project = projects.find((one) => one.root === root);
  return project?.rootFileNames.has('.yarnrc') === true ? root : undefined;
}

/** Each text may have 50 MB and is kept while the report is made. */
const MOST_SHOWN = 100;
