import type { SyntaxNode } from '../../../read/source/syntax.ts';
import { findFile, isRelative, relativePath } from '../source-files.ts';
import type { Exports } from './exports.ts';
import { memberOf } from './member-of.ts';
import { MOST_VALUES, type Scope } from './scope.ts';
import type { Scoped } from './scopes.ts';
import { either, type FunctionNode, type Place, UNKNOWN, type Value } from './value.ts';

/** A file of a program with its names and what others get from it. */
export interface SourceModule extends Scoped {
  readonly path: string;
  readonly exports: Exports;
}

interface Tools {
  value(node: SyntaxNode, scope: Scope, depth: number): Value;
  returnOf(fn: FunctionNode, depth: number): Value;
  /** Returns a member of a class or file that has a `this`. */
  memberOfSelf(self: SyntaxNode, name: string, depth: number): Value | undefined;
}

export interface Files {
  /** Returns what `require` gives for a specifier in a file; undefined if it means no file of the program. */
  loaded(from: string, specifier: string, depth: number): Value | undefined;
  /** Returns what an import of a name gives, or of the whole if there is none. */
  imported(from: string, specifier: string, name: string, depth: number): Value | undefined;
  /** Returns the member of a value that has a name, also of a file of the program. */
  memberIn(object: Value, name: string, depth: number): Value;
  /** Returns all that a value has by names, also of a file of the program. */
  membersOf(object: Value, depth: number): ReadonlyMap<string, Value> | undefined;
  /** Adds to what a file exports by a name. */
  addExport(path: string, name: string, place: Place<Scope>): void;
  forget(): void;
}

/** Files that only export others may be many. */
const DEEPEST = 60;
/** What begins the paths of values that are files of the program. */
const FILE = 'file:';
/** The names that are read of a file whose exports another one spreads. */
const MOST_NAMES = 100;

/** Returns the path of the file that a value is. */
export function pathOf({ ref }: Value): string | undefined {
  return ref?.startsWith(FILE) === true ? ref.slice(FILE.length) : undefined;
}

/** Checks for what the program made itself. */
export function isOwn({ ref }: Value): boolean {
  return ref === undefined || ref.startsWith(FILE);
}

/** Creates a reader of what the files of a program get from each other. */
export function createFiles(
  modules: ReadonlyMap<string, SourceModule>,
  { value, returnOf, memberOfSelf }: Tools,
): Files {
  let known = new Map<string, Value>();

  function fileOf(from: string, specifier: string): string | undefined {
    return isRelative(specifier)
      ? findFile(relativePath(from, specifier), (path) => modules.has(path))
      : undefined;
  }

  function wholeOf(path: string, depth: number): Value {
    const whole = exported(path, 'default', depth);
    return { ...whole, ref: whole.ref ?? `${FILE}${path}` };
  }

  /** Returns what a file exports by a name. */
  function exported(path: string, name: string, depth: number): Value {
    const key = `${path}\n${name}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    if (depth > DEEPEST) return UNKNOWN;
    // Files that load each other have nothing more at that time.
    known.set(key, UNKNOWN);
    const made = computed(path, name, depth + 1);
    known.set(key, made);
    return made;
  }

  function computed(path: string, name: string, depth: number): Value {
    const { named, all, added } = modules.get(path)!.exports;
    let found: Value = UNKNOWN;
    for (const one of [...(named.get(name) ?? []), ...(added.get(name) ?? [])].slice(0, MOST_VALUES)) {
      if ('from' in one) {
        found = either(found, imported(path, one.from, one.name, depth) ?? UNKNOWN);
        continue;
      }
      const own = value(one.node, one.scope, depth);
      const isGetter = one.isGetter === true && own.fn !== undefined;
      found = either(found, isGetter ? returnOf(own.fn!, depth) : own);
    }
    if (found !== UNKNOWN || name === 'default') return found;
    const whole = exported(path, 'default', depth);
    if (whole !== UNKNOWN) found = memberIn(whole, name, depth);
    for (const specifier of found === UNKNOWN ? all : []) {
      const file = fileOf(path, specifier);
      if (file !== undefined) found = either(found, exported(file, name, depth));
    }
    return found;
  }

  function imported(from: string, specifier: string, name: string, depth: number): Value | undefined {
    const file = fileOf(from, specifier);
    if (file === undefined) return undefined;
    return name === '' ? wholeOf(file, depth) : exported(file, name, depth);
  }

  function memberIn(object: Value, name: string, depth: number): Value {
    if (object.ref?.startsWith(FILE) !== true) {
      const own =
        object.self && !object.members?.has(name) ? memberOfSelf(object.self, name, depth) : undefined;
      return own ?? memberOf(object, name);
    }
    const path = object.ref.slice(FILE.length);
    if (!modules.has(path)) return UNKNOWN;
    const found = exported(path, name, depth);
    return found === UNKNOWN && name === 'default' ? object : found;
  }

  function membersOf(object: Value, depth: number): ReadonlyMap<string, Value> | undefined {
    const exports = modules.get(pathOf(object) ?? '')?.exports;
    if (exports === undefined) return object.members;
    const names = [...exports.named.keys()].filter((name) => name !== 'default').slice(0, MOST_NAMES);
    return new Map([
      ...(object.members ?? []),
      ...names.map((name) => [name, memberIn(object, name, depth)] as const),
    ]);
  }

  return {
    membersOf,
    addExport(path, name, place) {
      const { added } = modules.get(path)!.exports;
      added.set(name, [...(added.get(name) ?? []), place]);
    },
    loaded: (from, specifier, depth) => imported(from, specifier, '', depth),
    imported,
    memberIn,
    forget() {
      known = new Map();
    },
  };
}
