import { stat } from 'node:fs/promises';
import type { Advisory } from '../../core/know/advisory/advisory.ts';
import type { AdvisoryIndex } from '../../core/know/advisory/advisory-index.ts';
import { openIndex } from '../../core/know/advisory/open-index.ts';
import { readOsv } from '../../core/know/advisory/osv/read-osv.ts';
import { advisoryOf } from '../../core/know/advisory/reports/reported-advisory.ts';
import {
  type BadClaim,
  type BadKind,
  type BadVersions,
  claimOfAdvisory,
  claimOfRow,
  collectClaims,
  isVersionRange,
} from '../../core/know/incident/bad-versions.ts';
import { readIncidentJson } from '../../core/know/incident/read-incident-json.ts';
import { readIncidentRows } from '../../core/know/incident/read-incident-rows.ts';
import { parseJson } from '../../core/know/registry/documents/document-kind.ts';
import { readPackageQuery } from '../../core/read/graph/find-nodes.ts';
import { namesAndMore } from '../../core/read/text/words/words.ts';
import { zlib } from '../builtin-on-demand.ts';
import { reasonOf } from '../files/file-problem.ts';
import { readBounded } from '../files/read-bounded.ts';

/** Why a question cannot be answered, with the next step: one sentence. */
export class QuestionProblem extends Error {}

const MAX_FILE = 256 * 1024 * 1024;
const MAX_TEXT = 400 * 1024 * 1024;
/** The prefix of ids of campaigns in the bundled data. */
const CAMPAIGN = 'INCIDENT-';

/**
 * Reads which versions are asked about: a file, an id or the name of an incident, or a package with its versions.
 * @param indexes the advisories on this machine, opened when they are needed
 */
export async function readQuestion(
  typed: string,
  indexes: () => readonly AdvisoryIndex[],
): Promise<BadVersions> {
  if (/[\\/.]/.test(typed) && (await isFile(typed))) return readFile(typed);
  const malware = malwareIn(typed, indexes);
  if (malware.length > 0) return { label: typed, claims: new Map([[typed, malware]]), unread: [] };
  const byId = claimsOfId(typed, indexes);
  if (byId.size > 0) return { label: typed, claims: byId, unread: [] };
  if (/^(?:GHSA|CVE|MAL|INCIDENT)-/i.test(typed))
    throw new QuestionProblem(
      `no record ${typed} is on this machine; give its OSV file, or run "dephygiene db update".`,
    );
  return questionOfPackage(typed, indexes);
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() === true;
}

/** Finds all packages of the records with this id, or of the campaign with this name. */
function claimsOfId(typed: string, indexes: () => readonly AdvisoryIndex[]): BadVersions['claims'] {
  if (!/^[\w.-]+$/.test(typed)) return new Map();
  const wanted = new Set([typed.toUpperCase(), `${CAMPAIGN}${typed}`.toUpperCase()]);
  const isWanted = ({ id, aliases }: Advisory) =>
    wanted.has(id.toUpperCase()) || aliases.some((alias) => wanted.has(alias.toUpperCase()));
  return collectClaims(
    indexes().flatMap((index) =>
      [...index.names()].flatMap((name) =>
        index
          .of(name)
          .filter(isWanted)
          .map((advisory) => [name, claimOfAdvisory(advisory)] as const),
      ),
    ),
  );
}

/** Returns the known malware in versions of a package. */
function malwareIn(name: string, indexes: () => readonly AdvisoryIndex[]): readonly BadClaim[] {
  // With a version, nothing has to be looked up.
  if (name.includes('@', 1)) return [];
  return indexes().flatMap((index) =>
    index
      .of(name)
      .filter(({ isMalware }) => isMalware)
      .map(claimOfAdvisory),
  );
}

function questionOfPackage(typed: string, indexes: () => readonly AdvisoryIndex[]): BadVersions {
  const listed = ofTypedList(typed, indexes);
  if (listed !== undefined) return { label: typed, claims: collectClaims(listed), unread: [] };
  const query = readPackageQuery(typed);
  if (query === undefined || /[\s:]/.test(query.name))
    throw new QuestionProblem(
      `${typed} is not a package, id or file; give name@range, such as "axios@1.14.1".`,
    );
  const { name, version } = query;
  if (version !== undefined) {
    if (!isVersionRange(version))
      throw new QuestionProblem(`${version} is not a version or range; give one such as "${name}@1.2.3".`);
    const facts = { ids: [], reported: undefined, published: undefined, removed: undefined };
    const claim = claimOfRow({ name, versions: [version], ...facts }, (hit) => kindOf(name, hit, indexes()));
    return { label: typed, claims: new Map([[name, [claim]]]), unread: [] };
  }
  if (/[\\/]$|^[.~]|^(?!@)[^@]*[\\/]|\.(?:csv|tsv|json|ndjson|txt|md|gz)$/i.test(typed))
    throw new QuestionProblem(
      `there is no file ${typed}; give another one, or name@range, such as "axios@1.14.1".`,
    );
  const similar = incidentsLike(typed, indexes());
  if (similar.length > 0)
    throw new QuestionProblem(
      `no incident is called ${typed} here; give ${namesAndMore(similar, MOST_SIMILAR)}, or a range such as "${name}@1.2.3".`,
    );
  throw new QuestionProblem(
    `no malware in versions of ${name} is known here, and no incident has that name; give a range such as "${name}@1.2.3" or "${name}@*".`,
  );
}

/**
 * Reads packages with several versions, such as `a@1.0.0, 1.0.1 b@2.0.0`. An input of one line makes blanks of line breaks,
 * so a new package begins at each name with a version. Returns undefined for any other text. As a range, versions with
 * commas between them would be one that no version is in.
 */
function ofTypedList(
  typed: string,
  indexes: () => readonly AdvisoryIndex[],
): ReadClaims['claims'] | undefined {
  const lines = typed.replaceAll(/[\s,;]+(?=@?[a-z][^\s,;@]*@)/gi, '\n');
  const { rows, unread } = readIncidentRows(lines);
  const isList = rows.length > 1 || rows.some(({ versions }) => versions.length > 1);
  const isExact = rows.every(({ versions }) => versions.every((version) => /^[v=]?\d/.test(version)));
  if (!isList || !isExact || unread.length > 0) return undefined;
  return rows.map((row) => [row.name, claimOfRow(row, (hit) => kindOf(row.name, hit, indexes()))] as const);
}

const MOST_SIMILAR = 8;
const SHORTEST = 3;

/** Returns the incidents whose names have all words of another one. */
function incidentsLike(typed: string, indexes: readonly AdvisoryIndex[]): readonly string[] {
  const words = typed
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter((word) => word !== '');
  if (!words.some(({ length }) => length >= SHORTEST)) return [];
  const found = new Set<string>();
  for (const index of indexes)
    for (const name of index.names())
      for (const { id, aliases } of index.of(name))
        for (const each of [id, ...aliases])
          if (each.startsWith(CAMPAIGN)) found.add(each.slice(CAMPAIGN.length));
  return [...found].filter((name) => words.every((word) => name.toLowerCase().includes(word))).sort();
}

/** Returns what the advisories on this machine say about a version. */
function kindOf(name: string, version: string, indexes: readonly AdvisoryIndex[]): BadKind {
  const known = indexes
    .flatMap((index) => index.of(name))
    .filter((advisory) => advisory.affects(version) === 'yes');
  if (known.length === 0) return 'unknown';
  return known.some(({ isMalware }) => isMalware) ? 'malware' : 'vulnerability';
}

async function readFile(path: string): Promise<BadVersions> {
  const text = await textOf(path);
  const found = /^\s*[[{]/.test(text) ? ofRecords(text) : ofRows(text);
  const claims = collectClaims(found.claims);
  if (claims.size === 0)
    throw new QuestionProblem(
      `${path} names no version of an npm package; give OSV records, a table with the columns name and version, or lines of name@version.`,
    );
  return { label: path, claims, unread: found.unread };
}

async function textOf(path: string): Promise<string> {
  try {
    const bytes = await readBounded(path, { maxBytes: MAX_FILE });
    const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
    const plain = isPacked ? zlib().gunzipSync(bytes, { maxOutputLength: MAX_TEXT }) : bytes;
    return new TextDecoder('utf-8').decode(plain);
  } catch (error) {
    throw new QuestionProblem(`${path} ${reasonOf(error) ?? 'is damaged or too large'}; give another file.`);
  }
}

interface ReadClaims {
  readonly claims: readonly (readonly [name: string, claim: BadClaim])[];
  readonly unread: readonly string[];
}

/** Reads OSV records: one, a list, or one a line; or another list in JSON. Withdrawn records say nothing. */
function ofRecords(text: string): ReadClaims {
  const whole = parseJson(text);
  const list = readIncidentJson(whole);
  if (list !== undefined)
    return { claims: list.rows.map((row) => [row.name, claimOfRow(row)] as const), unread: list.unread };
  const records: readonly (readonly [place: string, record: unknown])[] =
    whole === undefined
      ? text
          .split('\n')
          .flatMap((line, at) => (line.trim() === '' ? [] : [[`line ${at + 1}`, parseJson(line)] as const]))
      : (Array.isArray(whole) ? (whole as readonly unknown[]) : [whole]).map(
          (record, at) => [`record ${at + 1}`, record] as const,
        );
  const unread: string[] = [];
  const claims = records.flatMap(([place, record]) => {
    const { reports, problem } = readOsv(record);
    if (problem !== undefined) unread.push(`${place}: ${problem}`);
    return reports.map(
      (report) => [report.package, claimOfAdvisory(advisoryOf(report, 'database'))] as const,
    );
  });
  return { claims, unread };
}

function ofRows(text: string): ReadClaims {
  const { rows, unread } = readIncidentRows(text);
  return {
    claims: rows.map((row) => [row.name, claimOfRow(row)] as const),
    unread: unread.map((line) => `line ${line} is not a package with a version`),
  };
}

/** Opens the advisories that are on this machine. */
export function openIndexes(sources: readonly (() => Uint8Array | undefined)[]): readonly AdvisoryIndex[] {
  return sources.flatMap((read, at) => {
    const bytes = read();
    const opened = bytes === undefined ? undefined : openIndex(bytes, at === 0 ? 'bundled' : 'database');
    return opened === undefined || 'problem' in opened ? [] : [opened.index];
  });
}
