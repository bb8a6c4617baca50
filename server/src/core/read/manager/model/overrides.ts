import type { OverrideSelector } from '../override-selector.ts';
import type { Installation } from './commands.ts';

/** rush: the configuration of Rush, which is neither read nor written. */
export type OverrideField = 'overrides' | 'resolutions' | 'pnpm.overrides' | 'pnpm-workspace.yaml' | 'rush';

/** A top-level field of package.json. */
export type ManifestOverrideField = Extract<OverrideField, 'overrides' | 'resolutions'>;

/** The parts of a manifest's dependency that decide which override applies to it. */
export interface OverriddenDependency {
  readonly declared: string;
  readonly member: {
    /** Relative to the root; "" for the root itself. */
    readonly path: string;
    readonly name: string | undefined;
    readonly version: string | undefined;
  };
  rootHasWorkspaces(): boolean;
}

/** An override, with a selector if its key is valid. */
export interface WithSelector {
  readonly selector: OverrideSelector | undefined;
}

/** How a package manager reads and applies overrides. */
export interface OverrideSupport {
  /** Returns whether it reads the field in the root. An unknown version may be any. */
  reads(field: OverrideField, version: string | undefined): boolean;
  /** Parses a key of `resolutions`; undefined if it is invalid. */
  parseResolution(key: string): OverrideSelector | undefined;
  /** Returns the override that replaces the declaration of a manifest, from those for its name. */
  chosen<Line extends WithSelector>(
    lines: readonly Line[],
    dependency: OverriddenDependency,
  ): Line | undefined;
  /**
   * Returns whether an override replaces the declaration of a locked package. Undefined if the lockfile already has the
   * replacement. False for overrides that depend on the path to the package.
   */
  readonly replacesLocked:
    | ((
        selector: OverrideSelector,
        from: { readonly name: string; readonly version: string | undefined },
        declared: string,
      ) => boolean)
    | undefined;
  /** Returns the field for a new override. */
  fieldToWrite(installation: Pick<Installation, 'version' | 'lockVersion'>): OverrideField;
  /** The field as it appears in messages. */
  readonly shownField: string;
  /** Returns the field of package.json that simple overrides can be moved to. */
  fieldInManifest(version: string | undefined): ManifestOverrideField | undefined;
  /** A field that only earlier versions read. */
  readonly formerField: OverrideField | undefined;
  /** Whether `$name` refers to the root's declaration of that name. */
  readonly hasReferences: boolean;
  /** The value that removes a dependency. */
  readonly removal: string | undefined;
  /** Whether declarations of the root are never overridden, and a conflicting override fails the install. */
  readonly keepsRoot: boolean;
  /** Whether an override below a package applies to all its transitive dependencies, not only to direct ones. */
  readonly reachesDeep: boolean;
  /** Whether an override below a package other than a member never applies to declarations of manifests. */
  readonly nestedSpareManifests: boolean;
  /** Whether an override of an alias applies. */
  readonly findsAliases: boolean;
  /** The keys that apply to some dependents only. ranges: a name with versions, or a name below a package. */
  readonly keys: 'ranges' | 'descriptors' | 'parents';
  /** Returns the key, from the outside in, for a package below another. */
  keyBelow(parent: string, name: string): readonly string[];
  /** Returns a clause with the reason why there are no such keys; undefined if there are. */
  missingKeys(installation: Pick<Installation, 'version' | 'lockVersion'>): string | undefined;
}

/** Returns the path of a field in package.json. */
export function pathOfField(field: OverrideField): readonly string[] {
  return field.split('.');
}
