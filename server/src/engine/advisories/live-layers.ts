import type { Advisory, AdvisorySource } from '../../core/know/advisory/advisory.ts';
import type { AdvisoryLayer } from '../../core/know/advisory/advisory-layer.ts';
import { compareAdvisories } from '../../core/know/advisory/reports/compare-advisories.ts';
import type { NpmConfig } from '../../core/read/config/npm/npm-config.ts';
import type { LiveAnswers } from './live-answers.ts';
import { isAnswered, type NameAnswer, type NameAnswers } from './name-answers.ts';

/** The connection between a live source and a project. */
export interface LayerQuestion<T> {
  readonly source: AdvisorySource;
  readonly live: LiveAnswers<T>;
  /** Determines whether the source serves a name: answers about other names do not concern this project. */
  readonly npmConfig: NpmConfig;
  serves(name: string): boolean;
  /** Converts the answers about a package to advisories. */
  advisories(name: string, said: readonly T[]): readonly Advisory[];
}

/**
 * Creates the layers of live sources. Each layer stays the same object until its source has new answers, so that
 * nothing is converted twice.
 */
export function createLiveLayers<T>(): (question: LayerQuestion<T>) => AdvisoryLayer {
  const known = new WeakMap<
    NpmConfig,
    Map<LiveAnswers<T>, { readonly answers: NameAnswers<T>; readonly layer: AdvisoryLayer }>
  >();
  /** Keyed by the list of answers, which is replaced on each new answer. */
  const made = new WeakMap<readonly NameAnswer<T>[], readonly Advisory[]>();

  const advisoriesOf = ({ advisories }: LayerQuestion<T>, name: string, list: readonly NameAnswer<T>[]) => {
    if (list.every(({ said }) => said.length === 0)) return NONE;
    let found = made.get(list);
    if (found === undefined) {
      const said = list.flatMap((answer) => answer.said);
      found = [...advisories(name, said)].sort(compareAdvisories);
      made.set(list, found);
    }
    return found;
  };
  const layerOf = (question: LayerQuestion<T>, answers: NameAnswers<T>): AdvisoryLayer => {
    const { source, serves } = question;
    const of = (name: string): readonly Advisory[] => {
      const list = answers.get(name);
      return list === undefined || !serves(name) ? NONE : advisoriesOf(question, name, list);
    };
    return {
      source,
      of,
      affecting: (name, version) => of(name).filter((advisory) => advisory.affects(version) === 'yes'),
      answered: (name, version) => isAnswered(answers.get(name), version) && serves(name),
    };
  };
  return (question) => {
    const { live, npmConfig } = question;
    const ofConfig = known.get(npmConfig) ?? new Map<LiveAnswers<T>, never>();
    known.set(npmConfig, ofConfig);
    const before = ofConfig.get(live);
    if (before?.answers === live.answers) return before.layer;
    const layer = layerOf(question, live.answers);
    ofConfig.set(live, { answers: live.answers, layer });
    return layer;
  };
}

const NONE: readonly never[] = [];
