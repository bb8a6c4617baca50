import type { LockEntry } from '../lockfile/model/lockfile.ts';

/** A folder: its entry, the contents of its node_modules by name, and the folders below it. */
export interface Scope {
  /** The entry installed here. */
  entry: LockEntry | undefined;
  /** What importing its name resolves to: the same entry, or the target of a link. */
  meaning: LockEntry | undefined;
  inside: Map<string, Scope> | undefined;
  folders: Map<string, Scope> | undefined;
}

function emptyScope(): Scope {
  return { entry: undefined, meaning: undefined, inside: undefined, folders: undefined };
}

/** Returns the scope of a name in the node_modules of `scope`, adding it if needed. */
export function scopeInside(scope: Scope, name: string): Scope {
  scope.inside ??= new Map();
  return childIn(scope.inside, name);
}

/**
 * Folders by their paths relative to the lockfile's directory, as a forest: no folder outside of that directory is
 * above one inside, and `../` is not above `../../`. Absolute paths are outside.
 */
export class ScopeForest {
  readonly #roots = new Map<string, Scope>();

  get roots(): Iterable<Scope> {
    return this.#roots.values();
  }

  /** Places the entry in the folder at this path. */
  add(path: string, entry: LockEntry): void {
    const scope = this.at(path);
    scope.entry = entry;
    scope.meaning = entry;
  }

  /** Links the name of this path in a node_modules to another folder. */
  addLink(path: string, target: LockEntry): void {
    this.at(path).meaning = target;
  }

  /** Returns the scope of the folder at this path, adding it if needed. */
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
 * Visits every entry below `root` with what names resolve to in its code, as Node looks them up: in its own
 * node_modules, then in those of the enclosing folders. Linear in folders and lookups at any depth, because the nearest
 * meaning of each name is tracked while the walk descends and returns.
 */
export function visitScopes(
  root: Scope,
  visit: (entry: LockEntry, resolve: (name: string) => LockEntry | undefined) => void,
): void {
  const meanings = new Map<string, LockEntry[]>();
  const resolve = (name: string) => meanings.get(name)?.at(-1);
  /** Scopes to enter; undefined means leaving the one on top of `open`. */
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
