import type { PackageVersions } from '../../core/know/advisory/locked-packages.ts';
import type { AbortSignalLike, CachePort, ClockPort } from '../ports.ts';
import {
  answersFromRecord,
  answersToRecord,
  joinedAnswers,
  type KeptAnswers,
  NO_ANSWERS,
} from './answers-record.ts';
import { type NameAnswer, type NameAnswers, notFresh, withAnswer } from './name-answers.ts';

/** Why a live source did not answer. */
export interface LiveFailure {
  readonly state: 'failed' | 'unsupported';
  /** A clause such as "the registry timed out after 10 s". */
  readonly detail: string;
  /** No further request is sent before this time. */
  readonly until: number;
}

/**
 * Requests the packages and passes answers to `take` as they arrive. Undefined if everything was answered or nobody
 * waits.
 */
export type AskLive<T> = (
  packages: PackageVersions,
  take: (answers: ReadonlyMap<string, Omit<NameAnswer<T>, 'versions' | 'asOf'>>) => void,
  signal: AbortSignalLike,
) => Promise<LiveFailure | undefined>;

export interface LiveQuestion<T> {
  readonly packages: PackageVersions;
  /** Identifies the asker: a failure applies to this one only, as others may have another credential. */
  readonly asker: string;
  readonly ask: AskLive<T>;
}

/** The answers of one live source, in memory and on disk. */
export interface LiveAnswers<T> {
  /** Incremented whenever an answer is added. */
  readonly revision: number;
  readonly answers: NameAnswers<T>;
  failure(asker: string): LiveFailure | undefined;
  /** Lets what failed be requested again at once. */
  tryAgain(): void;
  /** Loads the cached answers, fresh or not. Sends nothing. */
  load(): Promise<void>;
  /** Requests what is missing or stale. Calls run one after the other, so that nothing is requested twice. */
  ask(question: LiveQuestion<T>, signal: AbortSignalLike): Promise<void>;
}

export interface LiveOptions<T> {
  /** The cache key, without credentials. */
  readonly key: string;
  readonly cache: CachePort | undefined;
  readonly clock: ClockPort;
  /** The clause for a source that is known not to offer advisories. */
  readonly unsupported: string;
  readonly toRecord: (said: T) => unknown;
  readonly fromRecord: (json: unknown) => readonly T[] | undefined;
}

/** How long a source without advisories is not asked again. */
const UNSUPPORTED_MS = 24 * 60 * 60 * 1000;

export function createLiveAnswers<T>(options: LiveOptions<T>): LiveAnswers<T> {
  const { key, cache, clock, unsupported, toRecord, fromRecord } = options;
  let kept: KeptAnswers<T> = NO_ANSWERS;
  let revision = 0;
  let loading: Promise<void> | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  const failures = new Map<string, LiveFailure>();

  const readKept = async (): Promise<KeptAnswers<T>> => {
    const record = await cache?.read(key).catch(() => undefined);
    return record === undefined ? NO_ANSWERS : answersFromRecord(record, fromRecord);
  };
  const load = (): Promise<void> => {
    loading ??= readKept().then((read) => {
      if (read === NO_ANSWERS) return;
      kept = joinedAnswers(kept, read);
      revision++;
    });
    return loading;
  };
  const save = async (): Promise<void> => {
    // Another process may have written answers meanwhile.
    const all = cache === undefined ? kept : joinedAnswers(kept, await readKept());
    const answers = new Map(
      [...all.answers].map(([name, list]) => [
        name,
        list.map((answer) => ({ ...answer, said: answer.said.map(toRecord) })),
      ]),
    );
    const record = answersToRecord({ ...all, answers }, clock.now());
    await cache?.write(key, record).catch(() => undefined);
  };
  const failure = (asker: string): LiveFailure | undefined => {
    const { unsupportedAt } = kept;
    if (unsupportedAt !== undefined && isWithin(unsupportedAt, UNSUPPORTED_MS, clock.now()))
      return { state: 'unsupported', detail: unsupported, until: unsupportedAt + UNSUPPORTED_MS };
    return failures.get(asker);
  };
  const askNow = async ({ packages, asker, ask }: LiveQuestion<T>, signal: AbortSignalLike) => {
    await load();
    const now = clock.now();
    const before = failure(asker);
    if (signal.aborted || (before !== undefined && now < before.until)) return;
    const wanted = notFresh(packages, kept.answers, now);
    if (wanted.size === 0) return;
    let isNew = false;
    const take: Parameters<AskLive<T>>[1] = (reported) => {
      const answers = new Map(kept.answers);
      for (const [name, answer] of reported) {
        const full = { ...answer, versions: wanted.get(name)!, asOf: clock.now() };
        answers.set(name, withAnswer(answers.get(name) ?? [], full));
      }
      kept = { answers, unsupportedAt: undefined };
      revision++;
      isNew = true;
    };
    const failed = await ask(wanted, take, signal);
    if (signal.aborted && !isNew) return;
    if (failed === undefined) failures.delete(asker);
    else failures.set(asker, failed);
    if (failed?.state === 'unsupported') {
      kept = { ...kept, unsupportedAt: clock.now() };
      isNew = true;
    }
    if (failed !== before) revision++;
    if (isNew) await save();
  };

  return {
    get revision() {
      return revision;
    },
    get answers() {
      return kept.answers;
    },
    failure,
    tryAgain() {
      for (const [asker, failed] of failures) failures.set(asker, { ...failed, until: 0 });
    },
    load,
    ask(question, signal) {
      const asked = queue.then(() => askNow(question, signal));
      queue = asked.catch(() => undefined);
      return asked;
    },
  };
}

function isWithin(start: number, length: number, now: number): boolean {
  return start <= now && now < start + length;
}
