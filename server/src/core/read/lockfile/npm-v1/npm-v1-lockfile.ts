import type { Lockfile } from '../model/lockfile.ts';
import type { NpmV1Entry } from './npm-v1-entry.ts';

/**
 * A lockfile of npm 2 to 6. It records nothing that manifests declare: `importers` is empty, and `resolve` works for
 * any request of a manifest.
 */
export interface NpmV1Lockfile extends Lockfile {
  readonly entries: readonly NpmV1Entry[];
  entry(key: string): NpmV1Entry | undefined;
}
