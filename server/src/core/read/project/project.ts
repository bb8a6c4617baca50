import type { Bunfig } from '../config/bun/bunfig.ts';
import type { NpmConfig } from '../config/npm/npm-config.ts';
import type { PnpmWorkspace } from '../config/pnpm/pnpm-workspace.ts';
import type { Yarnrc } from '../config/yarn/yarnrc.ts';
import type { Lockfile, ReadStatus } from '../lockfile/model/lockfile.ts';
import type { LockfileKind } from '../manager/model/manager-files.ts';
import type { PackageManager } from '../manager/package-manager.ts';
import type { ExoticSource } from '../manifest/exotic-names.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Policy } from '../policy-file/policy.ts';
import type { PolicyLoosening } from '../policy-file/policy-loosening.ts';
import type { Uri } from '../text/paths/uri.ts';
import type { Span } from '../text/span.ts';
import type { Base } from './base.ts';
import type { Catalogs, SourcePlace } from './catalogs/catalogs.ts';
import type { CheckedFile } from './checked-file.ts';
import type { FolderTrust } from './folder-trust.ts';
import type { Overrides } from './overrides/overrides.ts';
import type { SinceBase } from './since-base.ts';

/** A lockfile in a project's root directory, whether or not it can be read. */
export interface LockfilePresence {
  readonly uri: Uri;
  readonly format: LockfileKind;
  readonly status: ReadStatus;
  readonly reason: string | undefined;
}

/** A workspace member (or the root itself, with the path ""). */
export interface Member {
  /** Relative to the project's root, with `/`. */
  readonly path: string;
  readonly uri: Uri;
  readonly name: string | undefined;
  readonly version: string | undefined;
  /** Whether it is never published. */
  readonly private: boolean;
}

/** Something in the workspace that says which registry serves a scope. */
export interface ScopeEvidence {
  readonly scope: string;
  readonly registry: string;
  readonly uri: Uri;
  readonly span: Span;
  readonly origin: 'npmrc' | 'pnpm-workspace' | 'yarnrc' | 'bunfig' | 'publishConfig' | 'policy' | 'lockfile';
}

/** The .gitignore beside the root manifest, for lockfiles that are never committed. */
export interface GitIgnoreFile {
  readonly uri: Uri;
  readonly text: string;
}

/**
 * One install root: the root manifest, its members, the one lockfile that its package manager reads, and its
 * configuration. Each member of this type is an input that a unit of work may read; the engine records which, and
 * runs a unit again only when one of those changed. Derived members keep their identity while their content stays.
 */
export interface UnreadDeclaration {
  /** Its name. */
  readonly file: string;
  /** A clause. */
  readonly reason: string;
}

/** Some of the names that a lockfile has of registry packages, in their order: from the first, up to and without the last. */
export interface AskedRange {
  readonly from: number;
  readonly to: number;
}

export interface Project {
  /** The directory of the root manifest. */
  readonly root: Uri;
  /** The folder that holds the whole repository, where that is known. Paths inside it are the author's own code. */
  readonly repository?: Uri | undefined;
  readonly rootManifest: Manifest | undefined;
  /** By the manifest's URI, the root's included. */
  readonly members: ReadonlyMap<Uri, Member>;
  /** The names that the members have. */
  readonly memberNames: ReadonlySet<string>;
  /** The paths of members that are published libraries, the root's own included. */
  readonly libraries: ReadonlySet<string>;
  readonly manager: PackageManager;
  /** The lockfile that the manager reads, where its format can be read. */
  readonly lockfile: Lockfile | undefined;
  /** Every lockfile in the root directory, the one above included. */
  readonly lockfiles: readonly LockfilePresence[];
  /** The commit that the next two are of. */
  readonly base: Base;
  /** `lockfile` as it is in the base, where that is known and another text. */
  readonly committedLockfile: Lockfile | undefined;
  /** What is known of `lockfile` in the base. same, other: the base has it; absent: it has none, or there is no base. */
  readonly lockfileBase: 'same' | 'other' | 'absent' | 'unread';
  /** The same of every lockfile in the root directory. */
  readonly lockfileBases: ReadonlyMap<Uri, Project['lockfileBase']>;
  /** The part of all locked packages that registries are asked about; undefined for those that are declared or new. */
  readonly askedRange: AskedRange | undefined;
  /** Configuration files as they are in the base; those that are not known are missing. */
  readonly configurationBefore: ReadonlyMap<Uri, CheckedFile | 'absent'>;
  /** What else changed since that commit. */
  readonly sinceBase: SinceBase;
  /** Configuration files of which a change under review made others or none, as its base has them; undefined without one. */
  readonly reviewed?:
    | {
        readonly files: ReadonlyMap<Uri, CheckedFile | 'absent'>;
        /** Policies that the change deletes. */
        readonly gone: ReadonlySet<Uri>;
      }
    | undefined;
  /** What the policy file in force, or its absence, lets pass and that of the base of a review does not. */
  readonly policyLoosenings?: readonly PolicyLoosening[] | undefined;
  /** Which registry serves what, as the project's package manager has it, from its own files and npm's. */
  readonly npmConfig: NpmConfig;
  readonly pnpmWorkspace: PnpmWorkspace | undefined;
  /** The .yarnrc.yml and .yarnrc files that Yarn reads here: the nearest first, the user's own last. */
  readonly yarnrcs: readonly Yarnrc[];
  /** The bunfig.toml in the root. */
  readonly bunfig: Bunfig | undefined;
  readonly catalogs: Catalogs;
  /** Where the entries of `catalogs` stand, in the same order. Apart, as it changes with every edit above them. */
  readonly catalogPlaces: readonly SourcePlace[];
  readonly overrides: Overrides;
  /** Where the entries of `overrides` stand, in the same order. */
  readonly overridePlaces: readonly SourcePlace[];
  readonly policy: Policy;
  /** How far the project's own files may decide where requests go, and read the environment. */
  readonly trust: FolderTrust;
  /** Whether `mirrors` and `allowedHosts` of the configuration file may decide where requests go. */
  readonly trustsPolicy: boolean;
  /** The folder that globs in the configuration file are relative to: at the root or above it. */
  readonly policyBase: Uri;
  /** The folder that is checked, which is never a fixture itself. Left out where that is not known: then nothing is one. */
  readonly checkedFolder?: Uri | undefined;
  /** The first file that may declare names private and cannot be read as it should. */
  readonly unreadDeclaration: UnreadDeclaration | undefined;
  /**
   * The lockfiles of all projects that the configuration file counts for, this one included, each read as a whole.
   * Undefined where it is not known what those projects install.
   */
  readonly governedLockfiles: readonly Lockfile[] | undefined;
  /** By scope, with its @; from the project's files in a fixed order, best evidence first. */
  readonly scopeEvidence: ReadonlyMap<string, readonly ScopeEvidence[]>;
  /** Names that the manifests of the project take from git, an address or a path, by importer path. */
  readonly exoticNames: ReadonlySet<string>;
  /** What is declared for these names, in manifests, catalogs and overrides. */
  readonly exoticSources: ReadonlyMap<string, readonly ExoticSource[]>;
  readonly gitIgnore: GitIgnoreFile | undefined;
  /**
   * Whether the root lies in the folder of a workspace member and is none itself: a template, a fixture or a copy of
   * somebody else's package, which nobody installs where it is. Or a project around it depends on it by its path.
   */
  readonly insideMember: boolean;
}
