import { join } from 'node:path';

/** Where the local database lies, and what belongs to it. All are for this user alone. */
export interface DatabaseFiles {
  readonly directory: string;
  readonly index: string;
  /** Where it came from and when, as JSON. */
  readonly notes: string;
  /** A download that is not complete, and what it is of. */
  readonly part: string;
  readonly partNotes: string;
  /** There while an update is under way. */
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
