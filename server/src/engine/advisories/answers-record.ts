import { parseJson } from '../../core/know/registry/documents/document-kind.ts';
import { asCount, asObject, member } from '../../core/know/registry/documents/json-value.ts';
import type { CacheRecord } from '../ports.ts';
import { type NameAnswer, type NameAnswers, withAnswer } from './name-answers.ts';

/** The cached answers of a live source. */
export interface KeptAnswers<T> {
  readonly answers: NameAnswers<T>;
  /** When the source last reported that it does not offer advisories. */
  readonly unsupportedAt: number | undefined;
}

export const NO_ANSWERS: KeptAnswers<never> = { answers: new Map(), unsupportedAt: undefined };

/** Older answers are not worth keeping. */
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;
const MOST_NAMES = 20_000;
const MOST_VERSIONS = 500;

/** Returns the cache record: one for all names of a source, as thousands of small files would be slower to read. */
export function answersToRecord<T>({ answers, unsupportedAt }: KeptAnswers<T>, now: number): CacheRecord {
  const names = [...answers]
    .map(([name, list]) => [name, list.filter(({ asOf }) => now - asOf < KEPT_MS)] as const)
    .filter(([, list]) => list.length > 0)
    .sort(([, a], [, b]) => b[0]!.asOf - a[0]!.asOf)
    .slice(0, MOST_NAMES)
    .map(([name, list]) => [
      name,
      list.map(({ versions, said, asOf, freshMs }) => [versions, said, asOf, freshMs]),
    ]);
  return { text: JSON.stringify({ names, unsupportedAt: unsupportedAt ?? null }), asOf: now };
}

/** Parses a cache record. What `read` cannot parse is dropped: a damaged cache counts as an empty one. */
export function answersFromRecord<T>(
  { text }: CacheRecord,
  read: (said: unknown) => readonly T[] | undefined,
): KeptAnswers<T> {
  const object = asObject(parseJson(text));
  const names = member(object, 'names');
  const answers = new Map<string, readonly NameAnswer<T>[]>();
  for (const entry of Array.isArray(names) ? (names as readonly unknown[]) : []) {
    if (!Array.isArray(entry) || typeof entry[0] !== 'string' || !Array.isArray(entry[1])) continue;
    const list = (entry[1] as readonly unknown[]).map((each) => answerFrom(each, read));
    if (list.every((answer) => answer !== undefined)) answers.set(entry[0], list);
  }
  return { answers, unsupportedAt: asCount(member(object, 'unsupportedAt')) };
}

/** Merges answers that two processes received at the same time. */
export function joinedAnswers<T>(one: KeptAnswers<T>, other: KeptAnswers<T>): KeptAnswers<T> {
  const answers = new Map(one.answers);
  for (const [name, list] of other.answers) {
    answers.set(name, list.toReversed().reduce(withAnswerUnlessKnown<T>, answers.get(name) ?? []));
  }
  const unsupportedAt = Math.max(one.unsupportedAt ?? 0, other.unsupportedAt ?? 0);
  const hasAnsweredSince = [...answers.values()].some(([newest]) => newest!.asOf > unsupportedAt);
  return { answers, unsupportedAt: hasAnsweredSince ? undefined : unsupportedAt || undefined };
}

function withAnswerUnlessKnown<T>(
  known: readonly NameAnswer<T>[],
  answer: NameAnswer<T>,
): readonly NameAnswer<T>[] {
  const isReported = (version: string) =>
    known.some(({ versions, asOf }) => asOf >= answer.asOf && versions.includes(version));
  return answer.versions.every(isReported) ? known : withAnswer(known, answer);
}

function answerFrom<T>(
  value: unknown,
  read: (said: unknown) => readonly T[] | undefined,
): NameAnswer<T> | undefined {
  if (!Array.isArray(value)) return undefined;
  const [versions, list, asOf, freshMs] = value as readonly unknown[];
  const said = read(list);
  if (!Array.isArray(versions) || versions.length > MOST_VERSIONS || said === undefined) return undefined;
  if (!versions.every((version) => typeof version === 'string')) return undefined;
  if (asCount(asOf) === undefined || asCount(freshMs) === undefined) return undefined;
  return { versions, said, asOf: asOf as number, freshMs: freshMs as number };
}
