import type { Uri } from '../text/paths/uri.ts';

/** An import of a package that no manifest around the file declares. */
export interface MissingImport {
  readonly name: string;
  /** The first file that imports it, and where. */
  readonly uri: Uri;
  readonly offset: number;
  readonly line: number;
  /** The number of files that import it. */
  readonly files: number;
  /** Whether only types are imported, so that only compiling fails. */
  readonly isType: boolean;
  /** Whether only tests and tools import it. */
  readonly isDevelopment: boolean;
  /** Whether no code imports it, and the configuration of a tool names it. */
  readonly isNamed: boolean;
}

/** A dependency that is declared in the wrong section, with a file that shows it. */
export interface MisplacedDependency {
  readonly name: string;
  readonly section: 'dependencies' | 'devDependencies';
  readonly uri: Uri;
  readonly line: number;
}

/** How many files were searched for imports and mentions. */
export interface SearchedFiles {
  readonly code: number;
  readonly configuration: number;
}

/** What the files around one manifest use of its dependencies. */
export interface ManifestUsage {
  /** All names that were searched for: others were declared since, and are unknown. */
  readonly known: ReadonlySet<string>;
  /** Dependencies that nothing uses. */
  readonly unused: ReadonlySet<string>;
  readonly misplaced: readonly MisplacedDependency[];
  readonly missing: readonly MissingImport[];
  readonly searched: SearchedFiles;
  /** Whether it is known which of the unused ones other packages want to find beside them. */
  readonly arePeersKnown: boolean;
  /** Why unused dependencies are unknown, as a clause; undefined if they are known. */
  readonly gap: string | undefined;
}

/** By the URI of the manifest. */
export type Usage = ReadonlyMap<Uri, ManifestUsage>;
