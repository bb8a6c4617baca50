import type { NpmV1Entry } from './npm-v1-entry.ts';

type Top = ReadonlyMap<string, NpmV1Entry>;

/** What `name` means to the code of `from` (undefined: of the root): what is nested in it, then in what it is in. */
export function resolveNested(top: Top, from: NpmV1Entry | undefined, name: string): NpmV1Entry | undefined {
  for (let at = from; at !== undefined; at = at.parent) {
    const found = at.nested?.get(name);
    if (found !== undefined) return found;
  }
  return top.get(name);
}

/** The entry of a key such as `node_modules/a/node_modules/b`. */
export function entryAt(top: Top, key: string): NpmV1Entry | undefined {
  const start = 'node_modules/';
  if (!key.startsWith(start)) return undefined;
  let level: Top | undefined = top;
  let entry: NpmV1Entry | undefined;
  for (const folder of key.slice(start.length).split('/node_modules/')) {
    entry = level?.get(folder);
    level = entry?.nested;
  }
  return entry;
}

/** Local folders that the root depends on, by their path. npm 5 and 6 knew no workspaces: these take their place. */
export function linkedFolders(top: Top): ReadonlyMap<string, NpmV1Entry> {
  const byPath = new Map<string, NpmV1Entry>();
  for (const entry of top.values()) {
    if (entry.source !== 'directory') continue;
    const path = entry.resolved?.value.replace(/^file:/, '').replace(/^\.\//, '');
    if (path !== undefined) byPath.set(path, entry);
  }
  return byPath;
}
