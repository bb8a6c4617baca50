import type { ConfigurationChange } from '../../../read/project/since-base.ts';

/** A configuration file with changed settings that guard an install. */
export interface ChangedConfiguration {
  readonly path: string;
  /** Whether disk, commit or both have the file. */
  readonly file: 'kept' | 'new' | 'gone';
  readonly changes: readonly LocatedChange[];
}

export interface LocatedChange extends ConfigurationChange {
  /** From 1; undefined if the setting was removed. */
  readonly line: number | undefined;
  /** For a file, the setting or script that names it. */
  readonly by?: string;
}

/** Returns the changes as plain data for programs. */
export function configurationJson(files: readonly ChangedConfiguration[]): readonly object[] {
  return files.map(({ path, file, changes }) => ({
    path,
    file,
    changes: changes.map(({ key, kind, before, after, line }) => ({
      key,
      kind,
      before: before ?? null,
      after: after ?? null,
      line: line ?? null,
    })),
  }));
}
