import type { AdvisorySourceState } from '../../core/know/advisory/advisories.ts';
import type { AdvisorySource } from '../../core/know/advisory/advisory.ts';
import type { AdvisoryLayer } from '../../core/know/advisory/advisory-layer.ts';
import type { AbortSignalLike } from '../ports.ts';
import type { LiveAnswers, LiveFailure, LiveQuestion } from './live-answers.ts';
import { standingOf } from './name-answers.ts';

/** One live source as a project asks it. */
export interface LiveSource {
  /** Apart for each source and project. */
  readonly key: string;
  /** What is known now. */
  view(): LiveView;
  /** Asks for what is not known, or not lately; answers whether anything else is known then. */
  ask(signal: AbortSignalLike): Promise<boolean>;
}

/** What was known of a project's packages from one live source at one moment. */
export interface LiveView {
  readonly layer: AdvisoryLayer;
  readonly state: AdvisorySourceState;
  /** When something of it is to be asked for again, in milliseconds since 1970: at once, where it was not told yet. */
  readonly due: number;
  /** Whether looking now would show the same. */
  isCurrent(): boolean;
}

export interface LiveSourceOptions<T> extends LiveQuestion<T> {
  readonly source: AdvisorySource;
  readonly key: string;
  readonly host: string | undefined;
  readonly live: LiveAnswers<T>;
  /** What it tells now; the same while that is the same. */
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
      // What the disk knows is told at once, however old it is.
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
  // What was told of every package before still counts, with its age.
  return { state: state === 'failed' && unanswered === 0 ? 'used' : state, detail };
}
