import { createRequire } from 'node:module';
import { parseDocument } from 'yaml';
import type { YarnLockEntry } from '../../../../server/src/core/read/lockfile/yarn/yarn-lockfile.ts';

/** A yarn.lock as another parser reads it: a value of text for each field, or texts below it, by key. */
export type OracleLock = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

const classic = createRequire(import.meta.url)('@yarnpkg/lockfile') as {
  parse(text: string): { readonly type: string; readonly object: OracleLock };
};

/** By Yarn 1's own parser: an entry for each declaration; undefined where it reads none or two sides of a conflict. */
export function classicOracle(text: string): OracleLock | undefined {
  // Lines of an odd number of spaces stop the parser, though there is nothing to read in them.
  const trimmed = text.replace(/^ +#.*\n?/gm, '').replace(/^ +$/gm, '');
  // Where a string is not closed, the parser reads behind its text's end for ever.
  const withoutStrings = trimmed.replace(/"[^"\n]*"/g, '').replace(/#.*$/gm, '');
  if (withoutStrings.includes('"') || text.includes('\\')) return undefined;
  try {
    const { type, object } = classic.parse(trimmed.endsWith('\n') ? trimmed : `${trimmed}\n`);
    return type === 'success' ? object : undefined;
  } catch {
    return undefined;
  }
}

/** By a parser of YAML, all scalars as texts, as Yarn reads them; undefined where it finds an error. */
export function berryOracle(text: string): OracleLock | undefined {
  const document = parseDocument(text, { schema: 'failsafe', uniqueKeys: true });
  if (document.errors.length > 0) return undefined;
  // Yarn takes a file without entries as one of a project that begins.
  if (document.contents === null) return {};
  const read: unknown = document.toJS();
  return typeof read === 'object' && read !== null ? (read as OracleLock) : undefined;
}

const SECTIONS = ['dependencies', 'optionalDependencies', 'peerDependencies'] as const;

/** What an entry declares, by section, in the shape of a lockfile's text. */
export function declaredBy(entry: YarnLockEntry, isBerry: boolean): Readonly<Record<string, unknown>> {
  const declared: Record<string, Record<string, string>> = {};
  for (const { section, name, specifier } of entry.edges) {
    // Yarn 2 and later keep optional dependencies among the others.
    const block = isBerry && section === 'optionalDependencies' ? 'dependencies' : section;
    declared[block] ??= Object.create(null) as Record<string, string>;
    declared[block][name] = specifier.value;
  }
  return Object.fromEntries(SECTIONS.map((section) => [section, { ...declared[section] }]));
}

/** The same of what another parser read. */
export function declaredIn(read: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    SECTIONS.map((section) => [section, { ...(read[section] as object | undefined) }]),
  );
}
