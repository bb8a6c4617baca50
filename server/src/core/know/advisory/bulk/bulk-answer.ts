import { asObject, asText, type JsonObject, member } from '../../registry/documents/json-value.ts';
import type { AdvisorySeverity } from '../advisory.ts';

/** What a registry's bulk endpoint says: one range of one advisory, which may have several. */
export interface BulkAdvisory {
  /** GHSA where its address ends with one, else the registry's own number. */
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
 * What the answer says of each name that was asked about; a name that it does not mention has nothing against it. Of
 * names that it says something unreadable of nothing is known: they are left out. Undefined for what is no answer.
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

/** Advisories that nobody asked for; anything else is an error or another service's answer, which is silent on names. */
function isSurplus(list: unknown): boolean {
  return Array.isArray(list) && list.length > 0 && readBulkAdvisories(list) !== undefined;
}

/** The advisories of one package; undefined where one of them cannot be read, as the others are not all then. */
export function readBulkAdvisories(list: unknown): readonly BulkAdvisory[] | undefined {
  if (!Array.isArray(list) || list.length > MAX_OF_A_PACKAGE) return undefined;
  const advisories = (list as readonly unknown[]).map((each) => readAdvisory(asObject(each)));
  return advisories.every((each) => each !== undefined) ? advisories : undefined;
}

/** The same in the shape that registries have, for a cache: it is read back as carefully. */
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

/** In the spelling that GitHub gives them. */
function ghsaOf(url: unknown): string | undefined {
  const found =
    typeof url === 'string' && url.length < 1000 ? /\/ghsa((?:-[0-9a-z]{4}){3})\/?$/i.exec(url) : null;
  return found === null ? undefined : `GHSA${found[1]!.toLowerCase()}`;
}

function numberOf(id: unknown): string | undefined {
  const text = typeof id === 'number' ? String(id) : id;
  return typeof text === 'string' && /^\d{1,15}$/.test(text) ? text : undefined;
}

/** A score of 0 stands where there is none. */
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
