import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Real records and tables beside the checkout, see the README.md there. */
export const DATA: string = join(import.meta.dirname, '../../../shared/data');

/** The parts of a record that the oracle uses. The data is known to be well-formed. */
export interface OsvRecord {
  readonly id: string;
  readonly aliases?: readonly string[];
  readonly withdrawn?: string;
  readonly summary: string;
  readonly affected: readonly OsvAffected[];
  readonly database_specific: {
    readonly severity: string | null;
    readonly cwe_ids?: readonly string[];
    readonly github_reviewed?: boolean;
  };
}

export interface OsvAffected {
  readonly package: { readonly name: string };
  readonly ranges?: readonly { readonly events: readonly Readonly<Record<string, string>>[] }[];
  readonly versions?: readonly string[];
  readonly database_specific?: { readonly upper_bound?: string };
}

/** Returns no records if the data is missing: then nothing is checked. */
export function advisoryRecords(): readonly OsvRecord[] {
  return ['advisories-npm.ndjson.gz', 'malware-osv-npm.ndjson.gz'].flatMap((name) =>
    linesOf(name).map((line) => JSON.parse(line) as OsvRecord),
  );
}

/** Returns the rows of a table without its first line, by column. */
export function tableRows(name: string): readonly (readonly string[])[] {
  return linesOf(name)
    .slice(1)
    .map((line) => line.split('\t'));
}

function linesOf(name: string): readonly string[] {
  const path = join(DATA, name);
  if (!existsSync(path)) return [];
  const bytes = readFileSync(path);
  const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text.trimEnd().split('\n');
}
