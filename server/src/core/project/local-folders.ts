import { addressesIn } from '../manifest/addresses-in.ts';
import type { Manifest } from '../manifest/manifest.ts';

/** The folders that a manifest's dependencies name by a path relative to its own: `file:`, `link:` and `portal:`. */
export function* localFolders(manifest: Manifest): Iterable<string> {
  for (const { specifier } of addressesIn(manifest)) {
    const { type } = specifier;
    if (type !== 'directory' && type !== 'link' && type !== 'portal') continue;
    if (!/^(?:[/\\~]|[A-Za-z]:)/.test(specifier.path)) yield specifier.path.replaceAll('\\', '/');
  }
}
