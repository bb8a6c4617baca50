import { parseAllDocuments } from 'yaml';
import type { Facts, NoVerdict, Verdict } from './judge.ts';
import { isRawObject, objectOf, own, type RawObject, stringOf } from './raw-value.ts';

/** Judges with a YAML parser, all scalars as texts; keys of later documents are prefixed with their number. */
export function judgePnpm(text: string): Verdict | NoVerdict {
  if (text.includes('__proto__')) return 'unsure';
  const documents = parseAllDocuments(text, { schema: 'failsafe', uniqueKeys: true, logLevel: 'silent' });
  if (!Array.isArray(documents)) return 'unreadable';
  const entries = new Map<string, Facts>();
  const missing: string[] = [];
  for (const [index, document] of documents.entries()) {
    if (document.errors.length > 0) return 'unreadable';
    const read: unknown = document.toJS();
    if (!isRawObject(read)) return 'unreadable';
    const packages = own(read, 'packages');
    if (packages !== undefined && !isRawObject(packages)) return 'unreadable';
    for (const [key, entry] of Object.entries(objectOf(packages))) {
      if (!isRawObject(entry)) return 'unreadable';
      const resolution = objectOf(own(entry, 'resolution'));
      const integrity = stringOf(own(resolution, 'integrity'));
      entries.set(`${index} ${key}`, { version: undefined, resolved: undefined, integrity });
    }
    missing.push(...missingIn(read));
  }
  return { entries, missing };
}

/** Returns missing packages that snapshots name. */
function missingIn(document: RawObject): readonly string[] {
  const snapshots = own(document, 'snapshots');
  if (!isRawObject(snapshots)) return [];
  const missing: string[] = [];
  for (const [key, snapshot] of Object.entries(snapshots)) {
    const dependencies = objectOf(own(objectOf(snapshot), 'dependencies'));
    for (const [name, version] of Object.entries(dependencies)) {
      const reference = stringOf(version) ?? '';
      if (reference.startsWith('link:')) continue;
      if (!Object.hasOwn(snapshots, `${name}@${reference}`) && !Object.hasOwn(snapshots, reference)) {
        missing.push(`${key} needs ${name}`);
      }
    }
  }
  return missing;
}
