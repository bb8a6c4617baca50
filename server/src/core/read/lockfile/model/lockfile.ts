import type { LockfileKind } from '../../manager/model/files.ts';
import type { DependencySection } from '../../manifest/manifest.ts';
import type { JsonProblemKind } from '../../text/json/json-tape.ts';
import type { Uri } from '../../text/paths/uri.ts';
import type { ParseProblem } from '../../text/problem.ts';
import type { Located, Span } from '../../text/span.ts';
import type { TextChange } from '../../text/text-change.ts';
import type { EntryDetails } from '../record/entry-details.ts';

/**
 * Where a locked package comes from. `registry` is a tarball of a registry (also if no URL is recorded), `tarball` any
 * other URL, `file` a local tarball, `directory` a local folder.
 */
export type LockSource =
  | 'registry'
  | 'git'
  | 'tarball'
  | 'file'
  | 'directory'
  | 'link'
  | 'workspace'
  | 'root';

/**
 * A hash that is not an `integrity`. sha1: of the tarball, as Yarn 1 appends it to the URL. yarn-zip: of the zip that
 * Yarn 2 and later make of the tarball, optionally prefixed with the cache key; never comparable with a registry's.
 */
export interface LockChecksum extends Located<string> {
  readonly kind: 'sha1' | 'yarn-zip';
  /** The cache key of the file, for a `yarn-zip` checksum written without one. */
  readonly cacheKey?: string;
}

/** One entry of a lockfile. Values are decoded on first use; spans are those of the tokens, including quotes. */
export interface LockEntry {
  /** As written: `node_modules/a`, `a@npm:^1.0.0`. */
  readonly key: string;
  readonly keySpan: Span;
  readonly span: Span;
  /** The name of the installed package: for an alias, its target. */
  readonly name: string;
  /** The name of the folder it is installed under, if different from `name`. */
  readonly alias: string | undefined;
  readonly source: LockSource;
  readonly version: Located<string> | undefined;
  readonly resolved: Located<string> | undefined;
  readonly integrity: Located<string> | undefined;
  readonly checksum: LockChecksum | undefined;
  readonly dev: boolean;
  readonly optional: boolean;
  readonly peer: boolean;
  readonly bundled: boolean;
  /**
   * True if the file says so; false means nothing unless the file `recordsInstallScripts`. Undefined if such a file has
   * no information on this package.
   */
  readonly hasInstallScript: boolean | undefined;
  readonly deprecated: string | undefined;
  readonly license: string | undefined;
  readonly os: readonly string[];
  readonly cpu: readonly string[];
  readonly libc: readonly string[];
  /** The declared dependencies, by section, in source order. */
  readonly edges: readonly LockEdge[];
  /** Further details of its installation, created on every access: `recordOf` caches them. */
  readonly details?: EntryDetails;
}

/** A dependency that an entry declares: `specifier` is the declared text. */
export interface LockEdge {
  readonly section: DependencySection;
  readonly name: string;
  readonly nameSpan: Span;
  readonly specifier: Located<string>;
  /** Whether it may be absent: an optional dependency, or a peer marked as optional. */
  readonly optional: boolean;
}

/** checked: every entry read; partial: `entriesRead` of `entriesTotal`; unreadable: none. */
export type ReadStatus = 'checked' | 'partial' | 'unreadable' | 'unsupported';

/**
 * A problem at a place in a lockfile. conflict: a merge conflict marker; duplicate: a name that appears twice; missing:
 * a required dependency that is absent. Others concern the text, or have no kind.
 */
export interface LockProblem extends ParseProblem {
  readonly kind?: JsonProblemKind | 'duplicate' | 'missing';
}

/** A lockfile as far as it could be read, in one shape for every package manager. */
export interface Lockfile {
  readonly kind: 'lockfile';
  readonly format: LockfileKind;
  readonly uri: Uri;
  readonly text: string;
  readonly formatVersion: Located<string> | undefined;
  readonly status: ReadStatus;
  /** Why it is not `checked`: one sentence. */
  readonly reason: string | undefined;
  /** In source order. */
  readonly problems: readonly LockProblem[];
  /** Installed packages, without the root, members and links. */
  readonly entries: readonly LockEntry[];
  readonly entriesTotal: number;
  /**
   * The root ("") and the workspace members, by their path relative to the lockfile's directory. Empty in a format that
   * does not record them: Yarn 1 and npm up to 6.
   */
  readonly importers: ReadonlyMap<string, LockEntry>;
  /** Entries that download nothing: links and portals, patched copies of other entries, entries made by plugins. */
  readonly links: readonly LockEntry[];
  /** Whether entries record install scripts, so that one without the flag has none. */
  readonly recordsInstallScripts: boolean;
  /** Whether entries record their dependencies: npm 2 to 4 did not. */
  readonly recordsEdges: boolean;
  /** Looks up an entry by key; in a Yarn lockfile also by one of the specifiers in a key. */
  entry(key: string): LockEntry | undefined;
  /**
   * Returns what the name resolves to when imported from the importer at `path`; links resolve to the linked member.
   * Formats without importers look it up by `declared`: the text in the manifest, or what `resolutions` and catalogs
   * turn it into.
   */
  resolve(importerPath: string, name: string, declared?: string): LockEntry | undefined;
  /**
   * Returns the package, member or link that an edge of an entry or importer resolves to; undefined if the file has
   * none. `replaced` is what the manifest's `resolutions` replace the edge's text with.
   */
  follow(from: LockEntry, edge: LockEdge, replaced?: string): LockEntry | undefined;
  /**
   * Returns the lockfile after an edit: the same as reading the text, but scans only what was touched. Undefined if it
   * must be read from scratch.
   */
  edited?(text: string, edit: TextChange): Lockfile | undefined;
}
