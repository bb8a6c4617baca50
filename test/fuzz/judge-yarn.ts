import { createRequire } from 'node:module';
import { parseDocument } from 'yaml';
import type { Facts, NoVerdict, Verdict } from './judge.ts';
import { isRawObject, namesIn, objectOf, own, type RawObject, stringOf } from './raw-value.ts';

const classic = createRequire(import.meta.url)('@yarnpkg/lockfile') as {
  parse(text: string): { readonly type: string; readonly object: RawObject };
};

/** Judges with Yarn 1's own parser. */
export function judgeClassic(text: string): Verdict | NoVerdict {
  // Lines with an odd number of spaces stop the parser, even without content.
  const trimmed = text.replace(/^ +#[^\n]*\n?/gm, '').replace(/^ +$/gm, '');
  // If a string is not closed, the parser reads past the end of the text forever, and escapes hide where that is.
  if (text.includes('\\')) return 'unsure';
  const outsideStrings = trimmed.replace(/"[^"\n]*"/g, '').replace(/#[^\n]*/g, '');
  if (outsideStrings.includes('"')) return 'unreadable';
  // It creates plain objects, on which a key of this name sets the prototype.
  if (text.includes('__proto__')) return 'unsure';
  let read: RawObject;
  try {
    const { type, object } = classic.parse(trimmed.endsWith('\n') ? trimmed : `${trimmed}\n`);
    if (type !== 'success') return 'unreadable';
    read = object;
  } catch {
    return 'unreadable';
  }
  const entries = new Map<string, Facts>();
  for (const [key, entry] of Object.entries(read)) {
    if (!isRawObject(entry)) return 'unreadable';
    entries.set(key, {
      version: textOf(own(entry, 'version')),
      resolved: textOf(own(entry, 'resolved')),
      integrity: textOf(own(entry, 'integrity')),
    });
  }
  return { entries, missing: missingIn(read) };
}

/** Judges with a YAML parser, all scalars as texts, as Yarn 2 and later read them. */
export function judgeBerry(text: string): Verdict | NoVerdict {
  if (text.includes('__proto__')) return 'unsure';
  const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: true, logLevel: 'silent' });
  if (document.errors.length > 0) return 'unreadable';
  // Yarn treats a file without entries as one of a new project.
  if (document.contents === null) return { entries: new Map(), missing: [] };
  const read: unknown = document.toJS();
  if (!isRawObject(read)) return 'unreadable';
  const entries = new Map<string, Facts>();
  for (const [key, entry] of Object.entries(read)) {
    if (key === '__metadata') continue;
    const resolution = stringOf(own(objectOf(entry), 'resolution'));
    if (!isRawObject(entry) || resolution === undefined) return 'unreadable';
    const version = stringOf(own(entry, 'version'));
    entries.set(key, { version, resolved: undefined, integrity: undefined });
  }
  return { entries, missing: missingIn(read) };
}

/** Returns names without any entry, the only ones that are certainly missing: `resolutions` choose the version. */
function missingIn(read: RawObject): readonly string[] {
  const names = new Set<string>();
  for (const key of Object.keys(read)) {
    for (const descriptor of key.split(', ')) names.add(descriptor.slice(0, descriptor.indexOf('@', 1)));
  }
  return Object.entries(read).flatMap(([key, entry]) => {
    if (key === '__metadata') return [];
    const optional = objectOf(own(objectOf(entry), 'dependenciesMeta'));
    const mayLack = (name: string) => own(objectOf(own(optional, name)), 'optional') === 'true';
    return namesIn(objectOf(entry), 'dependencies')
      .filter((name) => !names.has(name) && !mayLack(name))
      .map((name) => `${key} needs ${name}`);
  });
}

function textOf(value: unknown): string | undefined {
  return value === undefined ? undefined : String(value);
}
