import type { Lockfile } from '../../read/lockfile/model/lockfile.ts';
import type { Manifest } from '../../read/manifest/manifest.ts';
import type { UsageFile } from './usage-file.ts';

/** A manifest with the folder that it is for. */
export interface SearchedManifest {
  readonly manifest: Manifest;
  /** Relative to the searched folder, with `/` at the end; empty for that folder itself. */
  readonly folder: string;
  /** Its path as an importer of the lockfile; undefined if it is no member of the project. */
  readonly importer: string | undefined;
  readonly lockfile: Lockfile | undefined;
  /** Whether its project is loaded: others only declare what their files import. */
  readonly isLoaded: boolean;
  /** Whether imports of undeclared packages are not reported: a fixture, an example, a template. */
  readonly isFixture: boolean;
}

/** What an installed package's own manifest declares. */
export interface InstalledManifest {
  readonly commands: readonly string[];
  readonly peers: readonly string[];
  readonly optionalPeers: readonly string[];
  /** Whether it has types of its own, wherever modules are resolved. */
  readonly hasTypes: boolean;
  /** Whether its `exports` lead to types. */
  readonly exportsTypes: boolean;
}

/** Everything that is known of a folder when its dependencies are judged. */
export interface UsageSearch {
  readonly manifests: readonly SearchedManifest[];
  /** Of all files that can be searched, sorted by path. */
  readonly files: readonly UsageFile[];
  /** The paths of all files, searched or not. */
  readonly paths: ReadonlySet<string>;
  /** The files that could not be read, by path, each with a clause. */
  readonly unread: ReadonlyMap<string, string>;
  /** Why not all files were searched, as a clause. */
  readonly limit: string | undefined;
  isFixture(path: string): boolean;
  /** Reads the manifest of an installed package, looking up from the folder; undefined if it is not installed. */
  installed(folder: string, name: string): InstalledManifest | undefined;
}
