import type { LockEntry } from '../lockfile/model/lockfile.ts';

/** A folder: what it is, what lies in its node_modules by name, and folders below it. */
export interface Scope {
  /** What is installed here. */
  entry: LockEntry | undefined;
  /** What importing its name leads to: the same, or what a link here links. */
  meaning: LockEntry | undefined;
  inside: Map<string, Scope> | undefined;
  folders: Map<string, Scope> | undefined;
}

function emptyScope(): Scope {
  return { entry: undefined, meaning: undefined, inside: undefined, folders: undefined };
}

/** The scope of a name in the node_modules of `scope`, added where it is not there. */
export function scopeInside(scope: Scope, name: string): Scope {
  scope.inside ??= new Map();
  return childIn(scope.inside, name);
}

/**
 * Folders by their paths relative to the lockfile's directory, as a forest: no folder outside of that directory is above
 * one inside, and what lies in `../` is not above what lies in `../../`. Absolute paths are outside.
 */
export class ScopeForest {
  readonly #roots = new Map<string, Scope>();

  get roots(): Iterable<Scope> {
    return this.#roots.values();
  }

  /** Puts the entry in the folder of this path. */
  add(path: string, entry: LockEntry): void {
    const scope = this.at(path);
    scope.entry = entry;
    scope.meaning = entry;
  }

  /** Lets the name of this path in a node_modules lead to what is in another folder. */
  addLink(path: string, target: LockEntry): void {
    this.at(path).meaning = target;
  }

  /** The scope of the folder of this path, added where it is not there. */
  at(path: string): Scope {
    const segments = path === '' ? [] : path.split('/');
    let next = 0;
    while (segments[next] === '..') next++;
    if (/^(?:\/|~\/|[a-z]:)/i.test(path)) next = 1;
    let scope = childIn(this.#roots, segments.slice(0, next).join('/') || path.slice(0, next));
    while (next < segments.length) {
      const segment = segments[next++]!;
      if (segment !== 'node_modules' || next === segments.length) {
        scope.folders ??= new Map();
        scope = childIn(scope.folders, segment);
        continue;
      }
      let name = segments[next++]!;
      if (name.startsWith('@') && next < segments.length) name += `/${segments[next++]}`;
      scope = scopeInside(scope, name);
    }
    return scope;
  }
}

function childIn(children: Map<string, Scope>, name: string): Scope {
  let child = children.get(name);
  if (child === undefined) {
    child = emptyScope();
    children.set(name, child);
  }
  return child;
}

/**
 * Visits every entry below `root` with what names mean to its code, as Node looks them up: in its own node_modules, then
 * in those of the folders around it. Linear in folders and questions, however deep the folders are, as each name's
 * nearest meaning is kept while the walk goes down and up.
 */
export function visitScopes(
  root: Scope,
  visit: (entry: LockEntry, resolve: (name: string) => LockEntry | undefined) => void,
): void {
  const meanings = new Map<string, LockEntry[]>();
  const resolve = (name: string) => meanings.get(name)?.at(-1);
  /** Scopes to enter; undefined stands for leaving the one on top of `open`. */
  const waiting: (Scope | undefined)[] = [root];
  const open: Scope[] = [];
  while (waiting.length > 0) {
    const scope = waiting.pop();
    if (scope === undefined) {
      for (const [name, { meaning }] of open.pop()?.inside ?? [])
        if (meaning !== undefined) meanings.get(name)?.pop();
      continue;
    }
    for (const [name, { meaning }] of scope.inside ?? []) {
      if (meaning === undefined) continue;
      const known = meanings.get(name);
      if (known === undefined) meanings.set(name, [meaning]);
      else known.push(meaning);
    }
    if (scope.entry !== undefined) visit(scope.entry, resolve);
    open.push(scope);
    waiting.push(undefined);
    for (const child of scope.inside?.values() ?? []) waiting.push(child);
    for (const child of scope.folders?.values() ?? []) waiting.push(child);
  }
}
