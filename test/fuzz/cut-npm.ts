import { closureOf, sizeOf } from './closure.ts';
import type { Random } from './random.ts';

interface RawEntry {
  readonly version?: string;
  readonly link?: boolean;
  readonly requires?: Readonly<Record<string, string>> | boolean;
  readonly dependencies?: Readonly<Record<string, RawEntry & string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

interface RawLock {
  readonly packages?: Readonly<Record<string, RawEntry>>;
  readonly dependencies?: Readonly<Record<string, RawEntry>>;
}

/** Returns a package-lock with `packages`, with a few packages of this one, in npm's format. */
export function cutNpmPackages(text: string, random: Random): string {
  const lock = JSON.parse(text.replace(/^\ufeff/, '')) as RawLock;
  const all = lock.packages!;
  const isPackage = (key: string) => key.startsWith('node_modules/') && all[key]!.link !== true;
  const needs = (key: string): readonly string[] => {
    const { dependencies = {}, optionalDependencies = {} } = all[key]!;
    const found = Object.keys({ ...dependencies, ...optionalDependencies }).map((name) =>
      placeOf(all, key, name),
    );
    // The content of a package's own folder is useless without the package.
    const holder = key.lastIndexOf('/node_modules/');
    return [
      ...found.filter((place) => place !== undefined),
      ...(holder === -1 ? [] : [key.slice(0, holder)]),
    ];
  };
  const kept = closureOf(Object.keys(all).filter(isPackage), needs, (key) => sizeOf(all[key]), random);
  const top = Object.keys(all).filter((key) => kept.has(key) && key.lastIndexOf('node_modules/') === 0);
  const names = top.map((key) => key.slice('node_modules/'.length));
  const direct = names.filter(() => random.chance(0.3));
  const packages: Record<string, RawEntry> = {
    '': {
      ...pick(all[''], ['name', 'version']),
      dependencies: Object.fromEntries(direct.map((name) => [name, '*'])) as never,
    },
  };
  for (const key of Object.keys(all)) if (kept.has(key)) packages[key] = all[key]!;
  const legacy = lock.dependencies === undefined ? {} : { dependencies: pick(lock.dependencies, names) };
  return print({ ...lock, packages, ...legacy }, text);
}

/** Returns a package-lock or shrinkwrap with nested `dependencies`, with a few packages of this one. */
export function cutNpmTree(text: string, random: Random): string {
  const lock = JSON.parse(text.replace(/^\ufeff/, '')) as RawLock;
  const all = lock.dependencies!;
  const needs = (name: string): readonly string[] =>
    needsOf(all[name]!).filter((needed) => Object.hasOwn(all, needed));
  const kept = closureOf(Object.keys(all), needs, (name) => sizeOf(all[name]), random);
  return print(
    {
      ...lock,
      dependencies: pick(
        all,
        Object.keys(all).filter((name) => kept.has(name)),
      ),
    },
    text,
  );
}

function needsOf(entry: RawEntry): readonly string[] {
  const own = typeof entry.requires === 'object' ? Object.keys(entry.requires) : [];
  return [...own, ...Object.values(entry.dependencies ?? {}).flatMap((nested) => needsOf(nested))];
}

/** Looks a name up from a folder as Node does. */
function placeOf(all: object, from: string, name: string): string | undefined {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/')))) {
    const place = `${folder === '' ? '' : `${folder}/`}node_modules/${name}`;
    if (!folder.endsWith('node_modules') && Object.hasOwn(all, place)) return place;
    if (folder === '') return undefined;
  }
}

function pick<T>(
  object: Readonly<Record<string, T>> | RawEntry | undefined,
  names: readonly string[],
): Record<string, T> {
  const members = Object.entries((object ?? {}) as Readonly<Record<string, T>>);
  const wanted = new Set(names);
  return Object.fromEntries(members.filter(([name]) => wanted.has(name)));
}

function print(lock: object, original: string): string {
  const indent = /^([ \t]+)"/m.exec(original)?.[1] ?? '  ';
  return `${JSON.stringify(lock, undefined, indent)}\n`;
}
