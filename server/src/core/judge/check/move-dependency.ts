import type { DependencySection, Manifest, ManifestDependency } from '../../read/manifest/manifest.ts';
import type { TextEdit } from '../../read/text/edit.ts';
import { removeProperty, setProperty } from '../../read/text/json/json-edit.ts';

/** Returns the edits that move a dependency to another section; undefined if that already has it or cannot be edited. */
export function moveDependency(
  manifest: Manifest,
  { name, declared, span }: ManifestDependency,
  section: DependencySection,
): readonly TextEdit[] | undefined {
  const isThere = manifest.dependencies.some((each) => each.section === section && each.name === name);
  if (declared === undefined || isThere) return undefined;
  const added = setProperty(manifest.text, [section, name], declared, { sorted: true });
  const removed = removeProperty(manifest.text, span);
  return added === undefined || removed === undefined ? undefined : [...added, ...removed];
}
