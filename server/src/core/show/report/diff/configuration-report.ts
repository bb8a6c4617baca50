import type { ConfigurationChange } from '../../../read/project/since-base.ts';

/** A configuration file of which settings that guard an install are not what they were. */
export interface ChangedConfiguration {
  readonly path: string;
  /** Which of disk and commit have the file. */
  readonly file: 'kept' | 'new' | 'gone';
  readonly changes: readonly LocatedChange[];
}

export interface LocatedChange extends ConfigurationChange {
  /** From 1; undefined where the setting is gone. */
  readonly line: number | undefined;
  /** Of a file, the setting or script that names it. */
  readonly by?: string;
}

/** The changes as plain data for programs. */
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
