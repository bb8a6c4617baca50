import type { TextEdit } from '../text/edit.ts';
import type { IgnoredThing } from '../text/finding.ts';
import { appendAllToArray, appendToArray, type JsonData, replaceValue } from '../text/json/json-edit.ts';
import { parseJsonTree, propertyOf, stringOf } from '../text/json/json-tree.ts';

/** An entry of `ignores` to be written. */
export interface NewIgnore extends IgnoredThing {
  readonly reason: string;
  readonly expires: string;
}

/*
 * Edits of a configuration file. `text` is undefined if there is none yet: then they create one. Undefined if the text
 * is too broken to add anything; no edits if it already has the entry.
 */

export function addIgnores(
  text: string | undefined,
  ignores: readonly NewIgnore[],
): readonly TextEdit[] | undefined {
  return appendAllToArray(
    text ?? '',
    ['ignores'],
    ignores.map((ignore) => ({ ...ignore })),
  );
}

/** @param address the URL of a mirror of the public registry */
export function addMirror(text: string | undefined, address: string): readonly TextEdit[] | undefined {
  return appendToArray(text ?? '', ['mirrors'], address.endsWith('/') ? address : `${address}/`);
}

/** @param host with its port, unless it is the default of the scheme */
export function addAllowedHost(text: string | undefined, host: string): readonly TextEdit[] | undefined {
  return appendToArray(text ?? '', ['allowedHosts'], host);
}

export function addAllowedName(
  text: string | undefined,
  name: string,
  reason: string,
): readonly TextEdit[] | undefined {
  if (arrayOf(text, 'allowNames').some((item) => nameIn(item, 'name') === name)) return [];
  return appendToArray(text ?? '', ['allowNames'], { name, reason });
}

/** Declares the scope (with its @) as private, with the registry that serves it. */
export function setScopeRegistry(
  text: string | undefined,
  scope: string,
  registry: string,
): readonly TextEdit[] | undefined {
  const entry: JsonData = { scope, registry };
  const present = arrayOf(text, 'privateScopes').find((item) => nameIn(item, 'scope') === scope);
  if (present === undefined) return appendToArray(text ?? '', ['privateScopes'], entry);
  return replaceValue(text ?? '', present.span, entry);
}

function arrayOf(text: string | undefined, key: string) {
  const value = propertyOf(parseJsonTree(text ?? '', { trailingCommas: true }).root, key)?.value;
  return value?.type === 'array' ? value.members.map((item) => item.value) : [];
}

/** Returns the name of an item that is a string, or an object with the name in `key`. */
function nameIn(item: ReturnType<typeof arrayOf>[number], key: string): string | undefined {
  return stringOf(item) ?? stringOf(propertyOf(item, key)?.value);
}
