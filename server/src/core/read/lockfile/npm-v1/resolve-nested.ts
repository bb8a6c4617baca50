import { OUTSIDE, PARENT, PROJECT } from './nested-fields.ts';
import type { NpmV1Entry } from './npm-v1-entry.ts';
import type { NestedDependencies } from './read-dependencies.ts';

/** Where entries are looked up. */
export type Nested = Pick<NestedDependencies, 'list' | 'names'>;

/**
 * Resolves `name` for the code of `from`: in the entries nested in it, then in its parents.
 * @param from one of these entries; undefined for the project
 */
export function resolveNested(
  nested: Nested,
  from: NpmV1Entry | undefined,
  name: string,
): NpmV1Entry | undefined {
  const found = numberFor(nested, from?.number ?? PROJECT, name);
  return found === -1 ? undefined : nested.list.at(found);
}

/** Resolves by numbers: -1 if there is none. */
export function numberFor({ list, names }: Nested, from: number, name: string): number {
  const { fields, folders } = list;
  let at = from === PROJECT ? from : folders.codeOf(from);
  for (; at !== PROJECT && at !== OUTSIDE; at = fields.get(at, PARENT)) {
    const found = names.find(at, name);
    if (found !== -1) return found;
  }
  return at === OUTSIDE ? -1 : names.find(PROJECT, name);
}

/** Returns the entry with a key such as `node_modules/a/node_modules/b` or `local/dir/node_modules/c`. */
export function entryAt({ list, names }: Nested, key: string): NpmV1Entry | undefined {
  const number = list.folders.find(key, names);
  return number === undefined ? undefined : list.at(number);
}

/** Returns the link to the folder at this path, if any. npm 5 and 6 had no workspaces: links took their place. */
export function linkTo({ list }: Pick<Nested, 'list'>, path: string): NpmV1Entry | undefined {
  const number = list.folders.firstLinkTo(path);
  return number === undefined ? undefined : list.at(number);
}
