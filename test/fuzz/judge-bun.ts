import { type ParseError, parse } from 'jsonc-parser';
import type { Facts, NoVerdict, Verdict } from './judge.ts';
import { isRawObject, namesIn, objectOf, own, type RawObject, stringOf } from './raw-value.ts';

/** Judges with jsonc-parser, as VS Code reads JSON with comments. */
export function judgeBun(text: string): Verdict | NoVerdict {
  // It creates plain objects, on which a key of this name sets the prototype.
  if (/__proto__|\\/.test(text)) return 'unsure';
  const errors: ParseError[] = [];
  const lock: unknown = parse(text, errors, { allowTrailingComma: true });
  if (errors.length > 0 || !isRawObject(lock)) return 'unreadable';
  const packages = objectOf(own(lock, 'packages'));
  const entries = new Map<string, Facts>();
  const missing: string[] = [];
  for (const [key, tuple] of Object.entries(packages)) {
    const facts = factsOf(tuple);
    if (facts === undefined) return 'unreadable';
    entries.set(key, facts);
    const info = objectOf((tuple as readonly unknown[]).find(isRawObject));
    if (own(info, 'bundled') === true) continue;
    for (const name of neededBy(info, 'dependencies')) {
      if (!isSeen(packages, key, name)) missing.push(`${key} needs ${name}`);
    }
  }
  const workspaces = objectOf(own(lock, 'workspaces'));
  for (const [path, member] of Object.entries(workspaces)) {
    const folder = path === '' ? '' : (stringOf(own(objectOf(member), 'name')) ?? '');
    for (const name of neededBy(objectOf(member), 'dependencies', 'devDependencies')) {
      if (!isSeen(packages, folder, name)) missing.push(`"${path}" needs ${name}`);
    }
  }
  return { entries, missing };
}

function neededBy(holder: RawObject, ...sections: readonly string[]): readonly string[] {
  const mayLack = new Set(namesIn(holder, 'optionalDependencies', 'peerDependencies'));
  return namesIn(holder, ...sections).filter((name) => !mayLack.has(name));
}

function factsOf(tuple: unknown): Facts | undefined {
  const specifier = Array.isArray(tuple) ? stringOf(tuple[0]) : undefined;
  if (!Array.isArray(tuple) || specifier === undefined) return undefined;
  const behindName = specifier.slice(specifier.indexOf('@', 1) + 1);
  const isRegistry = tuple.length === 4 && /^\d/.test(behindName) && typeof tuple[1] === 'string';
  return {
    version: isRegistry ? behindName : undefined,
    resolved: isRegistry ? stringOf(tuple[1]) || undefined : behindName,
    integrity: isRegistry ? stringOf(tuple[3]) || undefined : undefined,
  };
}

function isSeen(packages: RawObject, from: string, name: string): boolean {
  const names = from === '' ? [] : (from.match(/(?:^|(?<=\/))(?:@[^/]*\/)?[^/]*/g) ?? []);
  for (let length = names.length; length >= 0; length--) {
    if (Object.hasOwn(packages, [...names.slice(0, length), name].join('/'))) return true;
  }
  return false;
}
