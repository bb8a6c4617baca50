import { OUTSIDE, PARENT, PROJECT } from './nested-fields.ts';
import type { NpmV1Entry } from './npm-v1-entry.ts';
import type { NestedDependencies } from './read-dependencies.ts';

/** Where entries are looked for. */
export type Nested = Pick<NestedDependencies, 'list' | 'names'>;

/**
 * What `name` means to the code of `from`: what is nested in it, then in what it is in.
 * @param from an entry of these; undefined for the project
 */
export function resolveNested(
  nested: Nested,
  from: NpmV1Entry | undefined,
  name: string,
): NpmV1Entry | undefined {
  const found = numberFor(nested, from?.number ?? PROJECT, name);
  return found === -1 ? undefined : nested.list.at(found);
}

/** The same by numbers: -1 where there is none. */
export function numberFor({ list, names }: Nested, from: number, name: string): number {
  const { fields, folders } = list;
  let at = from === PROJECT ? from : folders.codeOf(from);
  for (; at !== PROJECT && at !== OUTSIDE; at = fields.get(at, PARENT)) {
    const found = names.find(at, name);
    if (found !== -1) return found;
  }
  return at === OUTSIDE ? -1 : names.find(PROJECT, name);
}

/** The entry of a key such as `node_modules/a/node_modules/b` or `local/dir/node_modules/c`. */
export function entryAt({ list, names }: Nested, key: string): NpmV1Entry | undefined {
  const number = list.folders.find(key, names);
  return number === undefined ? undefined : list.at(number);
}

/** The link to the folder of this path, if something links it. npm 5 and 6 knew no workspaces: these take their place. */
export function linkTo({ list }: Pick<Nested, 'list'>, path: string): NpmV1Entry | undefined {
  const number = list.folders.firstLinkTo(path);
  return number === undefined ? undefined : list.at(number);
}
