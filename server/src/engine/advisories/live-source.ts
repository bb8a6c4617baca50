import type { AdvisorySourceState } from '../../core/know/advisory/advisories.ts';
import type { AdvisorySource } from '../../core/know/advisory/advisory.ts';
import type { AdvisoryLayer } from '../../core/know/advisory/advisory-layer.ts';
import type { AbortSignalLike } from '../ports.ts';
import type { LiveAnswers, LiveFailure, LiveQuestion } from './live-answers.ts';
import { standingOf } from './name-answers.ts';

/** A live source as seen by one project. */
export interface LiveSource {
  /** Unique to the source and project. */
  readonly key: string;
  view(): LiveView;
  /** Requests what is missing or stale, and returns whether anything changed. */
  ask(signal: AbortSignalLike): Promise<boolean>;
}

/** The answers of one live source about a project's packages at one moment. */
export interface LiveView {
  readonly layer: AdvisoryLayer;
  readonly state: AdvisorySourceState;
  /** When part of it must be requested again, in milliseconds since 1970; at once if part of it is missing. */
  readonly due: number;
  /** Checks whether a new view would be the same. */
  isCurrent(): boolean;
}

export interface LiveSourceOptions<T> extends LiveQuestion<T> {
  readonly source: AdvisorySource;
  readonly key: string;
  readonly host: string | undefined;
  readonly live: LiveAnswers<T>;
  /** Returns the current layer: the same object while nothing changes. */
  layer(): AdvisoryLayer;
}

export function liveSource<T>(options: LiveSourceOptions<T>): LiveSource {
  const { key, live } = options;
  return {
    key,
    view: () => view(options),
    async ask(signal) {
      const { revision } = live;
      await live.load();
      // Answers from the disk are used at once, however old they are.
      if (live.revision === revision) await live.ask(options, signal);
      return live.revision !== revision;
    },
  };
}

function view<T>(options: LiveSourceOptions<T>): LiveView {
  const { source, host, live, packages, asker } = options;
  const { revision, answers } = live;
  const failure = live.failure(asker);
  const { unanswered, oldest, due } = standingOf(packages, answers);
  return {
    layer: options.layer(),
    state: { source, host, unanswered, asOf: oldest, ...stateOf(failure, unanswered) },
    get due() {
      return Math.max(due, live.failure(asker)?.until ?? 0);
    },
    isCurrent() {
      if (live.revision === revision) return true;
      const now = live.failure(asker);
      if (now?.state !== failure?.state || now?.detail !== failure?.detail) return false;
      return [...packages.keys()].every((name) => live.answers.get(name) === answers.get(name));
    },
  };
}

function stateOf(
  failure: LiveFailure | undefined,
  unanswered: number,
): Pick<AdvisorySourceState, 'state' | 'detail'> {
  if (failure === undefined) return { state: unanswered === 0 ? 'used' : 'pending', detail: undefined };
  const { state, detail } = failure;
  // If every package had an answer before, those answers still count, with their age.
  return { state: state === 'failed' && unanswered === 0 ? 'used' : state, detail };
}
