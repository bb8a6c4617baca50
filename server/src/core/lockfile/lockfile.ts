import type { DependencySection } from '../manifest/manifest.ts';
import type { ParseProblem } from '../text/problem.ts';
import type { Located, Span } from '../text/span.ts';
import type { Uri } from '../text/uri.ts';

export type LockfileKind = 'package-lock' | 'npm-shrinkwrap' | 'yarn' | 'pnpm' | 'bun';

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
  readonly dev: boolean;
  readonly optional: boolean;
  readonly peer: boolean;
  readonly bundled: boolean;
  readonly hasInstallScript: boolean;
  readonly deprecated: string | undefined;
  readonly license: string | undefined;
  readonly os: readonly string[];
  readonly cpu: readonly string[];
  /** What it declares, by section, in the order of the text. */
  readonly edges: readonly LockEdge[];
}

/** A dependency that an entry declares: `specifier` is the declared text. */
export interface LockEdge {
  readonly section: DependencySection;
  readonly name: string;
  readonly nameSpan: Span;
  readonly specifier: Located<string>;
}

/** complete: every entry read; partial: `entriesRead` of `entriesTotal`; unreadable: none. */
export type ReadStatus = 'checked' | 'partial' | 'unreadable' | 'unsupported';

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
  readonly problems: readonly ParseProblem[];
  /** Packages that it installs: neither the root nor members nor links. */
  readonly entries: readonly LockEntry[];
  readonly entriesTotal: number;
  /** The root ("" ) and the workspace members, by their path relative to the lockfile's directory. */
  readonly importers: ReadonlyMap<string, LockEntry>;
  entry(key: string): LockEntry | undefined;
  /** What the name resolves to when imported from the importer at `path`; links lead to the member they link. */
  resolve(importerPath: string, name: string): LockEntry | undefined;
}
