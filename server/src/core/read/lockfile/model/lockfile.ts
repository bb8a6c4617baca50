import type { LockfileKind } from '../../manager/model/manager-files.ts';
import type { DependencySection } from '../../manifest/manifest.ts';
import type { JsonProblemKind } from '../../text/json/json-tape.ts';
import type { Uri } from '../../text/paths/uri.ts';
import type { ParseProblem } from '../../text/problem.ts';
import type { Located, Span } from '../../text/span.ts';
import type { TextChange } from '../../text/text-change.ts';
import type { EntryDetails } from '../record/entry-details.ts';

/**
 * Where a locked package comes from. `registry` is a tarball of a registry (also where no address is recorded),
 * `tarball` any other web address, `file` a local tarball, `directory` a local folder.
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
 * A hash that is no `integrity`. sha1: of the tarball, as Yarn 1 writes it behind the address. yarn-zip: of the zip that
 * Yarn 2 and later make of the tarball, in front of it perhaps the key of the cache; never comparable with a registry's.
 */
export interface LockChecksum extends Located<string> {
  readonly kind: 'sha1' | 'yarn-zip';
  /** The key of the file's cache, which a checksum of `yarn-zip` has that is written without one. */
  readonly cacheKey?: string;
}

/** One entry of a lockfile. Values are decoded on first use; spans are those of the tokens, quotes included. */
export interface LockEntry {
  /** As written: `node_modules/a`, `a@npm:^1.0.0`. */
  readonly key: string;
  readonly keySpan: Span;
  /** From the key to the end of the value. */
  readonly span: Span;
  /** The name of the package that is installed: an alias's target. */
  readonly name: string;
  /** The name of the folder it is installed under, where that differs from `name`. */
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
   * True where the file says so; false says nothing unless the file `recordsInstallScripts`. Undefined where such a file
   * does not tell of this package.
   */
  readonly hasInstallScript: boolean | undefined;
  readonly deprecated: string | undefined;
  readonly license: string | undefined;
  readonly os: readonly string[];
  readonly cpu: readonly string[];
  readonly libc: readonly string[];
  /** What it declares, by section, in the order of the text. */
  readonly edges: readonly LockEdge[];
  /** What else it says of its installation, made anew each time: `recordOf` keeps it. */
  readonly details?: EntryDetails;
}

/** A dependency that an entry declares: `specifier` is the declared text. */
export interface LockEdge {
  readonly section: DependencySection;
  readonly name: string;
  readonly nameSpan: Span;
  readonly specifier: Located<string>;
  /** Whether it may be missing: an optional dependency, or a peer that is said to be optional. */
  readonly optional: boolean;
}

/** complete: every entry read; partial: `entriesRead` of `entriesTotal`; unreadable: none. */
export type ReadStatus = 'checked' | 'partial' | 'unreadable' | 'unsupported';

/**
 * What is wrong at a place of a lockfile. conflict: the marker of a merge conflict; duplicate: a name that appears twice;
 * missing: a dependency that must be in the file and is not. Others are of the text, or of no kind.
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
  /** In the order of the text. */
  readonly problems: readonly LockProblem[];
  /** Packages that it installs: neither the root nor members nor links. */
  readonly entries: readonly LockEntry[];
  readonly entriesTotal: number;
  /**
   * The root ("") and the workspace members, by their path relative to the lockfile's directory. Empty in a format that
   * does not record them: Yarn 1 and npm up to 6.
   */
  readonly importers: ReadonlyMap<string, LockEntry>;
  /** Entries that download nothing: links and portals, patched copies of other entries, what plugins make. */
  readonly links: readonly LockEntry[];
  /** Whether entries say which packages have install scripts, so that one without the flag has none. */
  readonly recordsInstallScripts: boolean;
  /** Whether entries say what they depend on: npm 2 to 4 did not write it. */
  readonly recordsEdges: boolean;
  /** By the key of an entry; of a Yarn lockfile also by one of the declarations in a key. */
  entry(key: string): LockEntry | undefined;
  /**
   * What the name resolves to when imported from the importer at `path`; links lead to the member they link. Formats
   * without importers find it by `declared`: the text in the manifest, or what `resolutions` and catalogs make of it.
   */
  resolve(importerPath: string, name: string, declared?: string): LockEntry | undefined;
  /**
   * The package, member or link that an edge of an entry or importer leads to, undefined where the file has none.
   * `replaced` is what the manifest's `resolutions` put in place of the edge's text.
   */
  follow(from: LockEntry, edge: LockEdge, replaced?: string): LockEntry | undefined;
  /**
   * The lockfile of the text after an edit: what reading it gives, while only what was touched is scanned. Undefined
   * where it is to be read anew.
   */
  edited?(text: string, edit: TextChange): Lockfile | undefined;
}
