import type { ManifestOverride } from '../../manifest/manifest.ts';
import type { Located } from '../../text/span.ts';
import type { Lockfile } from '../model/lockfile.ts';
import type { BunImporter } from './bun-importer.ts';
import type { BunLockEntry } from './bun-lock-entry.ts';
import type { BunPatch } from './read-sections.ts';

/** A bun.lock: its sections beside the packages, and the resolution of its edges. */
export interface BunLockfile extends Lockfile {
  readonly format: 'bun';
  readonly entries: readonly BunLockEntry[];
  readonly importers: ReadonlyMap<string, BunImporter>;
  /** Keys of `packages` for what is linked rather than installed: workspaces, `link:` and the root itself. */
  readonly links: readonly BunLockEntry[];
  readonly configVersion: Located<string> | undefined;
  readonly overrides: readonly ManifestOverride[];
  /** Versions by name, by the name of the catalog; the default one is "". */
  readonly catalogs: ReadonlyMap<string, ReadonlyMap<string, Located<string>>>;
  readonly patches: readonly BunPatch[];
  /** Names whose install scripts may run. */
  readonly trusted: readonly Located<string>[];
}

/** Returns whether a lockfile is Bun's and was read. */
export function isBunLockfile(lockfile: Lockfile): lockfile is BunLockfile {
  return lockfile.format === 'bun' && 'trusted' in lockfile;
}
