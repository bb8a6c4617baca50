import type { Advisory, AdvisorySource } from '../../core/know/advisory/advisory.ts';
import type { AdvisoryLayer } from '../../core/know/advisory/advisory-layer.ts';
import { compareAdvisories } from '../../core/know/advisory/reports/compare-advisories.ts';
import type { NpmConfig } from '../../core/read/config/npm/npm-config.ts';
import type { LiveAnswers } from './live-answers.ts';
import { isAnswered, type NameAnswer, type NameAnswers } from './name-answers.ts';

/** How a project hears of what a live source said. */
export interface LayerQuestion<T> {
  readonly source: AdvisorySource;
  readonly live: LiveAnswers<T>;
  /** By which it is decided whether the source serves a name: what it said of others is not about this project. */
  readonly npmConfig: NpmConfig;
  serves(name: string): boolean;
  /** Makes advisories of what was said of a package. */
  advisories(name: string, said: readonly T[]): readonly Advisory[];
}

/** Layers of live sources, each the same object until its source says something else, so that nothing is made twice. */
export function createLiveLayers<T>(): (question: LayerQuestion<T>) => AdvisoryLayer {
  const known = new WeakMap<
    NpmConfig,
    Map<LiveAnswers<T>, { readonly answers: NameAnswers<T>; readonly layer: AdvisoryLayer }>
  >();
  /** By the list of answers, which is another one when something was said. */
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
