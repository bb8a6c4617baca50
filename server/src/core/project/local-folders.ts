import type { Manifest } from '../manifest/manifest.ts';

/** The folders that a manifest's dependencies name by a path relative to its own: `file:`, `link:` and `portal:`. */
export function* localFolders(manifest: Manifest): Iterable<string> {
  for (const dependency of manifest.dependencies) {
    if (!mayBePath(dependency.declared)) continue;
    const { specifier } = dependency;
    const { type } = specifier;
    if (type !== 'directory' && type !== 'link' && type !== 'portal') continue;
    if (!/^(?:[/\\~]|[A-Za-z]:)/.test(specifier.path)) yield specifier.path.replaceAll('\\', '/');
  }
}

/** A specifier that is plainly a version or range is not read for this. */
function mayBePath(declared: string | undefined): boolean {
  return declared !== undefined && (declared.startsWith('.') || /[/:\\]/.test(declared));
}
