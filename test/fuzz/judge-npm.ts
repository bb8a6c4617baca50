import type { Facts, NoVerdict, Verdict } from './judge.ts';
import { isRawObject, namesIn, objectOf, own, type RawObject, stringOf } from './raw-value.ts';

/** Judges with `JSON.parse`, which npm itself uses: a lockfile with `packages`. */
export function judgeNpmPackages(text: string): Verdict | NoVerdict {
  const lock = parse(text);
  const packages = own(objectOf(lock), 'packages');
  // npm reads nested dependencies if there is nothing else, in files of later versions too.
  if (isRawObject(lock) && packages === undefined && isRawObject(own(lock, 'dependencies')))
    return judgeNpmTree(text);
  if (!isRawObject(lock) || !isRawObject(packages)) return 'unreadable';
  const entries = new Map<string, Facts>();
  const missing: string[] = [];
  for (const [key, entry] of Object.entries(packages)) {
    if (!isRawObject(entry)) return 'unreadable';
    const facts = factsOf(entry);
    if (facts === undefined) return 'unreadable';
    entries.set(key, facts);
    for (const name of neededBy(packages, key, entry)) missing.push(`${key} needs ${name}`);
  }
  return { entries, missing };
}

/** Judges with `JSON.parse`: a lockfile with nested `dependencies` alone. */
export function judgeNpmTree(text: string): Verdict | NoVerdict {
  const lock = parse(text);
  if (!isRawObject(lock)) return 'unreadable';
  const entries = new Map<string, Facts>();
  const missing: string[] = [];
  let isWhole = true;
  const walk = (holder: RawObject, path: string, around: readonly RawObject[]) => {
    const dependencies = own(holder, 'dependencies');
    if (dependencies === undefined || dependencies === null || dependencies === false) return;
    if (!isRawObject(dependencies)) isWhole = false;
    const levels = [...around, objectOf(dependencies)];
    for (const [name, entry] of Object.entries(objectOf(dependencies))) {
      const facts = isRawObject(entry) ? factsOf(entry) : undefined;
      if (!isRawObject(entry) || facts === undefined) {
        isWhole = false;
        continue;
      }
      const key = `${path}node_modules/${name}`;
      entries.set(key, facts);
      const inside = [...levels, objectOf(own(entry, 'dependencies'))];
      const isDoubtful = own(entry, 'optional') === true || own(entry, 'bundled') === true;
      for (const needed of isDoubtful ? [] : namesIn(entry, 'requires')) {
        if (!inside.some((level) => Object.hasOwn(level, needed))) missing.push(`${key} needs ${needed}`);
      }
      walk(entry, `${key}/`, levels);
    }
  };
  walk(lock, '', []);
  return isWhole ? { entries, missing } : 'unreadable';
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined;
  }
}

/** Returns undefined for an entry with another type in place of a string. */
function factsOf(entry: RawObject): Facts | undefined {
  const fields = ['version', 'resolved', 'integrity'].map((name) => own(entry, name));
  const isText = (value: unknown) =>
    typeof value === 'string' || value === undefined || value === null || value === false;
  if (!fields.every(isText)) return undefined;
  const [version, resolved, integrity] = fields.map((value) => stringOf(value));
  return { version, resolved, integrity };
}

/**
 * Returns names that the entry's folder must see, and does not. npm skips what is optional, a peer, bundled
 * or extraneous.
 */
function neededBy(packages: RawObject, key: string, entry: RawObject): readonly string[] {
  const isMember = !/(?:^|\/)node_modules\//.test(key);
  const isDoubtful = ['link', 'inBundle', 'extraneous', 'hasShrinkwrap'].some(
    (flag) => own(entry, flag) === true,
  );
  if (isDoubtful || key.startsWith('..') || isBelowShrinkwrap(packages, key)) return [];
  const names = namesIn(entry, 'dependencies', ...(isMember ? ['devDependencies'] : []));
  const mayLack = new Set(namesIn(entry, 'optionalDependencies', 'peerDependencies'));
  const bundled = own(entry, 'bundleDependencies');
  if (Array.isArray(bundled)) for (const name of bundled) mayLack.add(String(name));
  if (bundled === true) return [];
  return names.filter((name) => !mayLack.has(name) && !isSeen(packages, key, name));
}

function isBelowShrinkwrap(packages: RawObject, key: string): boolean {
  for (
    let end = key.lastIndexOf('/node_modules/');
    end > 0;
    end = key.lastIndexOf('/node_modules/', end - 1)
  ) {
    if (own(objectOf(own(packages, key.slice(0, end))), 'hasShrinkwrap') === true) return true;
  }
  return false;
}

function isSeen(packages: RawObject, from: string, name: string): boolean {
  const segments = from === '' ? [] : from.split('/');
  for (let length = segments.length; length >= 0; length--) {
    if (segments[length - 1] === 'node_modules') continue;
    if (Object.hasOwn(packages, [...segments.slice(0, length), 'node_modules', name].join('/'))) return true;
  }
  return false;
}
