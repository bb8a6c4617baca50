import type { OverrideSelector } from '../override-selector.ts';
import type { Installation } from './commands.ts';

/** rush: the configuration of Rush, which is neither read nor written here. */
export type OverrideField = 'overrides' | 'resolutions' | 'pnpm.overrides' | 'pnpm-workspace.yaml' | 'rush';

/** The name of a field that manifests have at the top. */
export type ManifestOverrideField = Extract<OverrideField, 'overrides' | 'resolutions'>;

/** A dependency of a manifest, as far as it decides which override it gets. */
export interface OverriddenDependency {
  readonly declared: string;
  readonly member: {
    /** Relative to the root, "" for the root itself. */
    readonly path: string;
    readonly name: string | undefined;
    readonly version: string | undefined;
  };
  rootHasWorkspaces(): boolean;
}

/** A line whose key could be read. */
export interface WithSelector {
  readonly selector: OverrideSelector | undefined;
}

/** Which overrides a package manager reads, and which of several counts. */
export interface OverrideSupport {
  /** Whether it reads the field, in the root; one that is not known may be any version. */
  reads(field: OverrideField, version: string | undefined): boolean;
  /** Reads a key of `resolutions`; undefined where it names nothing. */
  parseResolution(key: string): OverrideSelector | undefined;
  /** Of lines about the name of a dependency, the one that replaces what a manifest declares. */
  chosen<Line extends WithSelector>(
    lines: readonly Line[],
    dependency: OverriddenDependency,
  ): Line | undefined;
  /**
   * Whether a line replaces what a locked package declares; undefined where the lockfile has what it was replaced by.
   * Of what depends on how a package is reached, nothing is said.
   */
  readonly replacesLocked:
    | ((
        selector: OverrideSelector,
        from: { readonly name: string; readonly version: string | undefined },
        declared: string,
      ) => boolean)
    | undefined;
  /** The field that a new line belongs in. */
  fieldToWrite(installation: Pick<Installation, 'version' | 'lockVersion'>): OverrideField;
  /** The same, as sentences name it. */
  readonly shownField: string;
  /** The name that a field of a manifest has to have, where its lines mean the same under it. */
  fieldInManifest(version: string | undefined): ManifestOverrideField | undefined;
  /** A field that earlier versions read. */
  readonly formerField: OverrideField | undefined;
  /** Whether `$name` stands for what the root declares for that name. */
  readonly hasReferences: boolean;
  /** The value that takes a dependency out. */
  readonly removal: string | undefined;
  /** Whether what the root declares stays as it is, and an override that says otherwise is refused. */
  readonly keepsRoot: boolean;
  /** Whether a line below a package holds for all that this brings, and not only for what it declares. */
  readonly reachesDeep: boolean;
  /** Whether a line below a package that is no member leaves alone what manifests declare. */
  readonly nestedSpareManifests: boolean;
  /** Whether lines about the name that an alias gives a package hold for it. */
  readonly findsAliases: boolean;
  /** Which keys hold for some dependents only. ranges: with versions, or below a package. */
  readonly keys: 'ranges' | 'descriptors' | 'parents';
  /** The key, from the outside in, for a package below another. */
  keyBelow(parent: string, name: string): readonly string[];
  /** Why there are no such keys, a clause; undefined where there are. */
  missingKeys(installation: Pick<Installation, 'version' | 'lockVersion'>): string | undefined;
}

/** Returns where a field stands in a manifest, from the outside in. */
export function pathOfField(field: OverrideField): readonly string[] {
  return field.split('.');
}
