import { PARENT, PROJECT } from './nested-fields.ts';
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
  for (let at = from; at !== PROJECT; at = list.fields.get(at, PARENT)) {
    const found = names.find(at, name);
    if (found !== -1) return found;
  }
  return names.find(PROJECT, name);
}

/** The entry of a key such as `node_modules/a/node_modules/b`. */
export function entryAt({ list, names }: Nested, key: string): NpmV1Entry | undefined {
  const start = 'node_modules/';
  if (!key.startsWith(start)) return undefined;
  let entry = PROJECT;
  for (const folder of key.slice(start.length).split('/node_modules/')) {
    entry = names.find(entry, folder);
    if (entry === -1) return undefined;
  }
  return list.at(entry);
}

/** Local folders that the root depends on, by their path. npm 5 and 6 knew no workspaces: these take their place. */
export function linkedFolders({
  entries,
}: Pick<NestedDependencies, 'entries'>): ReadonlyMap<string, NpmV1Entry> {
  const byPath = new Map<string, NpmV1Entry>();
  for (const entry of entries()) {
    if (entry.parent !== undefined || entry.source !== 'directory') continue;
    const path = entry.resolved?.value.replace(/^file:/, '').replace(/^\.\//, '');
    if (path !== undefined) byPath.set(path, entry);
  }
  return byPath;
}
