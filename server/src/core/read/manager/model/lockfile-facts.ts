import type { LockfileKind } from './manager-files.ts';

/** Formats of earlier versions that are still read. */
export interface FormerFormat {
  /** Whether it is one. `major` is that of the package manager, where it is known. */
  includes(
    formatVersion: string | undefined,
    { isSupported, major }: { readonly isSupported: boolean; readonly major: number | null },
  ): boolean;
  /** Whether that depends on the version of the package manager. */
  readonly isByVersion: boolean;
  /** What becomes of it, behind the name of its format. `manager` is the package manager with its version. */
  describe(manager: string): string;
}

/** What a package manager writes into its lockfile, and how it reads it. What differs by format is asked of the format. */
export interface LockfileFacts {
  /** Whether it has what packages declare; pnpm writes what their dependencies got. */
  readonly recordsRanges: boolean;
  /** Whether it says in which section of a manifest a dependency stands. */
  readonly recordsSections: boolean;
  /** Whether it lacks what `packageExtensions` of the configuration add to what packages declare. */
  readonly lacksExtensions: boolean;
  /** A lockfile of another package manager that it may write besides, and what that has at its top. */
  readonly printed: { readonly kind: LockfileKind; readonly mark: RegExp } | undefined;
  /** Formats that it reads, and rewrites at the next install; undefined where that is nothing to tell of. */
  readonly former: FormerFormat | undefined;
  /** Whether keys are the specifiers of those who depend on the package: `a@^1.0.0`. */
  readonly keyedBySpecifier: boolean;
  /** Whether a member that is new in the workspace is linked although the lockfile does not have it. */
  readonly linksNewMembers: boolean;
  /** Whether the path of a member may stand in place of what asks for it, as Bun 1.1 writes it. */
  readonly mayNameMembersByPath: boolean;
  /** Whether it says which packages come inside of others. */
  readonly recordsBundles: boolean;
  /** Whether Rush may own it, which installs from another folder than that of the members. */
  readonly mayBeOfRush: boolean;
  /** Whether it can list members: the lockfile of Yarn 1 cannot. */
  readonly recordsMembers: boolean;
  /** Whether it lists members without a name, and their dependencies. */
  readonly recordsNamelessMembers: boolean;
  /** Whether folders that are linked are listed among the packages. */
  readonly listsLinkedFolders: boolean;
  /** The field that marks a package with an install script, which can be put in; undefined where there is none. */
  readonly scriptFlag: string | undefined;
  /** Sections at the top, where importers and packages are kept apart. */
  readonly sections: Readonly<Record<'importer' | 'package', string>> | undefined;
  /** Whether the key of a package has the names of those around it in the tree, `a/b`, without folders between them. */
  readonly nestsNames: boolean;
  /**
   * Whether packages of a web address that is no registry's are told from those of a registry: by a key, or a field of
   * their own.
   */
  readonly marksTarballs: boolean;
  /** Whether the key of a package that comes from a web address holds that address. */
  readonly hasTarballsInKeys: boolean;
  /** Whether the address of a registry package may be a registry alone, without the package's own path. */
  readonly mayNameRegistryAlone: boolean;
  /** Whether an address that does not begin with a scheme is taken as relative to the registry, and not refused. */
  readonly takesRelativeUrls: boolean;
  /** Whether a registry package without an address is asked for, and verified by what the registry says of it. */
  readonly asksForMissingUrl: boolean;
  /** Whether what is downloaded from the public registry's host goes to the configured one, or by https. */
  readonly replacesPublicHost: boolean;
  /** Whether an address can be changed in a manifest and in the lockfile, which has no copy of it in keys. */
  readonly canEditUrls: boolean;
  /** Whether commits of code hosts are shortened, whatever a manifest says. */
  readonly shortensCommits: boolean;
  /** What it calls the hash of a package. */
  readonly hashName: 'checksum' | 'integrity hash';
  /** The first version that writes hashes of what comes from any web address, where earlier ones do not. */
  readonly hashesUrlsSince: string | undefined;
  /** Whether deleting an entry is the one way to update a package that no manifest declares. */
  readonly updatesByDeletion: boolean;
  /** Whether each package has the platforms that it is for, in all versions of the format. */
  readonly recordsPlatforms: boolean;
}

/** What most lockfiles have in common. */
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
