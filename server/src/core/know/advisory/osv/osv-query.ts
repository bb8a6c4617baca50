import { asObject, asText, type JsonObject, member } from '../../registry/documents/json-value.ts';
import type { PackageVersions } from '../locked-packages.ts';
import { ECOSYSTEM } from './ecosystem.ts';

/** One query to OSV's service. */
export interface OsvQuery {
  readonly name: string;
  readonly version: string;
  /** The token of a further page of its response. */
  readonly page: string | undefined;
}

/** The response to one query: only ids, and a further page if there is one. */
export interface OsvQueryAnswer {
  readonly ids: readonly string[];
  readonly nextPage: string | undefined;
}

/** The limit of the service for one request. */
const MOST_QUERIES = 1_000;
const MAX_IDS = 1_000;
const MAX_ID = 120;
const MAX_PAGE = 2_000;

/** Splits the queries for these versions into batches of the service's size, keeping each package in one batch. */
export function osvBatches(packages: PackageVersions): readonly (readonly OsvQuery[])[] {
  const batches: OsvQuery[][] = [];
  for (const [name, versions] of packages) {
    // Nobody uses so many.
    if (versions.length > MOST_QUERIES) continue;
    const queries = versions.map((version) => ({ name, version, page: undefined }));
    const last = batches.at(-1);
    if (last !== undefined && last.length + queries.length <= MOST_QUERIES) last.push(...queries);
    else batches.push(queries);
  }
  return batches;
}

export function osvQueryBody(queries: readonly OsvQuery[]): string {
  return JSON.stringify({
    queries: queries.map(({ name, version, page }) => ({
      package: { name, ecosystem: ECOSYSTEM },
      version,
      ...(page === undefined ? {} : { page_token: page }),
    })),
  });
}

/** Reads the responses in the order of the queries; undefined unless there is exactly one for each. */
export function readOsvBatch(json: unknown, count: number): readonly OsvQueryAnswer[] | undefined {
  const results = member(asObject(json), 'results');
  if (!Array.isArray(results) || results.length !== count) return undefined;
  const answers = (results as readonly unknown[]).map((each) => readAnswer(each ?? {}));
  return answers.every((answer) => answer !== undefined) ? answers : undefined;
}

function readAnswer(value: unknown): OsvQueryAnswer | undefined {
  const object = asObject(value);
  const vulns = member(object, 'vulns') ?? [];
  if (object === undefined || !Array.isArray(vulns) || vulns.length > MAX_IDS) return undefined;
  const ids = (vulns as readonly unknown[]).map((each) => asText(member(asObject(each), 'id'), MAX_ID));
  if (!ids.every((id) => id !== undefined && /^[\w.:-]+$/.test(id))) return undefined;
  const nextPage = asText(member(object, 'next_page_token'), MAX_PAGE);
  return { ids: ids as string[], nextPage };
}

/** Reduces a record to the fields that are read, and to this one of its packages. */
export function slimRecord(json: unknown, id: string, name: string): JsonObject | undefined {
  const record = asObject(json);
  const affected = member(record, 'affected');
  if (record === undefined || member(record, 'id') !== id || !Array.isArray(affected)) return undefined;
  const isOfPackage = (entry: unknown) => {
    const named = asObject(member(asObject(entry), 'package'));
    return member(named, 'ecosystem') === ECOSYSTEM && member(named, 'name') === name;
  };
  const kept = KEPT.map((key) => [key, member(record, key)] as const);
  const known = kept.filter(([, value]) => value !== undefined);
  return {
    ...Object.fromEntries(known),
    affected: (affected as readonly unknown[]).filter(isOfPackage),
  };
}

const KEPT = [
  'id',
  'aliases',
  'summary',
  'published',
  'modified',
  'withdrawn',
  'severity',
  'database_specific',
];
