import { join } from 'node:path';

/** The paths of the local database and its accompanying files, accessible to this user only. */
export interface DatabaseFiles {
  readonly directory: string;
  readonly index: string;
  /** Its source and times, as JSON. */
  readonly notes: string;
  /** An incomplete download, and its origin. */
  readonly part: string;
  readonly partNotes: string;
  /** Exists while an update is running. */
  readonly lock: string;
}

/** @param directory the user's cache directory */
export function databaseFiles(directory: string): DatabaseFiles {
  const path = (name: string) => join(directory, name);
  return {
    directory,
    index: path('advisories.index'),
    notes: path('advisories.json'),
    part: path('advisories.part'),
    partNotes: path('advisories.part.json'),
    lock: path('advisories.lock'),
  };
}
