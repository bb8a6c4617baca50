import { createRequire } from 'node:module';
import { parseDocument } from 'yaml';
import type { YarnLockEntry } from '../../../../server/src/core/read/lockfile/yarn/yarn-lockfile.ts';

/** A yarn.lock as read by another parser: a text for each field, or texts below it, by key. */
export type OracleLock = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const classic = createRequire(import.meta.url)('@yarnpkg/lockfile') as {
  parse(text: string): { readonly type: string; readonly object: OracleLock };
};

/**
 * Parses with Yarn 1's own parser: an entry for each declaration; undefined if it fails or finds two sides
 * of a conflict.
 */
export function classicOracle(text: string): OracleLock | undefined {
  // Lines with an odd number of spaces stop the parser, even without content.
  const trimmed = text.replace(/^ +#.*\n?/gm, '').replace(/^ +$/gm, '');
  // If a string is not closed, the parser reads past the end of the text forever.
  const withoutStrings = trimmed.replace(/"[^"\n]*"/g, '').replace(/#.*$/gm, '');
  if (withoutStrings.includes('"') || text.includes('\\')) return undefined;
  try {
    const { type, object } = classic.parse(trimmed.endsWith('\n') ? trimmed : `${trimmed}\n`);
    return type === 'success' ? object : undefined;
  } catch {
    return undefined;
  }
}

/** Parses with a YAML parser, all scalars as texts, as Yarn does; undefined if it reports an error. */
export function berryOracle(text: string): OracleLock | undefined {
  const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: true });
  if (document.errors.length > 0) return undefined;
  // Yarn treats a file without entries as one of a new project.
  if (document.contents === null) return {};
  const read: unknown = document.toJS();
  return typeof read === 'object' && read !== null ? (read as OracleLock) : undefined;
}

const SECTIONS = ['dependencies', 'optionalDependencies', 'peerDependencies'] as const;

/** Returns an entry's declarations, by section, in the form of a lockfile's text. */
export function declaredBy(entry: YarnLockEntry, isBerry: boolean): Readonly<Record<string, unknown>> {
  const declared: Record<string, Record<string, string>> = {};
  for (const { section, name, specifier } of entry.edges) {
    // Yarn 2 and later list optional dependencies among the others.
    const block = isBerry && section === 'optionalDependencies' ? 'dependencies' : section;
    declared[block] ??= Object.create(null) as Record<string, string>;
    declared[block][name] = specifier.value;
  }
  return Object.fromEntries(SECTIONS.map((section) => [section, { ...declared[section] }]));
}

/** Returns the same for the result of another parser. */
export function declaredIn(read: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    SECTIONS.map((section) => [section, { ...(read[section] as object | undefined) }]),
  );
}
