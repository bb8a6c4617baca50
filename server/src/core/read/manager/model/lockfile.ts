import type { LockfileKind } from './files.ts';

/** Earlier formats that the package manager still reads. */
export interface FormerFormat {
  /** Returns whether a format version is one of them. `major` is the package manager's, if known. */
  includes(
    formatVersion: string | undefined,
    { isSupported, major }: { readonly isSupported: boolean; readonly major: number | null },
  ): boolean;
  /** Whether the answer depends on `major`. */
  readonly isByVersion: boolean;
  /** Returns the end of a message that begins with the format. `manager` is the package manager with its version. */
  describe(manager: string): string;
}

/** What a package manager writes to its lockfile, and how it reads it. */
export interface LockfileFacts {
  /** Whether entries have the ranges that packages declare; pnpm writes the versions that were resolved. */
  readonly recordsRanges: boolean;
  /** Whether the section of a dependency in the manifest is recorded. */
  readonly recordsSections: boolean;
  /** Whether `packageExtensions` of the configuration are missing from entries. */
  readonly lacksExtensions: boolean;
  /** Another package manager's lockfile that it can write as well, and the mark at the top of that file. */
  readonly printed: { readonly kind: LockfileKind; readonly mark: RegExp } | undefined;
  /** Formats that it reads and rewrites at the next install, if that is worth a message. */
  readonly former: FormerFormat | undefined;
  /** Whether keys are the specifiers of the dependents: `a@^1.0.0`. */
  readonly keyedBySpecifier: boolean;
  /** Whether a frozen install links a new workspace member that the lockfile lacks. */
  readonly linksNewMembers: boolean;
  /** Whether the path of a member may replace the specifier of its dependent, as in Bun 1.1. */
  readonly mayNameMembersByPath: boolean;
  /** Whether bundled packages are recorded. */
  readonly recordsBundles: boolean;
  /** Whether the lockfile may be Rush's, which installs from another folder than the members'. */
  readonly mayBeOfRush: boolean;
  /** Whether members can be recorded. */
  readonly recordsMembers: boolean;
  /** Whether members without a name are recorded. */
  readonly recordsNamelessMembers: boolean;
  /** Whether linked folders are listed among the packages. */
  readonly listsLinkedFolders: boolean;
  /** The field that marks a package with an install script; undefined if a fix cannot add one. */
  readonly scriptFlag: string | undefined;
  /** The top-level sections, if importers and packages have one each. */
  readonly sections: Readonly<Record<'importer' | 'package', string>> | undefined;
  /** Whether keys are paths of package names through the tree: `a/b`. */
  readonly nestsNames: boolean;
  /**
   * Whether packages from a URL outside of registries are distinguished from registry packages, by their key or a field.
   */
  readonly marksTarballs: boolean;
  /** Whether the key of a package from a URL contains the URL. */
  readonly hasTarballsInKeys: boolean;
  /** Whether the URL of a registry package may be the registry's alone, without the path of the package. */
  readonly mayNameRegistryAlone: boolean;
  /** Whether a URL without a scheme is resolved against the registry. Otherwise it is rejected. */
  readonly takesRelativeUrls: boolean;
  /** Whether a registry package without a URL is resolved again, and verified by the hash from the registry. */
  readonly asksForMissingUrl: boolean;
  /** Whether URLs of the public registry are replaced: by the configured registry, or by https. */
  readonly replacesPublicHost: boolean;
  /** Whether a fix can change a URL in a manifest and in the lockfile, because no key contains it. */
  readonly canEditUrls: boolean;
  /** Whether commits of known git hosts are always abbreviated. */
  readonly shortensCommits: boolean;
  /** The name of a package's hash in messages. */
  readonly hashName: 'checksum' | 'integrity hash';
  /** The first version that writes hashes for packages from any URL, if earlier ones do not. */
  readonly hashesUrlsSince: string | undefined;
  /** Whether a transitive dependency can only be updated by deleting its entry. */
  readonly updatesByDeletion: boolean;
  /** Whether every format version records the platforms of packages. */
  readonly recordsPlatforms: boolean;
}

/** The facts that apply to most lockfiles. */
export const USUAL_LOCKFILE: LockfileFacts = {
  recordsRanges: true,
  recordsSections: true,
  lacksExtensions: false,
  printed: undefined,
  former: undefined,
  keyedBySpecifier: false,
  linksNewMembers: false,
  mayNameMembersByPath: false,
  recordsBundles: true,
  mayBeOfRush: false,
  recordsMembers: true,
  recordsNamelessMembers: true,
  listsLinkedFolders: false,
  scriptFlag: undefined,
  sections: undefined,
  nestsNames: false,
  marksTarballs: true,
  hasTarballsInKeys: false,
  mayNameRegistryAlone: false,
  takesRelativeUrls: true,
  asksForMissingUrl: false,
  replacesPublicHost: false,
  canEditUrls: false,
  shortensCommits: false,
  hashName: 'integrity hash',
  hashesUrlsSince: undefined,
  updatesByDeletion: false,
  recordsPlatforms: false,
};
