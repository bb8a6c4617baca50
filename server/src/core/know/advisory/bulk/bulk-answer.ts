import { asObject, asText, type JsonObject, member } from '../../registry/documents/json-value.ts';
import type { AdvisorySeverity } from '../advisory.ts';

/** An item in the response of a registry's bulk endpoint: one range of one advisory, which may have several. */
export interface BulkAdvisory {
  /** GHSA if its URL ends with one, otherwise the registry's own number. */
  readonly id: string;
  /** The registry's own number. */
  readonly number: string | undefined;
  readonly title: string | undefined;
  readonly severity: AdvisorySeverity | undefined;
  readonly score: number | undefined;
  readonly cwes: readonly string[];
  readonly range: string;
}

const SEVERITIES: readonly AdvisorySeverity[] = ['info', 'low', 'moderate', 'high', 'critical'];
const MAX_OF_A_PACKAGE = 500;
const MAX_TITLE = 300;
const MAX_RANGE = 4_000;
const MAX_CWES = 20;

/**
 * Reads the response for each requested name; a name that it does not mention has no advisories. Names with unreadable
 * advisories are skipped, because their state is unknown. Undefined for an invalid response.
 */
export function readBulkAnswer(
  json: unknown,
  asked: readonly string[],
): ReadonlyMap<string, readonly BulkAdvisory[]> | undefined {
  const answer = asObject(json);
  if (answer === undefined) return undefined;
  const names = new Set(asked);
  for (const name of Object.keys(answer)) {
    if (!names.has(name) && !isSurplus(member(answer, name))) return undefined;
  }
  const known = new Map<string, readonly BulkAdvisory[]>();
  for (const name of asked) {
    const advisories = readBulkAdvisories(member(answer, name) ?? []);
    if (advisories !== undefined) known.set(name, advisories);
  }
  return known;
}

/**
 * Checks for advisories that were not requested; anything else is an error or another service's response, which says
 * nothing on names.
 */
function isSurplus(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0 && readBulkAdvisories(list) !== undefined;
}

/**
 * Reads the advisories of one package; undefined if one of them is unreadable, because the rest would be incomplete.
 */
export function readBulkAdvisories(list: unknown): readonly BulkAdvisory[] | undefined {
  if (!Array.isArray(list) || list.length > MAX_OF_A_PACKAGE) return undefined;
  const advisories = (list as readonly unknown[]).map((each) => readAdvisory(asObject(each)));
  return advisories.every((each) => each !== undefined) ? advisories : undefined;
}

/** Converts it back to the format of registries, for a cache: it is read back with the same care. */
export function bulkToRecord({ id, number, title, severity, score, cwes, range }: BulkAdvisory): object {
  const url = id === number ? null : `/${id}`;
  return { id: number, url, title, severity, cwe: cwes, cvss: { score }, vulnerable_versions: range };
}

function readAdvisory(entry: JsonObject | undefined): BulkAdvisory | undefined {
  if (entry === undefined) return undefined;
  const number = numberOf(member(entry, 'id'));
  const id = ghsaOf(member(entry, 'url')) ?? number;
  if (id === undefined) return undefined;
  const severity = member(entry, 'severity');
  const range = member(entry, 'vulnerable_versions') ?? '*';
  if (typeof range !== 'string' || range.length > MAX_RANGE) return undefined;
  return {
    id,
    number,
    title: asText(member(entry, 'title'), MAX_TITLE, true),
    severity: SEVERITIES.find((each) => each === severity),
    score: scoreOf(member(asObject(member(entry, 'cvss')), 'score')),
    cwes: cwesOf(member(entry, 'cwe')),
    range: range.trim() === '' ? '*' : range,
  };
}

/** Returns the id as GitHub spells it. */
function ghsaOf(url: unknown): string | undefined {
  const found =
    typeof url === 'string' && url.length < 1000 ? /\/ghsa((?:-[0-9a-z]{4}){3})\/?$/i.exec(url) : null;
  return found === null ? undefined : `GHSA${found[1]!.toLowerCase()}`;
}

function numberOf(id: unknown): string | undefined {
  const text = typeof id === 'number' ? String(id) : id;
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? text : undefined;
}

/** A missing score is written as 0. */
function scoreOf(score: unknown): number | undefined {
  return typeof score === 'number' && score > 0 && score <= 10 ? score : undefined;
}

function cwesOf(list: unknown): readonly string[] {
  if (!Array.isArray(list)) return [];
  const cwes = (list as readonly unknown[]).filter(
    (each) => typeof each === 'string' && /^CWE-\d{1,6}$/.test(each),
  );
  return [...new Set(cwes.slice(0, MAX_CWES) as string[])];
}
