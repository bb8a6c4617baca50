import type { Dirent } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { IncidentGap } from '../../core/show/report/incident/incident-report.ts';
import { isRepository } from '../git/git-folders.ts';

/** A folder to search, without links in its path. */
export interface SearchPlace {
  readonly directory: string;
  readonly kind: 'repository' | 'bare' | 'folder';
}

export interface FoundPlaces {
  readonly places: readonly SearchPlace[];
  readonly gaps: readonly IncidentGap[];
}

/** How many levels below a folder its repositories are. */
const LEVELS = 2;

/** Returns what a folder is. */
export async function placeOf(directory: string): Promise<SearchPlace> {
  const real = await realpath(directory);
  if (await isRepository(real)) return { directory: real, kind: 'repository' };
  return { directory: real, kind: (await isBare(real)) ? 'bare' : 'folder' };
}

/** Finds the repositories and bare clones directly below a folder and one level deeper, or the folder itself. */
export async function repositoriesBelow(directory: string): Promise<FoundPlaces> {
  const places: SearchPlace[] = [];
  const gaps: IncidentGap[] = [];
  const visit = async (path: string, level: number): Promise<void> => {
    let place: SearchPlace;
    try {
      place = await placeOf(path);
    } catch {
      gaps.push({ subject: path, reason: 'the folder cannot be read' });
      return;
    }
    if (place.kind !== 'folder') {
      places.push(place);
      return;
    }
    if (level === LEVELS) return;
    let items: readonly Dirent[];
    try {
      items = await readdir(path, { withFileTypes: true });
    } catch {
      gaps.push({ subject: path, reason: 'the folder cannot be read' });
      return;
    }
    for (const item of [...items].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const below = join(path, item.name);
      if (item.isDirectory()) await visit(below, level + 1);
      else if (item.isSymbolicLink() && (await isFolder(below)))
        gaps.push({ subject: below, reason: 'it is a link; give the folder itself' });
    }
  };
  await visit(directory, 0);
  return { places, gaps };
}

async function isBare(directory: string): Promise<boolean> {
  const found = await Promise.all(['HEAD', 'objects', 'refs'].map((name) => exists(join(directory, name))));
  return found.every((each) => each);
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() === true;
}
