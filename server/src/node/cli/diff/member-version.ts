import type { Manifest } from '../../../core/read/manifest/manifest.ts';
import { nameOf, type Uri } from '../../../core/read/text/paths/uri.ts';
import { satisfies } from '../../../core/read/text/satisfies.ts';
import { readConfiguration } from '../../../engine/projects/read-configuration.ts';
import type { GitReader } from '../../git/git-reader.ts';

/** The manifests of a directory, and the commit to compare with. */
export interface ManifestsSearch {
  readonly git: Pick<GitReader, 'textAt'>;
  readonly commit: string;
  readonly manifests: readonly { readonly uri: Uri; readonly text: string | undefined }[];
}

/**
 * Checks whether a member's version fits a range for its name in a manifest of the commit, and did not in the commit:
 * the package came from a registry then and is the member's folder now.
 */
export async function fitsCommittedRange(
  before: Manifest,
  after: Manifest,
  { git, commit, manifests }: ManifestsSearch,
): Promise<boolean> {
  const name = after.name?.value;
  const [old, version] = [before.version?.value, after.version?.value];
  if (name === undefined || old === undefined || version === undefined || old === version) return false;
  const key = JSON.stringify(name);
  for (const { uri, text } of manifests) {
    if (uri === after.uri || nameOf(uri) !== 'package.json' || text?.includes(key) !== true) continue;
    const base = await git.textAt(uri, commit);
    const manifest = base.type === 'text' ? await readConfiguration(uri, base.text) : undefined;
    if (manifest?.kind !== 'manifest') continue;
    for (const { target, specifier } of manifest.dependencies) {
      if (target !== name) continue;
      const { type } = specifier;
      const range = type === 'range' || type === 'version' ? specifier.range : undefined;
      if (range !== undefined && satisfies(version, range) && !satisfies(old, range)) return true;
    }
  }
  return false;
}
