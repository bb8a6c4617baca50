import type { Automation } from '../automation/automation.ts';
import type { BotCooldown } from '../config/bots/bot-cooldown.ts';
import type { Bunfig } from '../config/bun/bunfig.ts';
import type { NpmConfig } from '../config/npm/npm-config.ts';
import type { PnpmWorkspace } from '../config/pnpm/pnpm-workspace.ts';
import type { Yarnrc } from '../config/yarn/yarnrc.ts';
import type { Lockfile, ReadStatus } from '../lockfile/model/lockfile.ts';
import type { LockfileKind } from '../manager/model/files.ts';
import type { PackageManager } from '../manager/package-manager.ts';
import type { ExoticSource } from '../manifest/exotic-names.ts';
import type { Manifest } from '../manifest/manifest.ts';
import type { Policy } from '../policy-file/policy.ts';
import type { PolicyLoosening } from '../policy-file/policy-loosening.ts';
import type { Uri } from '../text/paths/uri.ts';
import type { Span } from '../text/span.ts';
import type { Base } from './base.ts';
import type { BuildContext } from './build-context.ts';
import type { Catalogs, SourcePlace } from './catalogs/catalogs.ts';
import type { CheckedFile } from './checked-file.ts';
import type { FolderTrust } from './folder-trust.ts';
import type { InstallState } from './install-state.ts';
import type { NewCodes } from './new-code.ts';
import type { Overrides } from './overrides/overrides.ts';
import type { SinceBase } from './since-base.ts';
import type { StartedCode } from './started-code.ts';
import type { Usage } from './usage.ts';

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

/** A setting in the workspace that assigns a registry to a scope. */
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

/** A file that may declare names private but could not be fully read. */
export interface UnreadDeclaration {
  /** Its name. */
  readonly file: string;
  /** Formatted as a clause. */
  readonly reason: string;
}

/** A range of the lockfile's registry package names, in their order: from the first, up to but excluding the last. */
export interface AskedRange {
  readonly from: number;
  readonly to: number;
}

/**
 * One install root: the root manifest, its members, the one lockfile that its package manager reads, and its
 * configuration. Each member of this type is an input that a unit of work may read; the engine records which, and runs
 * a unit again only when one of those changed. Derived members keep their identity while their content is unchanged.
 */
export interface Project {
  /** The directory of the root manifest. */
  readonly root: Uri;
  /** The folder of the whole repository, if known. Paths inside it are the author's own code. */
  readonly repository?: Uri | undefined;
  readonly rootManifest: Manifest | undefined;
  /** The owner of the repository on GitHub in lower case, if the root manifest names one. */
  readonly gitHubOwner: string | undefined;
  /** By the manifest's URI, including the root's. */
  readonly members: ReadonlyMap<Uri, Member>;
  readonly memberNames: ReadonlySet<string>;
  /** The paths of members that are published libraries, including the root's own. */
  readonly libraries: ReadonlySet<string>;
  readonly manager: PackageManager;
  /** The lockfile that the manager reads, if its format is supported. */
  readonly lockfile: Lockfile | undefined;
  /** Every lockfile in the root directory, including the one above. */
  readonly lockfiles: readonly LockfilePresence[];
  /** The commit that the next members refer to. */
  readonly base: Base;
  /** `lockfile` as in the base, if it is known and differs. */
  readonly committedLockfile: Lockfile | undefined;
  /** What is known of `lockfile` in the base. same, other: the base has it; absent: it has none, or there is no base. */
  readonly lockfileBase: 'same' | 'other' | 'absent' | 'unread';
  /** The same for every lockfile in the root directory. */
  readonly lockfileBases: ReadonlyMap<Uri, Project['lockfileBase']>;
  /**
   * The part of all locked packages that are requested from registries; undefined for those that are declared or new.
   */
  readonly askedRange: AskedRange | undefined;
  /** Configuration files as in the base; unknown ones are missing. */
  readonly configurationBefore: ReadonlyMap<Uri, CheckedFile | 'absent'>;
  /** What the code of versions that the base lacks can do, as far as it was read. */
  readonly newCode: NewCodes;
  /** Other changes since that commit. */
  readonly sinceBase: SinceBase;
  /** What the files do that install scripts start. */
  readonly startedCode: StartedCode;
  /** The configuration files that a change under review modifies or deletes, as in its base; undefined without one. */
  readonly reviewed?:
    | {
        readonly files: ReadonlyMap<Uri, CheckedFile | 'absent'>;
        /** Policies that the change deletes. */
        readonly gone: ReadonlySet<Uri>;
      }
    | undefined;
  /** The effective policies of files that an override names; `policy` holds for all others. */
  readonly filePolicies?: ReadonlyMap<Uri, Policy> | undefined;
  /** What the effective policy file, or its absence, allows but that of the base of a review does not. */
  readonly policyLoosenings?: readonly PolicyLoosening[] | undefined;
  /** What the project's policy accepts and the locked policy of its organisation does not. */
  readonly policyOverruled?: readonly PolicyLoosening[] | undefined;
  /** Which registry serves what for the project's package manager, from its own files and npm's. */
  readonly npmConfig: NpmConfig;
  readonly pnpmWorkspace: PnpmWorkspace | undefined;
  /** The .yarnrc.yml and .yarnrc files that Yarn reads here: nearest first, the user's own last. */
  readonly yarnrcs: readonly Yarnrc[];
  /** The bunfig.toml in the root. */
  readonly bunfig: Bunfig | undefined;
  readonly catalogs: Catalogs;
  /**
   * The positions of the entries of `catalogs`, in the same order. Separate, because they change with every edit above
   * them.
   */
  readonly catalogPlaces: readonly SourcePlace[];
  readonly overrides: Overrides;
  /** The positions of the entries of `overrides`, in the same order. */
  readonly overridePlaces: readonly SourcePlace[];
  readonly policy: Policy;
  /** How far the project's own files may decide where requests go, and read the environment. */
  readonly trust: FolderTrust;
  /** Whether `mirrors` and `allowedHosts` of the configuration file may decide where requests go. */
  readonly trustsPolicy: boolean;
  /** The base folder of globs in the configuration file: the root or above it. */
  readonly policyBase: Uri;
  /** The checked folder, which is never a fixture itself. Omitted if unknown: then nothing is a fixture. */
  readonly checkedFolder?: Uri | undefined;
  /** The first file that may declare names private but could not be fully read. */
  readonly unreadDeclaration: UnreadDeclaration | undefined;
  /**
   * The lockfiles of all projects that the configuration file applies to, including this one, each read as a whole.
   * Undefined if it is unknown what those projects install.
   */
  readonly governedLockfiles: readonly Lockfile[] | undefined;
  /** By scope, with its @; from the project's files in a fixed order, strongest evidence first. */
  readonly scopeEvidence: ReadonlyMap<string, readonly ScopeEvidence[]>;
  /** Names that the manifests of the project take from git, a URL or a path, by importer path. */
  readonly exoticNames: ReadonlySet<string>;
  /** The declarations of these names, in manifests, catalogs and overrides. */
  readonly exoticSources: ReadonlyMap<string, readonly ExoticSource[]>;
  readonly gitIgnore: GitIgnoreFile | undefined;
  /** Its workflows, Dockerfiles and the like, by URI. */
  readonly automation: readonly Automation[];
  /** The cooldowns of programs that update dependencies in pull requests. */
  readonly bots: readonly BotCooldown[];
  /** Whether such a program is configured for npm packages; unknown for a project below the top of a repository. */
  readonly updateBot: 'configured' | 'missing' | 'unknown';
  /** What images of the root can get from its folder; undefined without a Dockerfile there. */
  readonly buildContext: BuildContext | undefined;
  /** Whether the repository has an SBOM; unknown for such a project, or if nothing asks for it. */
  readonly sbom: 'present' | 'missing' | 'unknown';
  /**
   * Whether the root is in the folder of a workspace member without being one: a template, a fixture or a copy of
   * somebody else's package, which nobody installs in place. Or an enclosing project depends on it by its path.
   */
  readonly insideMember: boolean;
  /** What the sources use of the dependencies, by manifest; undefined while nobody searched for it. */
  readonly usage?: Usage | undefined;
  /** How node_modules differs from the lockfile; undefined while nobody compared them. */
  readonly installState?: InstallState | undefined;
  /**
   * The licenses that installed packages state, by `name@version`, empty for none; undefined if they were not read, as
   * for policies that ask for no license.
   */
  readonly installedLicenses?: ReadonlyMap<string, string> | undefined;
}
