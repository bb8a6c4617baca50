import { urlsIn } from '../manifest/dependencies-of.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { readSpecifier } from '../manifest/read-specifier.ts';
import type { Specifier } from '../manifest/specifier.ts';

/**
 * Yields the folders that a manifest's dependencies, `overrides` and `resolutions` reference by a path relative to its
 * own: `file:`, `link:` and `portal:`.
 */
export function* localFolders(manifest: Manifest): Iterable<string> {
  for (const { specifier } of urlsIn(manifest)) yield* folderOf(specifier);
  for (const { path, value } of [...manifest.overrides, ...manifest.resolutions]) {
    if (PATH.test(value.value)) yield* folderOf(readSpecifier(path.at(-1)?.value ?? '', value.value));
  }
}

const PATH = /^(?:file|link|portal):/;

function* folderOf(specifier: Specifier): Iterable<string> {
  const { type } = specifier;
  if (type !== 'directory' && type !== 'link' && type !== 'portal') return;
  if (!/^(?:[/\\~]|[A-Za-z]:)/.test(specifier.path)) yield specifier.path.replaceAll('\\', '/');
}
