import type { TextEdit } from '../text/edit.ts';
import type { Fix } from '../text/finding.ts';
import { removeProperty, renameKey, replaceValue } from '../text/json/json-edit.ts';
import type { Manifest, ManifestDependency } from './manifest.ts';

/** For a name without a known version: the range stays as it is, and the fix says that it has to be checked. */
export const UNKNOWN_RANGE = Symbol('unknown range');

/**
 * Yields fixes for a dependency with a wrong name: renames it to the probably intended one, with another range if
 * needed, or removes it. An alias keeps its name. Yields nothing if the text is too broken.
 *
 * @param known what is known against the other package, as the end of the title
 */
export function* nameFixes(
  manifest: Manifest,
  dependency: ManifestDependency,
  meant: string | undefined,
  range: string | typeof UNKNOWN_RANGE = dependency.declared ?? '',
  known = '',
): Generator<Fix> {
  const { uri, text, sections } = manifest;
  const { name, target, declared = '', nameSpan, valueSpan, span } = dependency;
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
    const isUnknown = range === UNKNOWN_RANGE;
    const title = `Replace with "${meant}"${isUnknown ? ', whose versions are not known here' : `: ${JSON.stringify(range)}`}`;
    const renamed = renameKey(text, nameSpan, meant) ?? [];
    const ranged = isUnknown || range === declared ? [] : (replaceValue(text, valueSpan, range) ?? []);
    yield* toFix(title + known, [...renamed, ...ranged]);
  }
  yield* toFix(`Remove "${name}"`, removeProperty(text, span));
}
