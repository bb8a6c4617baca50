import type { JsonNode } from '../text/json/json-node.ts';
import type { Located } from '../text/span.ts';
import { locatedString, propertiesOf } from './json-values.ts';
import type { ManifestOverride } from './manifest.ts';

/** No real selector is deeper; the limit keeps hostile nesting from exhausting the stack. */
const MAX_OVERRIDE_DEPTH = 20;

/** Reads `overrides` and fields of the same form: each string with the keys that lead to it. */
export function readOverrides(
  node: JsonNode | undefined,
  path: readonly Located<string>[] = [],
): readonly ManifestOverride[] {
  if (path.length > MAX_OVERRIDE_DEPTH) return [];
  return propertiesOf(node).flatMap(({ key, keySpan, value }) => {
    const here = [...path, { value: key, span: keySpan }];
    const text = locatedString(value);
    return text === undefined ? readOverrides(value, here) : [{ path: here, value: text }];
  });
}
