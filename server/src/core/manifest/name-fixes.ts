import type { Fix } from '../finding.ts';
import type { TextEdit } from '../text/edit.ts';
import { removeProperty, renameKey } from '../text/json-edit.ts';
import type { Manifest, ManifestDependency } from './manifest.ts';

/**
 * Fixes of a dependency whose name is wrong: gives it the name that was probably meant, or takes it out. An alias keeps
 * its name. None where the text is too broken for it.
 */
export function* nameFixes(
  manifest: Manifest,
  dependency: ManifestDependency,
  meant: string | undefined,
): Generator<Fix> {
  const { uri, text, sections } = manifest;
  const { name, target, declared = '', nameSpan, span } = dependency;
  const toFix = (title: string, edits: readonly TextEdit[] = []): readonly Fix[] =>
    edits.length === 0
      ? []
      : [{ title, applicability: 'unsafe', edits: edits.map((edit) => ({ uri, ...edit })) }];
  const section = sections.find(({ dependencies }) => dependencies.includes(dependency));
  if (meant !== undefined && section?.dependencies.some((other) => other.name === meant) === true) {
    yield* toFix(`Remove "${name}", as "${meant}" is here already`, removeProperty(text, span));
    return;
  }
  if (meant !== undefined && name === target) {
    const title = `Replace with "${meant}": ${JSON.stringify(declared)}`;
    yield* toFix(title, renameKey(text, nameSpan, meant));
  }
  yield* toFix(`Remove "${name}"`, removeProperty(text, span));
}
