import { isWithin, type Uri } from '../../core/read/text/paths/uri.ts';
import { checkedFilesOf, type ProjectFiles } from './project-files.ts';

/** The projects that were found, by root, and which of them each file belongs to. */
export interface ProjectIndex {
  /** Sorted by root. */
  all(): readonly ProjectFiles[];
  roots(): readonly Uri[];
  has(root: Uri): boolean;
  /** Adds projects without taking files from those that have them. */
  add(projects: readonly ProjectFiles[]): void;
  /** Adds or replaces a project; owners of files change with `indexOwners`. */
  set(project: ProjectFiles): void;
  delete(root: Uri): void;
  indexOwners(): void;
  /** Whether the owner of the file was looked for, found or not. */
  knowsOwner(uri: Uri): boolean;
  /** Notes that no project has the file. */
  noteUnowned(uri: Uri): void;
  /** Lets the owner be looked for again if there was none. */
  forgetUnowned(uri: Uri): void;
  /** Whether a change in the directory may give a project other members, or concern its root. */
  isNear(directory: Uri): boolean;
}

export function createProjectIndex(): ProjectIndex {
  const found = new Map<Uri, ProjectFiles>();
  const owners = new Map<Uri, Uri | undefined>();

  const all = () => [...found.values()].sort((a, b) => (a.root < b.root ? -1 : 1));
  const addOwners = (projects: readonly ProjectFiles[]): void => {
    for (const project of projects) {
      for (const uri of checkedFilesOf(project)) {
        if (owners.get(uri) === undefined) owners.set(uri, project.root);
      }
    }
  };

  return {
    all,
    roots: () => [...found.keys()],
    has: (root) => found.has(root),
    add(projects) {
      for (const project of projects) found.set(project.root, project);
      addOwners(projects);
    },
    set: (project) => void found.set(project.root, project),
    delete: (root) => void found.delete(root),
    indexOwners() {
      owners.clear();
      addOwners(all());
    },
    knowsOwner: (uri) => owners.has(uri),
    noteUnowned(uri) {
      if (!owners.has(uri)) owners.set(uri, undefined);
    },
    forgetUnowned(uri) {
      if (owners.get(uri) === undefined) owners.delete(uri);
    },
    isNear: (directory) => [...found.keys()].some((root) => isNear(root, directory)),
  };
}

/** Whether one of the two is in the other. */
export function isNear(root: Uri, directory: Uri): boolean {
  return isWithin(directory, root) || isWithin(root, directory);
}
