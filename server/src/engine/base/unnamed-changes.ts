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

/** A changed file that no file of a project names. */
export interface UnnamedChange extends Pick<ProgramChange, 'uri' | 'kind'> {
  /** The folder for which a package manager looks the file up. */
  readonly folder: Uri;
}

/**
 * Assigns programs to the projects that have their root or a member in the folder for which the file is looked up.
 * Skips those of no project, such as a copy in a fixture.
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
  /** Modules below a node_modules load from it, whatever lies in between. */
  const rootBelow = (folder: Uri) => {
    for (const [inside, root] of rootOf) if (isWithin(folder, inside)) return root;
    return reached.isBelow(folder) ? enclosing(folder, projects) : undefined;
  };
  const found = new Map<Uri, Uri[]>();
  const withModules = new Set<Uri>();
  let loaded = 0;
  for (const { uri, kind, folder } of changes) {
    // A name that other systems equate with a known one may start a new project in any folder. A Rush repository has no
    // manifest at its top.
    const below = isRushProgram(uri) ? projects.find(({ root }) => isWithin(folder, root)) : undefined;
    const root =
      rootOf.get(folder) ??
      below?.root ??
      (nameVariant(nameOf(uri)) && enclosing(folder, projects)) ??
      (kind === 'installed' ? rootBelow(folder) : undefined) ??
      (kind === 'archive' ? mirrorRoot(folder, projects) : undefined);
    if (root === undefined) continue;
    // All changes in one node_modules are one finding.
    if (kind === 'installed' && withModules.has(folder)) continue;
    if (kind === 'installed') withModules.add(folder);
    // The report shows the first line, except beyond this number of files.
    if (loaded++ < MOST_SHOWN) await store.load(uri);
    const of = found.get(root);
    if (of === undefined) found.set(root, [uri]);
    else of.push(uri);
  }
  return found;
}

/** Returns the folder for which a package manager looks up a changed program. */
export function folderOf(uri: Uri, { root, links = [] }: Pick<ProgramSearch, 'root' | 'links'>): Uri {
  const path = relativeUri(root, uri);
  return joinUri(root, folderOfProgram(linkedFolder(path, links)?.link.path ?? path));
}

/** Returns the innermost root that contains the folder. */
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

/** Each text may have 50 MB and stays in memory while the report is made. */
const MOST_SHOWN = 100;
