import { canonicalRepository } from '../lockfile/record/canonical-repository.ts';
import type { Manifest } from '../manifest/manifest.ts';

/** Returns the owner of a manifest's repository on GitHub in lower case; undefined if it names none there. */
export function gitHubOwnerOf(manifest: Manifest | undefined): string | undefined {
  if (manifest?.repository === undefined) return undefined;
  const { repository } = canonicalRepository(manifest.repository);
  return /^github\.com\/([^/]+)\//.exec(repository)?.[1];
}
